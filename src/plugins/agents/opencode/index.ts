import { agent, hearStop, sayAsJson } from '../../../core/agent/agent.ts';
import { pluginFile, signed } from './plugin-file.ts';

/** https://opencode.ai/docs/plugins, event "session.idle". It has no hook that a command answers: a module of its own asks. */
export const opencode = agent({
  id: 'opencode',
  title: 'OpenCode',
  summary: 'Answers the plug-in that agents install writes; what sends it back becomes the next prompt.',
  lifecycle: 'experimental',
  event: 'session.idle',
  bound: 'none',
  timeout: 600,
  hook: {
    project: '.opencode/plugins/factum.js',
    user: '.config/opencode/plugins/factum.js',
    signed,
    file: pluginFile,
  },
  run: {
    hear: (input) => hearStop(input, { events: ['session.idle'], words: 'last_assistant_message' }),
    say: sayAsJson,
    stopIn: ({ cwd, words }) => ({
      session_id: 'canary',
      cwd,
      hook_event_name: 'session.idle',
      stop_hook_active: false,
      last_assistant_message: words,
    }),
  },
});
