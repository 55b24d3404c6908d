import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/**
 * Writes a session of Claude Code of about so many bytes, always the same one, by the shape of the reference sessions:
 * in 70 kB there are three messages of 190 characters, two files read, an edit that keeps the whole file before and after,
 * a look at the repository and a run of tests of 3.7 kB; every second time a person says something and the agent a claim.
 */
export async function makeTranscript(path: string, bytes: number): Promise<void> {
  const file = createWriteStream(path);
  for (let turn = 0; file.bytesWritten + file.writableLength < bytes; turn++)
    if (!file.write(turnOf(turn))) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

function turnOf(turn: number): string {
  const path = `src/parser-${turn % 40}.ts`;
  const old_string = source(turn, 800);
  const edit = { filePath: path, oldString: old_string, originalFile: source(turn, 30_000), structuredPatch: [] };
  const entries = [
    ...(turn % 2 === 0 ? [entry(turn, 'user', prose(turn, 1000))] : []),
    ...says(turn, prose(turn, 190)),
    ...call(turn, { name: 'Read', input: { file_path: path } }, source(turn, 3500)),
    ...call(turn, { name: 'Grep', input: { pattern: 'tokens' } }, source(turn + 1, 3500)),
    ...says(turn, prose(turn + 1, 190)),
    ...call(turn, { name: 'Edit', input: { file_path: path, old_string } }, 'updated', edit),
    { type: 'progress', sessionId: 's', data: { type: 'hook_progress', hookName: 'PostToolUse:Edit' } },
    ...call(turn, { name: 'Bash', input: { command: 'git diff --stat' } }, source(turn + 2, 500)),
    ...call(turn, { name: 'Bash', input: { command: 'npx vitest run 2>&1 | tail -60' } }, testRun(turn)),
    ...says(turn, turn % 2 === 0 ? prose(turn + 2, 190) : `All ${120 + turn} tests pass. ${prose(turn + 2, 160)}`),
  ];
  return entries.map((each) => `${JSON.stringify(each)}\n`).join('');
}

function entry(turn: number, type: string, content: unknown): object {
  const usage = {
    input_tokens: 9,
    cache_creation_input_tokens: 1200,
    cache_read_input_tokens: 91_000,
    output_tokens: 4,
  };
  const message = { role: type, model: 'claude-haiku-4-5-20251001', id: `msg_${turn}`, content, usage };
  const place = { cwd: '/home/ada/work', sessionId: 's', version: '2.1.47', gitBranch: 'main' };
  return { parentUuid: null, isSidechain: false, ...place, type, message, timestamp: '2026-02-23T12:58:03.215Z' };
}

function says(turn: number, text: string): readonly object[] {
  return [entry(turn, 'assistant', [{ type: 'text', text }])];
}

/** What came of it stands in the file twice, as it does in real ones. */
function call(
  turn: number,
  use: { readonly name: string; readonly input: object },
  content: string,
  toolUseResult: object = { stdout: content, stderr: '', interrupted: false, isImage: false },
): readonly object[] {
  const id = `toolu_${turn}_${use.name}`;
  const result = entry(turn, 'user', [{ tool_use_id: id, type: 'tool_result', content, is_error: false }]);
  return [entry(turn, 'assistant', [{ type: 'tool_use', id, ...use }]), { ...result, toolUseResult }];
}

const sentences = [
  'The parser reads one token at a time and keeps a small cache in memory, which both passes share.',
  'I looked at how `readBlock()` treats a fence that is never closed, and added a guard in `src/block.ts`.',
  '2. **Errors**: a broken line is passed over and counted instead of ending the program.',
  'The build of the web package still takes a while, because every page is rendered twice.',
];
const code = [
  "  const found = lines.find((line) => line.startsWith('| '));",
  '  if (found === undefined) return { kind: "prose", start, end, item: false };',
  '  for (const [index, token] of tokens.entries()) pieces.push(text.slice(token.start, token.end));',
  '}',
];

function prose(turn: number, characters: number): string {
  return filled(characters, (at) => sentences[(turn + at) % sentences.length] ?? '');
}

function source(turn: number, characters: number): string {
  return filled(characters, (at) => `${String(at + 1).padStart(6)}→${code[(turn + at) % code.length] ?? ''}`);
}

function testRun(turn: number): string {
  const tests = filled(3600, (at) => ` ✓ src/parser-${at % 40}.test.ts (${(at * 7 + turn) % 90} tests) ${at % 50}ms`);
  return `${tests}\n\n Test Files  40 passed (40)\n      Tests  ${120 + turn} passed (${120 + turn})\n`;
}

function filled(characters: number, lineAt: (at: number) => string): string {
  let text = '';
  for (let at = 0; text.length < characters; at++) text += `${lineAt(at)}\n`;
  return text.slice(0, characters);
}
