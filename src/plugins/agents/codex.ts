import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import type { TelemetryEvent } from '../../core/telemetry/otlp-logs.ts';
import { detailsOf, jsonIn, leadNamed, type Naming } from '../../core/telemetry/told-lead.ts';
import { callOf } from '../../core/transcript/tools.ts';

/** https://developers.openai.com/codex/hooks, "Stop". Its answer's schema is closed: one key more, and the hook fails open. */
export const codex = agent({
  id: 'codex',
  title: 'Codex CLI',
  summary: 'Answers its Stop and SubagentStop hooks.',
  lifecycle: 'experimental',
  event: 'Stop',
  bound: 'none',
  timeout: 600,
  leadIn,
  trust: 'Codex runs a new hook only after you have trusted it: /hooks in an interactive session',
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

/** https://developers.openai.com/codex/config-advanced, "Observability and telemetry". */
function leadIn(event: TelemetryEvent): Lead | string | undefined {
  if (!event.names.includes(naming.event)) return undefined;
  const given = jsonIn(event.attributes.get('arguments'));
  return leadNamed(event, naming, (tool) => detailsOf(callOf('', tool, given)));
}

const naming: Naming = {
  agent: 'codex',
  event: 'codex.tool_result',
  session: 'conversation.id',
  tool: 'tool_name',
  call: ['call_id'],
  // Its output is all that the command printed.
  error: [],
};
