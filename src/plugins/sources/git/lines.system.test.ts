import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { testRoom } from '../../../../test/repository.ts';
import type { Fact } from '../../../core/signal/fact.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { git } from './git.ts';

const room = testRoom();
afterAll(room.remove);

async function read(dir: string, followed = true) {
  const facts: Fact[] = [];
  const options = git.options.parse({ repository: 'test', lines: followed });
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const coverage = await git.run({ ports, options, emit: (fact) => facts.push(fact) });
  if (!coverage.ok) throw new Error(coverage.message);
  return {
    facts,
    born: facts.filter((fact) => fact.kind === 'lines-born'),
    died: facts.filter((fact) => fact.kind === 'lines-died'),
    rewrites: facts.filter((fact) => fact.kind === 'correction' && fact.how === 'rewrite'),
    notes: coverage.value.notes,
  };
}

/** Lines of each change that are still there. */
async function alive(dir: string): Promise<Readonly<Record<string, number>>> {
  const { born, died } = await read(dir);
  const left = new Map<string, number>();
  for (const { id, lines } of born) left.set(id, (left.get(id) ?? 0) + lines);
  for (const { born: from, lines } of died) left.set(from.id, (left.get(from.id) ?? 0) - lines);
  return Object.fromEntries([...left].filter(([, lines]) => lines !== 0).toSorted());
}

function changesIn(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ kind }) => kind === 'change' || kind === 'spread' || kind === 'knowledge');
}

function blamed(dir: string): Readonly<Record<string, number>> {
  const run = (...args: readonly string[]): string => execFileSync('git', args, { cwd: dir, encoding: 'latin1' });
  const counts = new Map<string, number>();
  for (const path of run('ls-tree', '-r', '-z', '--name-only', 'HEAD').split('\0').filter(Boolean)) {
    for (const line of run('blame', '--first-parent', '--root', '-l', '-s', 'HEAD', '--', path)
      .split('\n')
      .filter(Boolean))
      counts.set(line.slice(0, 40), (counts.get(line.slice(0, 40)) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted());
}

type Files = ReadonlyMap<string, readonly string[]>;
interface Edit {
  readonly file: number;
  readonly what: 'change' | 'rename' | 'delete' | 'add';
  readonly at: number;
  readonly drop: number;
  readonly lines: readonly number[];
  readonly isMerge: boolean;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  file: fc.nat(3),
  what: fc.constantFrom('change', 'change', 'change', 'rename', 'delete', 'add'),
  at: fc.nat(40),
  drop: fc.nat(6),
  lines: fc.array(fc.nat(5), { maxLength: 6 }),
  isMerge: fc.boolean(),
});

/** Each file has words of its own: which one a renamed file was is never in doubt. */
function edited(files: Files, { file, what, at, drop, lines }: Edit, nth: number): Files {
  const next = new Map(files);
  const path = [...files.keys()][file % Math.max(1, files.size)];
  const word = (content: readonly string[]): string => content[0]?.split(' ')[0] ?? `w${nth}`;
  if (path === undefined || what === 'add') {
    return next.set(
      `new${nth}.txt`,
      [...Array(9).keys()].map((n) => `w${nth} first ${n}`),
    );
  }
  const content = files.get(path) ?? [];
  const place = at % (content.length + 1);
  const changed = content.toSpliced(place, drop, ...lines.map((n) => `${word(content)} repeated ${n}`));
  if (what === 'delete') next.delete(path);
  else if (what === 'change') next.set(path, changed);
  else {
    next.delete(path);
    next.set(`renamed${nth}.txt`, content);
  }
  return next;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** One commit as `git fast-import` reads it; a merge changes files as any other does. */
function imported(files: Files, nth: number, isMerge: boolean): string {
  const who = `committer Ada <ada@example.org> ${1_700_000_000 + nth * 86_400} +0000\n`;
  const merge = isMerge && nth > 0;
  const side = merge ? `commit refs/heads/side\n${who}${data(`side ${nth}`)}from :${nth}\n\n` : '';
  const content = [...files].map(([path, lines]) => {
    const end = nth % 3 === 0 ? '' : '\n';
    return `M 100644 inline ${path}\n${data(lines.length === 0 ? '' : lines.join('\n') + end)}`;
  });
  const head = `commit refs/heads/main\nmark :${nth + 1}\n${who}${data(`change ${nth}`)}`;
  return `${side}${head}${merge ? 'merge refs/heads/side\n' : ''}deleteall\n${content.join('')}\n`;
}

test('lines of a change are told once, and whose they are', async () => {
  const repository = room.repository();
  repository.commit('owners', { CODEOWNERS: '/web/ @octo/web\n/api/ @octo/api\n' });
  repository.commit('both', { 'api/b': '1\n', c: '1\n', 'web/a': '1\n2\n' });
  const { born } = await read(repository.dir);
  expect(born.map(({ lines, pods, parts }) => [lines, pods, parts])).toEqual([
    [2, [], undefined],
    [
      4,
      ['@octo/api', '@octo/web'],
      [
        { lines: 1, pods: ['@octo/api'] },
        { lines: 1, pods: [] },
        { lines: 2, pods: ['@octo/web'] },
      ],
    ],
  ]);
});

test('what is left of each change is what git blame finds, whatever was edited', { timeout: 120_000 }, async () => {
  let merges = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 3, maxLength: 25 }), async (edits) => {
      const repository = room.repository();
      let files: Files = new Map();
      const input = edits.map((one, nth) => {
        files = edited(files, one, nth);
        merges += one.isMerge ? 1 : 0;
        return imported(files, nth, one.isMerge);
      });
      execFileSync('git', ['fast-import', '--quiet'], { cwd: repository.dir, input: input.join('') });
      expect(await alive(repository.dir)).toEqual(blamed(repository.dir));
      const [counted, followed] = [await read(repository.dir, false), await read(repository.dir)];
      expect(changesIn(followed.facts)).toEqual(changesIn(counted.facts));
    }),
    { numRuns: 25 },
  );
  expect(merges).toBeGreaterThan(0);
});

const lines = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, n) => `${word} ${n}\n`).join('');

test('a file that becomes a link or a submodule leaves none of its lines', async () => {
  const repository = room.repository();
  const { dir, git: run } = repository;
  const first = repository.commit('add', { 'a.ts': '1\n2\n', 'b.ts': '1\n', 'c.ts': '' });
  const kept = repository.commit('keep', { d: '1\n' });
  for (const path of ['a.ts', 'c.ts']) {
    rmSync(join(dir, path));
    symlinkSync('d', join(dir, path));
  }
  run('add', '--all');
  run('update-index', '--cacheinfo', `160000,${first},b.ts`);
  run('commit', '--quiet', '--message', 'turn');
  expect((await read(dir)).died.map((fact) => [fact.cause, fact.lines])).toEqual([['deletion', 3]]);
  expect(await alive(dir)).toEqual({ [kept]: 1 });
});

test('lines die by a fix, in favour of others, or with nothing in their place', async () => {
  const repository = room.repository();
  repository.at('2026-01-01T00:00:00Z');
  const first = repository.commit('first', { 'a.txt': lines(20), 'yarn.lock': lines(50) });
  repository.at('2026-01-11T00:00:00Z');
  repository.commit('fix: the end', { 'a.txt': `${lines(18)}other\n` });
  repository.at('2026-01-21T00:00:00Z');
  repository.commit('less', { 'a.txt': lines(10) });
  const changed = repository.commit('anew', { 'a.txt': lines(9).replace('line 0', 'new 0') });
  const { born, died, rewrites } = await read(repository.dir);
  expect(born.map((fact) => fact.lines)).toEqual([20, 1, 1]);
  expect(died.map(({ cause, lines: many }) => [cause, many])).toEqual([
    ['corrective', 2],
    ['deletion', 8],
    ['deletion', 1],
    ['adaptive', 1],
    ['deletion', 1],
  ]);
  expect(rewrites).toMatchObject([{ id: changed, target: { id: first }, how: 'rewrite', isFirst: true }]);
});

test('a revert of what was rewritten is the second correction, and the first that names it', async () => {
  const repository = room.repository();
  const first = repository.commit('first', { 'a.txt': lines(20) });
  repository.commit('anew', { 'a.txt': lines(20, 'other') });
  const revert = `Revert "first"\n\nThis reverts commit ${first}.`;
  repository.commit(revert, { 'a.txt': '' });
  repository.commit(revert, { 'b.txt': '' });
  const { facts } = await read(repository.dir);
  const found = facts.filter((fact) => fact.kind === 'correction' && fact.target?.id === first);
  expect(found).toMatchObject([
    { how: 'rewrite', isFirst: true, isFirstByName: false },
    { how: 'revert', isFirst: false, isFirstByName: true },
    { how: 'revert', isFirst: false, isFirstByName: false },
  ]);
});

const code = Array.from({ length: 12 }, (_, n) => `if (a${n}) {\n  call(a${n}, b)\n}\n`).join('');
const spaced = code.replaceAll(/^  /gm, '\t').replaceAll(/ \{\n\t/g, '\n{\n\t\t');
const anew = code.replaceAll('call', 'ask').replaceAll('if', 'while');

/** What is said of the lines of a first change after a second one. */
async function judged(files: Readonly<Record<string, string>>, then: Readonly<Record<string, string>>) {
  const repository = room.repository();
  repository.commit('first', files);
  repository.commit('second', then);
  expect(await alive(repository.dir)).toEqual(blamed(repository.dir));
  const { died, rewrites } = await read(repository.dir);
  const sum = (isReformatted?: true): number =>
    died.filter((fact) => fact.isReformatted === isReformatted).reduce((all, fact) => all + fact.lines, 0);
  return { reformatted: sum(true), others: sum(), rewrites: rewrites.length };
}

describe('lines that only look otherwise die, and nobody wrote them anew', () => {
  test.for([
    ['indented', code, code.replaceAll(/^/gm, '  ').trimEnd(), { reformatted: 36, others: 0, rewrites: 0 }],
    ['of other ends', code, code.replaceAll('\n', '\r\n'), { reformatted: 36, others: 0, rewrites: 0 }],
    ['wrapped', lines(12), lines(12).replaceAll(/\s/g, '\n'), { reformatted: 12, others: 0, rewrites: 0 }],
    ['of another style', code, spaced, { reformatted: 24, others: 0, rewrites: 0 }],
    ['other words', code, anew, { reformatted: 0, others: 24, rewrites: 1 }],
    ['other words, indented', code, anew.replaceAll(/^/gm, ' '), { reformatted: 0, others: 36, rewrites: 1 }],
  ] as const)('%s', async ([, before, after, expected]) => {
    expect(await judged({ 'a.ts': before }, { 'a.ts': after })).toEqual(expected);
  });

  test('what else the same change did counts', async () => {
    const half = await judged({ 'a.ts': code, 'b.ts': lines(9) }, { 'a.ts': spaced, 'b.ts': lines(9, 'new') });
    expect(half).toEqual({ reformatted: 24, others: 9, rewrites: 0 });
    const most = await judged({ 'a.ts': code, 'b.ts': lines(40) }, { 'a.ts': spaced, 'b.ts': lines(40, 'new') });
    expect(most).toEqual({ reformatted: 24, others: 40, rewrites: 1 });
  });

  test('by commits that git blame is to ignore, as the commit that is read lists them', async () => {
    const repository = room.repository();
    const { dir, commit, git: run } = repository;
    const list = (...ids: readonly string[]): string =>
      commit('list', { '.git-blame-ignore-revs': `# Formatters\n\n${ids.join(' # why\r\n  ')}\n` });
    commit('first', { 'a.ts': code, 'b.ts': code });
    const own = commit('own', { 'a.ts': anew });
    run('checkout', '--quiet', '-b', 'side');
    const brought = commit('brought', { 'b.ts': anew });
    run('checkout', '--quiet', 'main');
    run('merge', '--quiet', '--no-ff', '--message', 'merge', 'side');
    expect((await read(dir)).rewrites).toHaveLength(1);
    list(own.slice(0, 12), `${brought}0`);
    expect((await read(dir)).rewrites).toHaveLength(1);
    list('0'.repeat(40), own, brought);
    const { died, rewrites } = await read(dir);
    expect(rewrites).toEqual([]);
    expect(died.filter(({ isReformatted }) => isReformatted).map((fact) => fact.lines)).toEqual([24, 24]);
    expect(await alive(dir)).toEqual(blamed(dir));
  });
});

test('where objects are missing, lines are not followed, and it is said', async () => {
  const repository = room.repository();
  repository.commit('one', { a: lines(3), b: lines(2) });
  repository.commit('two', { a: lines(4) });
  const blob = repository.git('rev-parse', 'HEAD:a');
  repository.commit('three', { a: lines(5), c: lines(1) });
  repository.commit('four', { a: lines(6), b: '' });
  rmSync(join(repository.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const { born, died, notes } = await read(repository.dir);
  expect(born.map((fact) => fact.lines)).toEqual([5, 1]);
  expect(died.map((fact) => fact.lines)).toEqual([2]);
  expect(notes).toContainEqual({ code: 'lines-not-read', count: 2 });
});

test('lines that a cut-off history begins with are nobody’s', async () => {
  const repository = room.repository();
  repository.commit('one', { a: lines(3) });
  repository.commit('two', { a: lines(4) });
  repository.commit('three', { a: lines(2) });
  const dir = join(room.dir, 'cut-off.git');
  execFileSync('git', ['clone', '-q', '--bare', '--depth=2', `file://${repository.dir}`, dir]);
  const { born, died } = await read(dir);
  expect([born, died]).toEqual([[], []]);
});

/** Alike at both ends, so that a difference may begin at several lines. */
const blocks = (...names: readonly string[]): string => names.map((name) => `{\n  ${name}\n}\n`).join('');

test.each([
  ['core.bigFileThreshold', '100'],
  ['diff.algorithm', 'patience'],
  ['diff.indentHeuristic', 'false'],
  ['diff.default.binary', 'true'],
  ['diff.context', '9'],
  ['diff.renames', 'false'],
  ['diff.noprefix', 'true'],
])('%s is configured, and the same history is told', async (key, value) => {
  const { dir, git: run, commit } = room.repository();
  const text = Array.from({ length: 60 }, (_, n) => `${n % 7}`);
  commit('one', { a: text.join('\n') });
  commit('two', { a: text.toSpliced(9, 3, 'x', '', 'y').join('\n') });
  run('mv', 'a', 'b');
  commit('three', { b: text.toReversed().join('\n'), c: blocks('a', 'b') });
  commit('four', { c: blocks('a', 'n', 'b') });
  commit('five', { c: blocks('a', 'n') });
  const before = await read(dir);
  expect(before.died).not.toHaveLength(0);
  run('config', key, value);
  expect(await read(dir)).toEqual(before);
});

test('who knows which files does not depend on where the working tree is', async () => {
  const { dir, git: run, commit } = room.repository();
  commit('one', { 'a.ts': '1\n' });
  const before = await read(join(dir, '.git'));
  expect(before.facts).toContainEqual(expect.objectContaining({ kind: 'knowledge', files: 1 }));
  run('config', 'core.worktree', room.dir);
  expect(await read(join(dir, '.git'))).toEqual(before);
});
