import { chmodSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Asked, examinationOf, type TestRepository, testRoom } from '../../../test/repository.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { changeMade } from './change-made.ts';

const room = testRoom();
afterAll(() => room.remove());

/** On a branch whose one commit changes src/parser.ts and not src/printer.ts. */
function branch(): TestRepository {
  const repository = room.repository();
  repository.commit('start', {
    'src/parser.ts': 'export function parse() {\n  return 1;\n}\n',
    'src/printer.ts': 'export function print() {}\n',
    'a/same.ts': 'a\n',
    'b/same.ts': 'b\n',
    '.gitignore': '.env\n',
  });
  repository.git('checkout', '-q', '-b', 'feature');
  repository.commit('work', { 'src/parser.ts': 'export function parse() {\n  return 2;\n}\n' });
  return repository;
}

async function look(repository: TestRepository, options: Record<string, unknown>, asked: Asked = {}) {
  const examination = await examinationOf(repository, { ...asked, options });
  return changeMade.run({ ...examination, options: changeMade.options.parse(options) });
}

verifierContract({
  verifier: changeMade,
  supporting: () => examinationOf(branch(), { options: { paths: ['src/parser.ts'] } }),
  refuting: () => examinationOf(branch(), { options: { paths: ['src/printer.ts'] } }),
});

const names: readonly [string, Record<string, unknown>, string][] = [
  ['the end of a path', { paths: ['parser.ts'] }, 'supported'],
  ['a folder', { paths: ['src/'] }, 'supported'],
  ['a glob', { paths: ['src/*.ts'] }, 'supported'],
  ['a glob of what did not change', { paths: ['src/print*'] }, 'refuted'],
  ['one changed and one not', { paths: ['src/parser.ts', 'src/printer.ts'] }, 'refuted'],
  ['two files of that name', { paths: ['same.ts'] }, 'inconclusive'],
  ['a name nobody knows', { paths: ['src/lexer.ts'] }, 'inconclusive'],
  ['an ignored file', { paths: ['.env'] }, 'inconclusive'],
  ['no name at all', {}, 'inconclusive'],
  ['a base nobody knows', { paths: ['src/parser.ts'], base: 'no-such-commit' }, 'inconclusive'],
  ['a symbol that a heading mentions', { symbols: ['parse'] }, 'supported'],
  ['a symbol among the names', { paths: ['parse()', 'src/parser.ts'] }, 'supported'],
  ['one that another file has', { paths: ['print', 'src/parser.ts'] }, 'inconclusive'],
  ['the README, which is not there', { paths: ['README'] }, 'inconclusive'],
  ['a symbol that is part of a longer one', { symbols: ['pars'] }, 'inconclusive'],
];
test.each(names)('%s', async (_, options, outcome) => {
  const seen = await look(branch(), options);
  expect(seen, seen.message).toMatchObject({ outcome });
});

describe('kinds of change', () => {
  test('work that is not committed, and files that are not tracked', async () => {
    const repository = branch();
    repository.write('src/printer.ts', 'export function print() { return newHelper(); }\n');
    repository.write('src/lexer.ts', 'export function lex() {}\n');
    expect(await look(repository, { paths: ['printer.ts', 'lexer.ts'], symbols: ['newHelper', 'lex'] })).toMatchObject({
      outcome: 'supported',
      message: expect.stringContaining('not tracked yet: src/lexer.ts'),
    });
  });

  test('white space, a mode, a rename and a deletion are said to be that', async () => {
    const repository = branch();
    repository.write('src/printer.ts', 'export  function print()  {}\n\n');
    chmodSync(join(repository.dir, 'a/same.ts'), 0o755);
    repository.git('mv', 'b/same.ts', 'b/moved.ts');
    repository.git('rm', '-q', '.gitignore');
    const seen = await look(repository, { paths: ['src/printer.ts', 'a/same.ts', 'b/same.ts', '.gitignore'] });
    expect(seen.outcome).toBe('supported');
    for (const remark of [
      'white space: src/printer.ts',
      'the mode: a/same.ts',
      'renamed: b/moved.ts',
      'deleted: .gitignore',
    ]) {
      expect(seen.message).toContain(remark);
    }
  });

  test('a rename that git was not told of', async () => {
    const repository = branch();
    renameSync(join(repository.dir, 'src/printer.ts'), join(repository.dir, 'src/writer.ts'));
    expect(await look(repository, { paths: ['src/printer.ts', 'src/writer.ts'] })).toMatchObject({
      outcome: 'supported',
    });
  });

  test('names with spaces, line breaks and signs of git', async () => {
    const repository = branch();
    repository.commit('odd', { 'odd name\nwith break.ts': 'x', ':(glob)*': 'y' });
    expect(await look(repository, { paths: ['odd name\nwith break.ts', ':(glob)*'], base: 'HEAD^' })).toMatchObject({
      outcome: 'supported',
    });
  });
});

describe('work that began before the base', () => {
  test('a file changed in an earlier commit on the default branch is not called unchanged', async () => {
    const repository = room.repository();
    repository.commit('start', { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    repository.commit('old', { 'c.txt': 'cc' });
    repository.at(new Date(Date.now() - 3_600_000).toISOString());
    repository.commit('an hour ago', { 'a.txt': 'aa' });
    repository.commit('just now', { 'b.txt': 'bb' });
    expect(await look(repository, { paths: ['b.txt'] })).toMatchObject({ outcome: 'supported' });
    expect(await look(repository, { paths: ['a.txt'] })).toMatchObject({ outcome: 'inconclusive' });
    expect(await look(repository, { paths: ['c.txt'] })).toMatchObject({ outcome: 'refuted' });
    expect(await look(repository, { paths: ['a.txt'], base: 'HEAD^' })).toMatchObject({ outcome: 'refuted' });
    expect(await look(repository, { paths: ['a.txt'], base: 'HEAD~2' })).toMatchObject({ outcome: 'supported' });
  });

  test.each([
    ['two days ago, in the first commit', 2, 'inconclusive'],
    ['ten days ago, in the first commit', 10, 'refuted'],
  ])('%s', async (_, days, outcome) => {
    const repository = room.repository();
    repository.at(new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString());
    repository.commit('all of it', { 'src/a.ts': '1' });
    repository.commit('notes', { 'notes.md': '1' });
    expect(await look(repository, { paths: ['src/a.ts'] })).toMatchObject({ outcome });
  });

  test.each([
    ['made the day after, however long ago', 9, 'inconclusive'],
    ['made a week after', 3, 'refuted'],
  ])('a claim %s', async (_, daysAgo, outcome) => {
    const repository = room.repository();
    repository.commit('all of it, ten days ago', { 'src/a.ts': '1' });
    repository.commit('notes', { 'notes.md': '1' });
    const claimedAt = new Date(Date.now() - daysAgo * 24 * 60 * 60 * 1000).toISOString();
    expect(await look(repository, { paths: ['src/a.ts'] }, { claimedAt })).toMatchObject({ outcome });
  });

  test('what a shallow history does not show', async () => {
    const origin = branch();
    origin.commit('more', { 'x.txt': 'x' });
    const clone = room.repository();
    clone.git('fetch', '-q', '--depth=1', `file://${origin.dir}`, 'feature');
    clone.git('checkout', '-q', '-b', 'main', 'FETCH_HEAD');
    expect(await look(clone, { paths: ['src/printer.ts'] })).toMatchObject({ outcome: 'inconclusive' });
  });

  test('a file that git was told to overlook', async () => {
    const repository = branch();
    repository.git('update-index', '--skip-worktree', 'src/printer.ts');
    expect(await look(repository, { paths: ['src/printer.ts'] })).toMatchObject({ outcome: 'inconclusive' });
  });
});

test('the README, whatever its ending and folder', async () => {
  const repository = room.repository();
  repository.commit('first', { 'docs/Readme.rst': '1\n', 'a.ts': '1\n' });
  repository.git('branch', 'base');
  repository.commit('second', { 'a.ts': '2\n' });
  const said = { paths: ['README'], base: 'base' };
  expect(await look(repository, said)).toMatchObject({
    outcome: 'refuted',
    message: expect.stringContaining('README'),
  });
  repository.commit('third', { 'README.md': 'x' });
  expect(await look(repository, said)).toMatchObject({ outcome: 'supported' });
  repository.git('branch', '-f', 'base');
  repository.commit('fourth', { 'a.ts': '3\n' });
  expect(await look(repository, said)).toMatchObject({ outcome: 'inconclusive' });
});

test('a repository without a commit', async () => {
  const repository = room.repository();
  repository.write('a.txt', 'a');
  expect(await look(repository, { paths: ['a.txt'] })).toMatchObject({ outcome: 'supported' });
});

const gone = (path: string) => ({ paths: [path], gone: [path] });

describe('a file that is said to be gone', () => {
  test('and was changed leaves it open; unchanged it is refuted', async () => {
    expect(await look(branch(), gone('src/parser.ts'))).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('src/parser.ts was changed, and is still there'),
    });
    expect(await look(branch(), gone('src/printer.ts'))).toMatchObject({ outcome: 'refuted' });
  });

  test('and is not tracked yet, is open', async () => {
    const repository = branch();
    repository.write('scratch.ts', 'x');
    expect(await look(repository, gone('scratch.ts'))).toMatchObject({ outcome: 'inconclusive' });
  });

  test.each(['package-lock.json', 'dist/index.js', 'db/dev.sqlite3', 'src/__snapshots__/a.test.ts.snap'])(
    'and that programs write again, as %s, leaves it open where nothing changed',
    async (path) => {
      const repository = room.repository();
      repository.commit('first', { [path]: '1\n', 'a.ts': '1\n' });
      repository.git('branch', 'base');
      repository.commit('second', { 'a.ts': '2\n' });
      const said = { ...gone(path), base: 'base' };
      expect(await look(repository, said)).toMatchObject({ outcome: 'inconclusive' });
    },
  );

  test('and is, whether committed, staged, moved or only deleted', async () => {
    for (const away of [
      ({ git }: TestRepository) => git('rm', '-q', 'src/parser.ts'),
      ({ git }: TestRepository) => git('rm', '-q', '--cached', 'src/parser.ts'),
      ({ git }: TestRepository) => git('mv', 'src/parser.ts', 'src/reader.ts'),
      ({ dir }: TestRepository) => rmSync(join(dir, 'src/parser.ts')),
    ]) {
      const repository = branch();
      away(repository);
      expect(await look(repository, gone('src/parser.ts'))).toMatchObject({ outcome: 'supported' });
    }
    const repository = branch();
    repository.commit('new', { 'src/new.ts': 'x' });
    rmSync(join(repository.dir, 'src/new.ts'));
    expect((await look(repository, gone('src/new.ts'))).outcome).toBe('inconclusive');
  });

  test('by a name that another file has, or of a folder, leaves it open', async () => {
    const repository = branch();
    repository.write('a/same.ts', 'changed');
    repository.git('rm', '-q', 'b/same.ts');
    expect((await look(repository, gone('same.ts'))).outcome).toBe('supported');
    expect((await look(repository, gone('parser.ts'))).outcome).toBe('inconclusive');
    expect((await look(repository, gone('src/'))).outcome).toBe('inconclusive');
  });
});
