import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';

/** https://code.claude.com/docs/en/hooks, "Stop" and "SubagentStop". */
export const claudeCode = agent({
  id: 'claude-code',
  title: 'Claude Code',
  summary: 'Answers its Stop and SubagentStop hooks.',
  lifecycle: 'experimental',
  event: 'Stop',
  bound: '8 in a row',
  timeout: 600,
  hook: {
    local: '.claude/settings.local.json',
    project: '.claude/settings.json',
    user: '.claude/settings.json',
    at: ['hooks', 'Stop'],
    entry: (command) => ({ hooks: [{ type: 'command', command, timeout: 600 }] }),
  },
  run: {
    hear(input) {
      const tasks = input['background_tasks'];
      // The session only pauses: what it says is done may still be under way.
      if (Array.isArray(tasks) && tasks.length > 0) return { ignored: 'background tasks still run' };
      return hearStop(input, { events: ['Stop', 'SubagentStop'], words: 'last_assistant_message' });
    },
    say: sayAsJson,
    stopIn: ({ cwd, words }) => ({
      session_id: 'canary',
      cwd,
      hook_event_name: 'Stop',
      stop_hook_active: false,
      last_assistant_message: words,
      background_tasks: [],
    }),
  },
});
