import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';

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
    hear: (input) => hearStop(input, { events: ['Stop', 'SubagentStop'], words: 'last_assistant_message' }),
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
