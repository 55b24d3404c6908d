import { expect, test } from 'vitest';
import { audited, verdictsOf } from '../make/audited.ts';

const shell = (result: object) => [
  { type: 'system', subtype: 'init', session_id: 's1' },
  {
    type: 'tool_call',
    subtype: 'started',
    call_id: 't1',
    tool_call: { shellToolCall: { args: { command: 'tsc' } } },
  },
  { type: 'tool_call', subtype: 'completed', call_id: 't1', tool_call: { shellToolCall: { args: {}, result } } },
];
const says = (said: string, more: object = {}) => ({
  type: 'assistant',
  message: { role: 'assistant', content: [{ type: 'text', text: said }] },
  session_id: 's1',
  ...more,
});
const claim = says('The type check passes.');
const ended = { command: 'tsc', exitCode: 2, stdout: 'a.ts(1,1): error TS1: no', stderr: '' };

const kept = (role: string, ...content: readonly object[]) => ({ role, message: { content } });
const text = (said: string) => ({ type: 'text', text: said });
const use = (name: string, input: object) => ({ type: 'tool_use', name, input });

test.each([
  ['failed', { failure: ended }, 'contradicted'],
  ['was interrupted', { failure: { ...ended, stdout: '', aborted: true } }, 'not-checkable'],
  ['was not allowed', { rejected: { command: 'tsc', reason: '' } }, 'unsupported'],
  ['took too long', { timeout: { command: 'tsc', timeoutMs: 1 } }, 'not-checkable'],
  ['goes on', { success: { ...ended, exitCode: 0, stdout: '', isBackground: true } }, 'not-checkable'],
])('a command that %s', async (_what, result, verdict) => {
  expect(await verdictsOf([...shell(result), claim])).toEqual([verdict]);
});

test('what is streamed in pieces is read once, when it is whole', async () => {
  const pieces = ['The type check passes', ' once it is mended.'].map((piece) => says(piece, { timestamp_ms: 1 }));
  const whole = says('The type check passes once it is mended.', { timestamp_ms: 2, model_call_id: 'c1' });
  expect(await verdictsOf([...pieces, ...shell({ failure: ended }), whole])).toEqual([]);
});

test('a kept transcript has calls without answers: a run decides nothing, no run is told', async () => {
  const asked = kept('user', text('<attached>All tests pass.</attached><user_query>Mend it.</user_query>'));
  const said = kept('assistant', text('All tests pass.'));
  const edited = kept('assistant', use('StrReplace', { path: 'src/sum.ts' }));
  const { format } = await audited(`${JSON.stringify(asked)}\n${JSON.stringify(said)}`);
  expect(format).toBe('cursor');
  expect(await verdictsOf([asked, edited, said])).toEqual(['unsupported']);
  expect(await verdictsOf([asked, kept('assistant', use('Shell', { command: 'bun test' })), said])).toEqual([
    'not-checkable',
  ]);
  expect(await verdictsOf([asked, kept('assistant', use('Task', { prompt: 'Test it.' })), said])).not.toContain(
    'contradicted',
  );
});
