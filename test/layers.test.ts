import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rooms, violationsIn } from './layers.ts';

const files = globSync('src/**/*.ts')
  .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
  .map((path) => ({ path: path.slice('src/'.length), text: readFileSync(path, 'utf8') }));

test('it looks at every room', () => {
  const seen = new Set(files.map(({ path }) => path.split('/')[0]));
  expect([...seen]).toEqual(expect.arrayContaining(Object.keys(rooms)));
});

test('no file reaches into a room that it may not know', () => {
  expect(files.flatMap(violationsIn)).toEqual([]);
});

describe('planted faults', () => {
  test.each([
    ['core/a.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ['core/a.ts', "import fs from 'fs';", 'imports fs'],
    ['core/a.ts', "import { x } from '../host/git/git.ts';", 'imports host/git/git.ts'],
    ['core/a.ts', "export * from '../ops/verify.ts';", 'imports ops/verify.ts'],
    ['core/a.ts', "const m = await import('../store/blobs.ts');", 'imports store/blobs.ts'],
    ['core/a.ts', 'const m = await import(name);', 'imports a computed name'],
    ['core/a.ts', "import pg from 'pg';", 'imports the package pg'],
    ['core/a.ts', 'const t = Date.now();', 'uses Date.now'],
    ['core/a.ts', 'const t = new Date();', 'reads the clock'],
    ['core/a.ts', 'const r = Math.random();', 'uses Math.random'],
    ['plugins/verifiers/a.ts', "import { verify } from '../../ops/verify.ts';", 'imports ops/verify.ts'],
    ['ops/a.ts', "import { verifiers } from '../plugins/verifiers/index.ts';", 'imports plugins/verifiers/index.ts'],
    ['report/a.ts', "import { x } from '@scope/pkg/deep';", 'imports the package @scope/pkg'],
    ['store/a.ts', "import { x } from '../cli/run.ts';", 'imports cli/run.ts'],
    ['a.ts', 'mkdirSync(dirname(path), { recursive: true, mode: 0o700 });', "mkdir's own recursion"],
    ['host/a.ts', 'await mkdir(join(a), {\n  recursive: true,\n});', "mkdir's own recursion"],
    ['attic/a.ts', '', 'there is no room attic'],
  ])('%s: %s', (path, text, problem) => {
    expect(violationsIn({ path, text }).join()).toContain(problem);
  });

  test('what is allowed stays allowed', () => {
    const text =
      "import { z } from 'zod';\nimport type { Claim } from '../core/claim/claim.ts';\nnew Date(0); Date.parse('');";
    expect(violationsIn({ path: 'ops/a.ts', text })).toEqual([]);
  });
});
