import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reachedFrom } from './start-up.ts';

const verbsIn = (files: ReadonlySet<string>): readonly string[] =>
  [...files].filter((path) => /^ops\/[\w-]+\.ts$/.test(path) && path !== 'ops/index.ts');
const read = (path: string): string => readFileSync(`src/${path}`, 'utf8');

test('--version loads nothing but the entry', () => {
  expect([...reachedFrom('main.ts', (path) => (path.endsWith('.ts') ? read(path) : '')).files]).toEqual(['main.ts']);
});

test('what every command loads loads nothing heavy', () => {
  const { files, heavy } = reachedFrom('compose.ts', read);
  expect([...files]).toEqual(expect.arrayContaining(['session.ts', 'ops/index.ts', 'store/store.ts']));
  expect(heavy).toEqual([]);
  expect(verbsIn(files)).toEqual([]);
});

test.each(['list', 'verify'])('%s loads no other verb, and nothing heavy', (verb) => {
  const { files, heavy } = reachedFrom(`ops/${verb}.ts`, read);
  expect(heavy).toEqual([]);
  expect(verbsIn(files)).toEqual([`ops/${verb}.ts`]);
});

test('an agent that claims nothing waits for no store', () => {
  const { files, heavy } = reachedFrom('gate.ts', read);
  expect([...files]).toContain('core/claim/extract/extract.ts');
  expect([heavy, [...files].filter((path) => /^(?:session|compose|store|host|ops)\b/.test(path))]).toEqual([[], []]);
});

describe('planted faults', () => {
  test.each([
    ["import { createServer } from 'node:http';", ['b.ts loads node:http']],
    ["import { type Server, createServer } from 'node:http';", ['b.ts loads node:http']],
    ["export { Kysely } from 'kysely';", ['b.ts loads kysely']],
    ["export * from 'pg';", ['b.ts loads pg']],
    ["import 'node:tls';", ['b.ts loads node:tls']],
    ["import { median } from 'simple-statistics';", ['b.ts loads simple-statistics']],
    ["import type { Server } from 'node:http';", []],
    ["import { type Server } from 'node:http';", []],
    ["const used = () => import('node:http');", []],
  ])('%s', (text, heavy) => {
    const texts: Readonly<Record<string, string>> = { 'a.ts': "import './b.ts';", 'b.ts': text };
    expect(reachedFrom('a.ts', (path) => texts[path] ?? '').heavy).toEqual(heavy);
  });
});
