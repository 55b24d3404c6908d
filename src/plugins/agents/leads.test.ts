import { expect, test } from 'vitest';
import { aRecord, aRequest } from '../../../test/make/telemetry.ts';
import { readLogs } from '../../core/telemetry/otlp-logs.ts';
import { codex } from './codex.ts';
import { gemini } from './gemini.ts';
import { agents } from './index.ts';

function eventOf(record: object) {
  const read = readLogs(aRequest([record], {}));
  if (typeof read === 'string' || read.events[0] === undefined) throw new Error('no event');
  return read.events[0];
}

const ofCodex = {
  'event.name': 'codex.tool_result',
  'conversation.id': 'c1',
  tool_name: 'exec_command',
  call_id: 'call_1',
  arguments: JSON.stringify({ cmd: 'npm test', workdir: '/w' }),
  duration_ms: '12',
  success: 'false',
  output: 'Exit code 1',
};
const ofGemini = {
  'event.name': 'gemini_cli.tool_call',
  'session.id': 'g1',
  function_name: 'replace',
  function_args: JSON.stringify({ file_path: 'src/a.ts' }),
  duration_ms: '12',
  success: true,
  prompt_id: 'p1',
};

test('Codex tells of its calls', () => {
  expect(codex.leadIn?.(eventOf(aRecord(ofCodex, { body: undefined })))).toEqual({
    id: 'call_1',
    agent: 'codex',
    session: 'c1',
    tool: 'exec_command',
    command: 'npm test',
    succeeded: false,
    occurredAt: '2026-01-02T03:04:00.000Z',
  });
});

test('Gemini CLI tells of its calls, without ids', () => {
  expect(gemini.leadIn?.(eventOf(aRecord(ofGemini, { body: undefined })))).toEqual({
    id: '2026-01-02T03:04:00.000Z 12 replace',
    agent: 'gemini',
    session: 'g1',
    turn: 'p1',
    tool: 'replace',
    writes: ['src/a.ts'],
    succeeded: true,
    occurredAt: '2026-01-02T03:04:00.000Z',
  });
});

test.each([
  ['codex.tool_result', { ...ofCodex, 'conversation.id': '' }],
  ['gemini_cli.tool_call', { ...ofGemini, 'session.id': '' }],
])('%s of no session is refused', (name, attributes) => {
  const told = agents.flatMap(({ leadIn }) => leadIn?.(eventOf(aRecord(attributes, { body: undefined }))) ?? []);
  expect(told).toEqual([expect.stringContaining(`${name} without`)]);
});

test('one event is told by one agent', () => {
  for (const attributes of [ofCodex, ofGemini]) {
    const event = eventOf(aRecord(attributes, { body: undefined }));
    expect(agents.filter(({ leadIn }) => leadIn?.(event) !== undefined)).toHaveLength(1);
  }
});
