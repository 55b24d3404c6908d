// Recall of the audit on false claims, planted: node scripts/validate/planted.ts <folder of folders with sessions of Claude Code>
// The run that decides a supported claim of all tests is replaced by one of as many tests, of which 3 fail.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SessionAudit, type SessionClaim } from '../../src/core/audit/session.ts';
import { headOf } from '../../src/core/transcript/transcript.ts';
import { claudeCode } from '../../src/plugins/transcripts/claude-code.ts';

/** Of one folder, so that no repository is most of it. */
const most = 40;

interface Entry {
  readonly message?: { readonly content?: unknown };
}

interface Block {
  readonly type?: string;
  readonly id?: string;
  readonly tool_use_id?: string;
  readonly input?: { readonly command?: string };
}

interface Found {
  readonly claim: SessionClaim;
  readonly lines: readonly string[];
  readonly at: number;
  readonly tests: number;
  readonly command: string;
}

const blocksOf = (entry: Entry): readonly Block[] =>
  Array.isArray(entry.message?.content) ? (entry.message.content as Block[]) : [];

function parsed(line: string): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return {};
  }
}

function claimsOf(lines: readonly string[]): readonly SessionClaim[] {
  const reader = claudeCode.run();
  const audit = new SessionAudit({ agent: 'claude-code', framing: 'lines' });
  return lines.flatMap((line, at) =>
    [...reader.take(parsed(line), at + 1)].flatMap((moment) => audit.take(moment, moment.at ?? at + 1)),
  );
}

function decidedIn(lines: readonly string[]): Found | undefined {
  for (const claim of claimsOf(lines).toReversed()) {
    const part = claim.parts.find(({ kind, words }) => kind === 'tests-pass' && /\ball\b(?!.*fail)/is.test(words));
    if (claim.verdict !== 'supported' || part?.verdict !== 'supported' || part.decidedBy === undefined) continue;
    const at = part.decidedBy - 1;
    const answers = blocksOf(parsed(lines[at] ?? '')).find(({ type }) => type === 'tool_result')?.tool_use_id;
    const call = lines.flatMap((line) => blocksOf(parsed(line))).find(({ id }) => id !== undefined && id === answers);
    const command = call?.input?.command;
    if (command === undefined || /\bgit (?:add|commit)\b/.test(command)) return undefined;
    const passed = Number(/(\d+) passed/.exec(part.why)?.[1] ?? 0);
    return { claim, lines, at, tests: passed > 3 ? passed : 40, command };
  }
  return undefined;
}

function planted({ claim, lines, at, tests, command }: Found, told: boolean): string {
  const runner = runners.find(([calls]) => calls.test(command))?.[1] ?? jest;
  const content = `${told ? 'Exit code 1\n' : ''}${runner(tests)}`;
  const entry = parsed(lines[at] ?? '');
  const blocks = blocksOf(entry).map((block) =>
    block.type === 'tool_result' ? { ...block, content, is_error: told } : block,
  );
  const line = JSON.stringify({ ...entry, toolUseResult: undefined, message: { ...entry.message, content: blocks } });
  const now = claimsOf(lines.with(at, line)).find(({ key }) => key === claim.key);
  return now?.verdict ?? 'no claim';
}

type Printed = (tests: number) => string;
const jest: Printed = (all) => `Tests:       3 failed, ${all - 3} passed, ${all} total`;
const runners: readonly (readonly [RegExp, Printed])[] = [
  [
    /\bgo test\b/,
    () => '--- FAIL: TestA (0.00s)\n--- FAIL: TestB (0.00s)\n--- FAIL: TestC (0.00s)\nFAIL\nFAIL\ta/b\t0.2s',
  ],
  [/pytest/, (all) => `=== 3 failed, ${all - 3} passed in 1.20s ===`],
  [/\bbun (?:run )?test\b/, (all) => ` ${all - 3} pass\n 3 fail\nRan ${all} tests across 4 files. [1.20s]`],
  [/cargo test/, (all) => `test result: FAILED. ${all - 3} passed; 3 failed; 0 ignored; 0 measured; 0 filtered out`],
];

const tables = { 'exit code told': new Map<string, number>(), 'hidden by a pipe': new Map<string, number>() };
const seen = new Set<string>();
const [root = '.'] = process.argv.slice(2);
for (const folder of readdirSync(root)) {
  let taken = 0;
  for (const file of readdirSync(join(root, folder)).toSorted()) {
    if (taken === most) break;
    const text = readFileSync(join(root, folder, file), 'utf8');
    const found = claudeCode.fits(headOf(text.slice(0, 100_000))) ? decidedIn(text.split('\n')) : undefined;
    if (found === undefined || seen.has(found.claim.key)) continue;
    seen.add(found.claim.key);
    taken++;
    for (const [table, counts] of Object.entries(tables)) {
      if (table !== 'exit code told' && !/\s\|\s/.test(found.command)) continue;
      const verdict = planted(found, table === 'exit code told');
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      if (verdict !== 'contradicted')
        console.log(`${folder}/${file}:${found.claim.line} ${table}: ${verdict}: ${found.claim.quote}`);
    }
  }
}
for (const [table, counts] of Object.entries(tables)) console.log(table, Object.fromEntries(counts));
