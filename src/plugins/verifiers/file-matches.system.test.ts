import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Asked, examinationOf, testRoom } from '../../../test/repository.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { fileMatches } from './file-matches.ts';

const room = testRoom();
afterAll(() => room.remove());
const repository = room.repository();
const image = Buffer.from([0x89, 0x50, 0xff, 0x00]);
repository.write('logo.png', image);
symlinkSync('/etc/passwd', join(repository.dir, 'outside'));
repository.commit('one', {
  'package.json': '{"version": "1.2.3", "files": [{"a/b": null}]}',
  'src/parser.ts': 'export function parse() {}\n',
  'a/same.txt': '1',
  'b/same.txt': '2',
  'odd [name].txt': 'odd',
  'years.txt': `${'a'.repeat(60)}!`,
  '.gitignore': 'dist/\n',
});
repository.write('dist/out/built.js', 'built');

async function look(options: Record<string, unknown>, asked: Asked = {}) {
  const examination = await examinationOf(repository, { ...asked, options });
  return fileMatches.run({ ...examination, options: fileMatches.options.parse(options) });
}

verifierContract({
  verifier: fileMatches,
  supporting: () => examinationOf(repository, { options: { paths: ['src/parser.ts'], contains: 'parse' } }),
  refuting: () => examinationOf(repository, { options: { paths: ['src/parser.ts'], contains: 'format' } }),
});

const cases: readonly [string, Record<string, unknown>, string][] = [
  ['a file that is there', { paths: ['package.json'] }, 'supported'],
  ['a file that is not', { paths: ['missing.json'] }, 'refuted'],
  ['one of two is not', { paths: ['package.json', 'missing.json'] }, 'refuted'],
  ['a folder', { paths: ['src/'] }, 'supported'],
  ['a folder has no content', { paths: ['src'], contains: 'x' }, 'inconclusive'],
  ['absent, and it is', { paths: ['missing.json'], exists: false }, 'supported'],
  ['absent, and it is not', { paths: ['package.json'], exists: false }, 'refuted'],
  ['a name with brackets', { paths: ['odd [name].txt'] }, 'supported'],
  ['a pattern that matches', { paths: ['src/parser.ts'], matches: '^export function \\w+' }, 'supported'],
  ['a pattern that takes years', { paths: ['years.txt'], matches: '^(a+)+$' }, 'error'],
  ['a pattern that does not', { paths: ['src/parser.ts'], matches: '^class' }, 'refuted'],
  [
    'the digest of bytes',
    { paths: ['logo.png'], sha256: createHash('sha256').update(image).digest('hex') },
    'supported',
  ],
  ['another digest', { paths: ['logo.png'], sha256: '0'.repeat(64) }, 'refuted'],
  ['text in what is no text', { paths: ['logo.png'], contains: 'P' }, 'inconclusive'],
  ['a JSON value', { paths: ['package.json'], pointer: '/version', equals: '1.2.3' }, 'supported'],
  ['another JSON value', { paths: ['package.json'], pointer: '/version', equals: '1.2.4' }, 'refuted'],
  ['a pointer with an escaped slash', { paths: ['package.json'], pointer: '/files/0/a~1b', equals: null }, 'supported'],
  ['a pointer to nothing', { paths: ['package.json'], pointer: '/nothing' }, 'refuted'],
  ['a pointer into what is not JSON', { paths: ['src/parser.ts'], pointer: '/a' }, 'inconclusive'],
  ['a link out of the repository', { paths: ['outside'] }, 'error'],
  ['a path out of the repository', { paths: ['../outside'] }, 'error'],
];
test.each(cases)('%s', async (_, options, outcome) => {
  expect(await look(options)).toMatchObject({ outcome });
});

describe('names that come from words', () => {
  const span = { part: { span: { start: 0, end: 1 } } };

  test('without a folder, one file of that name is meant', async () => {
    expect(await look({ paths: ['parser.ts'] }, span)).toMatchObject({ outcome: 'supported' });
  });

  test('two files of that name leave it open', async () => {
    expect(await look({ paths: ['same.txt'] }, span)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('it may be a file that git ignores', async () => {
    expect(await look({ paths: ['built.js'] }, span)).toMatchObject({ outcome: 'supported' });
  });

  test.each([
    ['from a folder further down', 'out/parser.ts', 'supported'],
    ['with the separators of Windows', String.raw`lib\src\out\parser.ts`, 'supported'],
    ['through an alias', '@/out/parser.ts', 'supported'],
    ['through an alias without the ending', '@/out/parser', 'inconclusive'],
    ['in another case', 'lib/SRC/out/Parser.ts', 'inconclusive'],
    ['that is nowhere', 'out/printer.ts', 'refuted'],
  ])('%s', async (_, path, outcome) => {
    const monorepo = room.repository();
    monorepo.commit('one', { 'lib/src/out/parser.ts': '1' });
    const options = { paths: [path] };
    const examination = await examinationOf(monorepo, { ...span, options });
    expect(await fileMatches.run({ ...examination, options: fileMatches.options.parse(options) })).toMatchObject({
      outcome,
    });
  });

  test('a clean checkout cannot have an ignored file', async () => {
    expect(await look({ paths: ['dist/gone.js'] }, { place: 'worktree' })).toMatchObject({ outcome: 'inconclusive' });
  });
});

test('what a sparse checkout leaves out, or a submodule that is not here holds, is not missing', async () => {
  const sparse = room.repository();
  sparse.commit('one', { 'src/a.ts': '1', 'docs/b.md': '2' });
  const commit = sparse.git('rev-parse', 'HEAD');
  sparse.git('update-index', '--add', '--cacheinfo', `160000,${commit},vendor/lib`);
  sparse.git('sparse-checkout', 'set', '--no-cone', 'docs');
  for (const [path, outcome] of [
    ['src/a.ts', 'inconclusive'],
    ['vendor/lib/c.c', 'inconclusive'],
    ['src/b.ts', 'refuted'],
  ] as const) {
    const options = { paths: [path] };
    const examination = await examinationOf(sparse, { options });
    expect(await fileMatches.run({ ...examination, options: fileMatches.options.parse(options) }), path).toMatchObject({
      outcome,
    });
  }
});

test('a pattern that is none is refused when the part is filed', () => {
  expect(fileMatches.options.safeParse({ paths: ['a'], matches: '(' }).success).toBe(false);
});
