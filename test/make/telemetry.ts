// What Claude Code's exporter sends, as version 2.1.63 writes it: every attribute is a text.

type Attributes = Readonly<Record<string, string | boolean>>;

export function attributesOf(fields: Attributes): readonly object[] {
  return Object.entries(fields).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { boolValue: value },
  }));
}

/** The attributes of one shell command that ended. */
export function toolResult(fields: Attributes = {}, parameters: Readonly<Record<string, string>> = {}): Attributes {
  return {
    'session.id': 's1',
    'prompt.id': 'p1',
    'event.name': 'tool_result',
    'event.sequence': '3',
    tool_name: 'Bash',
    tool_use_id: 'toolu_1',
    success: 'true',
    duration_ms: '120',
    tool_parameters: JSON.stringify({ bash_command: 'npm', full_command: 'npm test', ...parameters }),
    ...fields,
  };
}

/** `2026-01-02T03:04:00.000Z` */
export const toldAt = `${Date.UTC(2026, 0, 2, 3, 4)}000000`;

export function aRecord(attributes: Attributes = toolResult(), fields: object = {}): object {
  return {
    timeUnixNano: toldAt,
    body: { stringValue: 'claude_code.tool_result' },
    attributes: attributesOf(attributes),
    ...fields,
  };
}

export function aRequest(
  logRecords: readonly unknown[],
  resource: Attributes = { 'service.name': 'claude-code' },
): object {
  return { resourceLogs: [{ resource: { attributes: attributesOf(resource) }, scopeLogs: [{ logRecords }] }] };
}
