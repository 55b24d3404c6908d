import { expect, test } from 'vitest';
import { aRecord, aRequest, attributesOf, toolResult } from '../../../test/make/telemetry.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import { readLogs } from '../../core/telemetry/otlp-logs.ts';
import { claudeCode } from './claude-code.ts';

function told(record: object, resource: Readonly<Record<string, string>> = {}): Lead | string | undefined {
  const read = readLogs(aRequest([record], resource));
  if (typeof read === 'string' || read.events[0] === undefined) throw new Error(JSON.stringify(read));
  return claudeCode.leadIn?.(read.events[0]);
}

const lead = {
  id: 'toolu_1',
  agent: 'claude-code',
  session: 's1',
  turn: 'p1',
  tool: 'Bash',
  command: 'npm test',
  succeeded: true,
  occurredAt: '2026-01-02T03:04:00.000Z',
};

test('a command that ended', () => {
  expect(told(aRecord())).toEqual(lead);
});

test.each([
  ['its body', { eventName: undefined }, {}],
  ['its event name', { body: undefined, eventName: 'claude_code.tool_result' }, {}],
  ['its event name and its service', { body: undefined, eventName: 'tool_result' }, { 'service.name': 'claude-code' }],
  ['an attribute and its service', { body: undefined }, { 'service.name': 'claude-code' }],
])('is known by %s', (_how, fields, resource) => {
  expect(told(aRecord(toolResult(), fields), resource)).toEqual(lead);
});

test.each([
  ["another program's tool_result", aRecord(toolResult(), { body: undefined })],
  ['another event', aRecord({}, { body: { stringValue: 'claude_code.api_request' } })],
  [
    'one of the older and newer conventions',
    aRecord({ 'gen_ai.system': 'anthropic', 'gen_ai.provider.name': 'anthropic' }, { body: undefined }),
  ],
])('%s is no lead, and no mistake', (_what, record) => {
  expect(told(record)).toBeUndefined();
});

function ofSuccess(value: object): unknown {
  return told(aRecord({}, { attributes: [...attributesOf(toolResult()), { key: 'success', value }] }));
}

test('success is a text or a truth; what is neither says nothing', () => {
  expect(ofSuccess({ boolValue: false })).toMatchObject({ succeeded: false });
  expect(ofSuccess({ stringValue: 'false' })).toMatchObject({ succeeded: false });
  for (const stringValue of ['perhaps', '__proto__', 'constructor'])
    expect(ofSuccess({ stringValue }), stringValue).not.toHaveProperty('succeeded');
});

test('a commit that it made, by its short name', () => {
  expect(told(aRecord(toolResult({}, { git_commit_id: '3F2a1b9' })))).toMatchObject({ commit: '3f2a1b9' });
  expect(told(aRecord(toolResult({}, { git_commit_id: 'HEAD; rm -rf' })))).not.toHaveProperty('commit');
});

test('without details, or with details that are cut, what remains is told', () => {
  expect(told(aRecord({ ...toolResult(), tool_parameters: '{"full_comm' }))).not.toHaveProperty('command');
  const { tool_parameters: _none, ...bare } = toolResult({ success: 'false', error: 'Exit code 1' });
  expect(told(aRecord({ ...bare, tool_input: '{"command":"make"}' }))).toMatchObject({
    command: 'make',
    succeeded: false,
    error: 'Exit code 1',
  });
  expect(told(aRecord({ ...bare, tool_name: 'Edit', tool_input: '{"file_path":"src/a.ts"}' }))).toMatchObject({
    tool: 'Edit',
    writes: ['src/a.ts'],
  });
});

test('versions that give no id of the call are told apart by time and place', () => {
  const { tool_use_id: _none, ...old } = toolResult();
  const [first, again] = [told(aRecord(old)), told(aRecord(old))];
  expect(first).toEqual(again);
  expect(first).not.toMatchObject({ id: (told(aRecord({ ...old, 'event.sequence': '4' })) as Lead).id });
  expect(told(aRecord({ ...old, use_id: 'toolu_9' }))).toMatchObject({ id: 'toolu_9' });
});

test('without its session it cannot be kept, and that is said', () => {
  const { 'session.id': _none, ...nobody } = toolResult();
  expect(told(aRecord(nobody))).toBe('claude_code.tool_result without session.id or tool_name');
});
