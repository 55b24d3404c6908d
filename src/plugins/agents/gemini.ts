import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';

/** https://geminicli.com/docs/hooks/reference, "AfterAgent". The reason becomes the next prompt. */
export const gemini = agent({
  id: 'gemini',
  title: 'Gemini CLI',
  summary: 'Answers its AfterAgent hook.',
  lifecycle: 'experimental',
  event: 'AfterAgent',
  bound: 'not documented',
  timeout: 60,
  hook: {
    project: '.gemini/settings.json',
    user: '.gemini/settings.json',
    at: ['hooks', 'AfterAgent'],
    // Milliseconds, in this tool alone.
    entry: (command) => ({ hooks: [{ name: 'factum', type: 'command', command, timeout: 60_000 }] }),
  },
  run: {
    hear: (input) => hearStop(input, { events: ['AfterAgent'], words: 'prompt_response' }),
    say: sayAsJson,
    stopIn: ({ cwd, words }) => ({
      session_id: 'canary',
      cwd,
      hook_event_name: 'AfterAgent',
      prompt_response: words,
      stop_hook_active: false,
    }),
  },
});
