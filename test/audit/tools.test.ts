import { expect, test } from 'vitest';
import { audited } from '../make/audited.ts';

// What tools write that only one format has.

const red = 'Tests:       3 failed, 37 passed, 40 total';
const green = 'Tests:       40 passed, 40 total';

async function verdictOf(lines: readonly unknown[]): Promise<string | undefined> {
  return (await audited(lines.map((line) => JSON.stringify(line)).join('\n'))).claims.at(-1)?.verdict;
}

const claude = (...blocks: readonly unknown[]): readonly unknown[] =>
  blocks.map((block, at) => {
    const role = (block as { type: string }).type === 'tool_result' ? 'user' : 'assistant';
    return { type: role, uuid: `u${at}`, sessionId: 's1', parentUuid: null, message: { role, content: [block] } };
  });
const use = (id: string, name: string, input: object) => ({ type: 'tool_use', id, name, input });
const answer = (tool_use_id: string, content: string, is_error = false) => ({
  type: 'tool_result',
  tool_use_id,
  content,
  is_error,
});
const claim = { type: 'text', text: 'All tests pass.' };
const started = [
  use('t1', 'Bash', { command: 'npm test', run_in_background: true }),
  answer('t1', 'Command running in background with ID: b1'),
];

const read = (exit: number, out: string) =>
  answer('t2', `<status>completed</status>\n<exit_code>${exit}</exit_code>\n<stdout>${out}\n</stdout>`);

test('Claude Code: a run in the background has no end until somebody reads it', async () => {
  expect(await verdictOf(claude(...started, claim))).toBe('not-checkable');
  expect(
    await verdictOf(claude(...started, use('t2', 'BashOutput', { bash_id: 'b1' }), read(1, `\n${red}`), claim)),
  ).toBe('contradicted');
  expect(
    await verdictOf(claude(...started, use('t2', 'TaskOutput', { task_id: 'b1' }), read(0, `\n${green}`), claim)),
  ).toBe('supported');
});

const said = (text: string) => ({
  type: 'user',
  uuid: 'm1',
  sessionId: 's1',
  message: { role: 'user', content: text },
});

test('Claude Code: what a team mate or an agent in the background says is hearsay', async () => {
  const [first, ...rest] = claude(claim, claim);
  const mate = '<teammate-message teammate_id="carol" summary="done">\nAll 104 tests pass.\n</teammate-message>';
  const worker = '<task-notification>\n<task-id>a1</task-id>\n<result>All tests pass.</result>\n</task-notification>';
  expect(await verdictOf([first, said(mate), ...rest])).toBe('hearsay');
  expect(await verdictOf([first, said(worker), ...rest])).toBe('hearsay');
});

test('Claude Code: a tool that is not known and prints a summary ran something', async () => {
  expect(await verdictOf(claude(use('t1', 'mcp__runner__run_tests', {}), answer('t1', red), claim))).toBe(
    'not-checkable',
  );
});

const copilot = (toolName: string, args: object, content: string): readonly unknown[] => [
  { type: 'tool.execution_start', data: { toolCallId: content, toolName, arguments: args } },
  { type: 'tool.execution_complete', data: { toolCallId: content, success: true, result: { content } } },
];
const copilotClaim = { type: 'assistant.message', data: { content: 'All tests pass.' } };

test('Copilot: PowerShell is a shell, and a look at a file by the editor is no edit', async () => {
  const ran = copilot('powershell', { command: 'npm test' }, `${green}\n<exited with exit code 0>`);
  const command = (what: string) => copilot('str_replace_editor', { command: what, path: '/w/a.ts' }, what);
  expect(await verdictOf([...ran, copilotClaim])).toBe('supported');
  expect(await verdictOf([...ran, ...command('view'), copilotClaim])).toBe('supported');
  expect(await verdictOf([...ran, ...command('str_replace'), copilotClaim])).toBe('stale');
});

const shell = (call_id: string, cmd: string, output: string) => [
  { type: 'function_call', name: 'exec_command', call_id, arguments: JSON.stringify({ cmd }) },
  { type: 'function_call_output', call_id, output: `Process exited with code 0\nOutput:\n${output}` },
];

const patched = (path: string) =>
  [
    ...shell('c1', 'npm test', green),
    ...shell('c2', `apply_patch <<'P'\n*** Begin Patch\n*** Update File: ${path}\n*** End Patch\nP`, 'Success.'),
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'All tests pass.' }] },
  ].map((payload) => ({ type: 'response_item', payload }));

test('Codex: what a worker answers is hearsay', async () => {
  const items = [
    { type: 'function_call', name: 'wait_agent', call_id: 'w1', arguments: '{"ids":["a1"]}' },
    {
      type: 'function_call_output',
      call_id: 'w1',
      output: '{"status":{"a1":{"completed":"Done.\\nAll tests pass."}}}',
    },
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'All tests pass.' }] },
  ];
  expect(await verdictOf(items.map((payload) => ({ type: 'response_item', payload })))).toBe('hearsay');
});

test('Codex: a patch that a shell applies is an edit of the files that it names', async () => {
  expect(await verdictOf(patched('src/a.ts'))).toBe('stale');
  expect(await verdictOf(patched('docs/a.md'))).toBe('supported');
});

test('an editor that is asked what it found may know of linters and types, and not of tests', async () => {
  const asked = [use('t1', 'mcp__ide__getDiagnostics', {}), answer('t1', '[]')];
  expect(await verdictOf(claude(...asked, { type: 'text', text: 'Lint is clean.' }))).toBe('not-checkable');
  expect(await verdictOf(claude(...asked, claim))).toBe('unsupported');
  expect(await verdictOf(claude({ type: 'text', text: 'Lint is clean.' }))).toBe('unsupported');
});
