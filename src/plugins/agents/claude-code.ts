import { agent, hearStop, sayAsJson } from '../../core/agent/agent.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import type { TelemetryEvent } from '../../core/telemetry/otlp-logs.ts';
import { detailsOf, jsonIn, leadNamed, type Naming } from '../../core/telemetry/told-lead.ts';
import { callOf } from '../../core/transcript/tools.ts';
import { at, textAt, wordsOf } from '../../core/transcript/transcript.ts';

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
    responseIn(line, words) {
      const said = line['type'] === 'assistant' ? wordsOf(at(line, 'message', 'content')).trim() : '';
      if (said === '') return undefined;
      const id = textAt(line, 'message', 'id');
      return id !== undefined && id.length <= 200 && words.trim().endsWith(said) ? { id } : {};
    },
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
function leadIn(event: TelemetryEvent): Lead | string | undefined {
  const { names, attributes } = event;
  const isOwn = attributes.get('service.name') === 'claude-code' && names.includes('tool_result');
  if (!isOwn && !names.includes(naming.event)) return undefined;
  return leadNamed(event, naming, (tool) => detailsIn(tool, attributes));
}

const naming: Naming = {
  agent: 'claude-code',
  event: 'claude_code.tool_result',
  session: 'session.id',
  tool: 'tool_name',
  call: ['tool_use_id', 'use_id'],
  turn: 'prompt.id',
  error: ['error', 'error_type'],
};

/** What is told with OTEL_LOG_TOOL_DETAILS=1 only. */
function detailsIn(
  tool: string,
  attributes: TelemetryEvent['attributes'],
): Pick<Lead, 'command' | 'writes' | 'commit'> {
  const parameters = jsonIn(attributes.get('tool_parameters'));
  const call = callOf('', tool, jsonIn(attributes.get('tool_input')));
  const command = textAt(parameters, 'full_command') ?? call.command ?? textAt(parameters, 'bash_command');
  const commit = /^[0-9a-f]{4,64}$/i.exec(textAt(parameters, 'git_commit_id') ?? '')?.[0].toLowerCase();
  return {
    ...detailsOf({ ...call, ...(command !== undefined && { command }) }),
    ...(commit !== undefined && { commit }),
  };
}
