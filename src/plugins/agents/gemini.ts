import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import type { TelemetryEvent } from '../../core/telemetry/otlp-logs.ts';
import { detailsOf, jsonIn, leadNamed, type Naming } from '../../core/telemetry/told-lead.ts';
import { callOf } from '../../core/transcript/tools.ts';
import { listAt, wordsOf } from '../../core/transcript/transcript.ts';

/** https://geminicli.com/docs/hooks/reference, "AfterAgent". The reason becomes the next prompt. */
export const gemini = agent({
  id: 'gemini',
  title: 'Gemini CLI',
  summary: 'Answers its AfterAgent hook.',
  lifecycle: 'experimental',
  event: 'AfterAgent',
  bound: 'not documented',
  timeout: 60,
  leadIn,
  hook: {
    project: '.gemini/settings.json',
    user: '.gemini/settings.json',
    at: ['hooks', 'AfterAgent'],
    // Milliseconds, in this tool alone.
    entry: (command) => ({ hooks: [{ name: 'factum', type: 'command', command, timeout: 60_000 }] }),
  },
  run: {
    // All that was said since the person's prompt, between tools and before it was sent back, too.
    hear: (input) => ({ ...hearStop(input, { events: ['AfterAgent'], words: 'prompt_response' }), isWholeTurn: true }),
    say: sayAsJson,
    wordsIn(line) {
      if (line['type'] === 'user') return '';
      if (line['type'] !== 'gemini') return undefined;
      return listAt(line, 'toolCalls').length > 0 ? '' : wordsOf(line['content']) || undefined;
    },
    stopIn: ({ cwd, words }) => ({
      session_id: 'canary',
      cwd,
      hook_event_name: 'AfterAgent',
      prompt_response: words,
      stop_hook_active: false,
    }),
  },
});

/** https://geminicli.com/docs/cli/telemetry, "Tools"; a call has no id there. */
function leadIn(event: TelemetryEvent): Lead | string | undefined {
  if (!event.names.includes(naming.event)) return undefined;
  const given = jsonIn(event.attributes.get('function_args'));
  return leadNamed(event, naming, (tool) => detailsOf(callOf('', tool, given)));
}

const naming: Naming = {
  agent: 'gemini',
  event: 'gemini_cli.tool_call',
  session: 'session.id',
  tool: 'function_name',
  call: [],
  turn: 'prompt_id',
  error: ['error', 'error_type'],
};
