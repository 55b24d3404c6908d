import { agent, sayAsJson, type Fields, stopOf, textIn } from '../../core/agent/agent.ts';
import { at } from '../../core/transcript/transcript.ts';

/**
 * https://docs.github.com/en/copilot/reference/hooks-reference, "agentStop"; names differ between versions, and where VS
 * Code's are asked for.
 */
export const copilot = agent({
  id: 'copilot',
  title: 'GitHub Copilot CLI',
  summary: 'Answers its agentStop and subagentStop hooks.',
  lifecycle: 'experimental',
  event: 'agentStop',
  bound: '8 in a row',
  timeout: 30,
  trust: 'Copilot CLI runs the hooks of a folder only after you have trusted the folder',
  hook: {
    project: '.github/hooks/factum.json',
    user: '.copilot/hooks/factum.json',
    at: ['hooks', 'agentStop'],
    base: { version: 1 },
    entry: (command) => ({ type: 'command', bash: command, timeoutSec: 30 }),
  },
  run: {
    hear(input) {
      const event = textIn(input, 'hook_event_name', 'hookEventName', 'hookName');
      if (event !== undefined && !/^(?:agent|subagent)?stop$/i.test(event)) return { ignored: `${event} ends no turn` };
      const reason = textIn(input, 'stopReason', 'stop_reason', 'reason');
      if (reason !== undefined && /abort|cancel|error|interrupt/i.test(reason)) return { ignored: reason };
      const again = input['stop_hook_active'] === true || input['stopHookActive'] === true;
      const message = textIn(input, 'last_assistant_message', 'lastAssistantMessage', 'response');
      const called = timeIn(input);
      return { ...stopOf(input, { message, again }), ...(called !== undefined && { at: called }) };
    },
    // It heeds nothing but standard output; exit code 2 merely warns. What is only told is a line of its timeline.
    say(answer) {
      if (answer.decision === 'send-back') return sayAsJson(answer);
      if (answer.tell === undefined) return { exit: 0 };
      return { stdout: JSON.stringify({ type: 'progress', message: answer.tell }), exit: 0 };
    },
    wordsIn(line) {
      if (line['type'] === 'user.message') return '';
      const data = line['data'];
      if (line['type'] !== 'assistant.message' || typeof data !== 'object' || data === null) return undefined;
      // Whoever asks for tools goes on: its last words are still to be written down.
      const { toolRequests } = data as Fields;
      return Array.isArray(toolRequests) && toolRequests.length > 0 ? '' : textIn(data as Fields, 'content');
    },
    callIn: (line) => (line['type'] === 'hook.start' ? timeIn(at(line, 'data', 'input')) : undefined),
    lineOf: (words) => ({ type: 'assistant.message', data: { content: words } }),
    stopIn: ({ cwd, transcript }) => ({ sessionId: 'canary', cwd, transcriptPath: transcript, stopReason: 'end_turn' }),
  },
});

/** Milliseconds since 1970, from a number of them or a date. */
function timeIn(input: unknown): number | undefined {
  const time = new Date(at(input, 'timestamp') as string | number).getTime();
  return Number.isFinite(time) ? time : undefined;
}
