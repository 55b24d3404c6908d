import { agent, sayAsJson, stopOf, textIn } from '../../core/agent/agent.ts';

/** https://developers.openai.com/codex/hooks, "Stop". Its answer's schema is closed: one key more, and the hook fails open. */
export const codex = agent({
  id: 'codex',
  title: 'Codex CLI',
  summary: 'Answers its Stop and SubagentStop hooks.',
  lifecycle: 'experimental',
  event: 'Stop',
  bound: 'none',
  timeout: 600,
  hook: {
    project: '.codex/hooks.json',
    user: '.codex/hooks.json',
    at: ['hooks', 'Stop'],
    entry: (command) => ({ hooks: [{ type: 'command', command, timeout: 600 }] }),
  },
  run: {
    hear(input) {
      const event = textIn(input, 'hook_event_name');
      if (event !== 'Stop' && event !== 'SubagentStop') return { ignored: `${event ?? 'no event'} ends no turn` };
      const again = input['stop_hook_active'] === true;
      return stopOf(input, { message: textIn(input, 'last_assistant_message'), again });
    },
    say: sayAsJson,
    stopIn: ({ cwd, words }) => ({
      session_id: 'canary',
      cwd,
      hook_event_name: 'Stop',
      stop_hook_active: false,
      last_assistant_message: words,
    }),
  },
});
