import { agent, sayAsJson, type Fields, stopOf, tellOnly, textIn } from '../../core/agent/agent.ts';

/** https://docs.github.com/en/copilot/reference/hooks-configuration, "agentStop"; field names differ between versions. */
export const copilot = agent({
  id: 'copilot',
  title: 'GitHub Copilot CLI',
  summary: 'Answers its agentStop and subagentStop hooks.',
  lifecycle: 'experimental',
  event: 'agentStop',
  bound: 'not documented',
  timeout: 30,
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
      if (event !== undefined && !/^(?:sub)?agentStop$/i.test(event)) return { ignored: `${event} ends no turn` };
      const reason = textIn(input, 'stopReason', 'stop_reason', 'reason');
      if (reason !== undefined && /abort|cancel|error|interrupt/i.test(reason)) return { ignored: reason };
      const again = input['stop_hook_active'] === true || input['stopHookActive'] === true;
      return stopOf(input, { message: textIn(input, 'last_assistant_message', 'lastAssistantMessage'), again });
    },
    // It heeds nothing but this on standard output; exit code 2 merely warns.
    say: (answer) => (answer.decision === 'send-back' ? sayAsJson(answer) : tellOnly(answer)),
    wordsIn(line) {
      if (line['type'] === 'user.message') return '';
      const data = line['data'];
      if (line['type'] !== 'assistant.message' || typeof data !== 'object' || data === null) return undefined;
      return textIn(data as Fields, 'content');
    },
    lineOf: (words) => ({ type: 'assistant.message', data: { content: words } }),
    stopIn: ({ cwd, transcript }) => ({ sessionId: 'canary', cwd, transcriptPath: transcript, stopReason: 'end_turn' }),
  },
});
