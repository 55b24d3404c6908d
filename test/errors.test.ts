import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorTable, FactumError } from '../src/core/errors.ts';

const codes = Object.keys(errorTable);
const sources = globSync('src/**/*.ts')
  .filter((path) => !path.endsWith('.test.ts') && path !== 'src/core/errors.ts')
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

test('the page about errors has every code of the table and no other', () => {
  const page = readFileSync('docs/reference/errors.md', 'utf8');
  const documented = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(documented).toEqual(codes);
});

test('every code of the table is raised somewhere', () => {
  expect(codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(sources))).toEqual([]);
});

test('an error carries its entry', () => {
  expect(new FactumError('NO_PARTS', 'x').entry).toBe(errorTable.NO_PARTS);
  expect(Object.isFrozen(errorTable)).toBe(true);
});
