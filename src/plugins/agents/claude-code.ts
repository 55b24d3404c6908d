import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import type { TelemetryEvent } from '../../core/telemetry/otlp-logs.ts';
import { callOf } from '../../core/transcript/tools.ts';
import { type Entry, recordOf, textAt } from '../../core/transcript/transcript.ts';

/** https://code.claude.com/docs/en/hooks, "Stop" and "SubagentStop". */
export const claudeCode = agent({
  id: 'claude-code',
  title: 'Claude Code',
  summary: 'Answers its Stop and SubagentStop hooks.',
  lifecycle: 'experimental',
  event: 'Stop',
  bound: '8 in a row',
  timeout: 600,
  leadIn,
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

/** https://code.claude.com/docs/en/monitoring-usage, "Tool result event"; older versions give no id, or only of failures. */
function leadIn({ names, attributes, occurredAt }: TelemetryEvent): Lead | string | undefined {
  const isOwn = attributes.get('service.name') === 'claude-code' && names.includes('tool_result');
  if (!isOwn && !names.includes('claude_code.tool_result')) return undefined;
  const told = (name: string): string | undefined => textAt(Object.fromEntries(attributes), name)?.slice(0, mostId);
  const [session, tool, turn] = [told('session.id'), told('tool_name'), told('prompt.id')];
  if (session === undefined || tool === undefined) return 'claude_code.tool_result without session.id or tool_name';
  const sequence = attributes.get('event.sequence') ?? '';
  const id = told('tool_use_id') ?? told('use_id') ?? `${occurredAt} ${sequence} ${tool}`.slice(0, mostId);
  const success = String(attributes.get('success'));
  const error = attributes.get('error') ?? attributes.get('error_type');
  return {
    id,
    agent: 'claude-code',
    session,
    ...(turn === undefined ? {} : { turn }),
    tool,
    ...detailsIn(tool, attributes),
    ...(/^(?:true|false)$/.test(success) ? { succeeded: success === 'true' } : {}),
    ...(error === undefined ? {} : { error: String(error) }),
    occurredAt,
  };
}

/** Characters of an id that a lead takes. */
const mostId = 200;

/** What is told with OTEL_LOG_TOOL_DETAILS=1 only. */
function detailsIn(
  tool: string,
  attributes: TelemetryEvent['attributes'],
): Pick<Lead, 'command' | 'writes' | 'commit'> {
  const parameters = jsonIn(attributes.get('tool_parameters'));
  const call = callOf('', tool, jsonIn(attributes.get('tool_input')));
  const command = textAt(parameters, 'full_command') ?? call.command ?? textAt(parameters, 'bash_command');
  const commit = /^[0-9a-f]{4,64}$/i.exec(textAt(parameters, 'git_commit_id') ?? '')?.[0].toLowerCase();
  const writes = (call.writes ?? []).filter((path) => path !== '?');
  return {
    ...(command === undefined ? {} : { command }),
    ...(writes.length === 0 ? {} : { writes }),
    ...(commit === undefined ? {} : { commit }),
  };
}

function jsonIn(text: unknown): Entry | undefined {
  try {
    return recordOf(JSON.parse(String(text)));
  } catch {
    return undefined;
  }
}
