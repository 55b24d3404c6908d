import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deferred } from '../src/core/deferred.ts';
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

test('what every command loads builds no schema, nor do list and verify', async () => {
  expect(await schemasBuilt(() => import('../src/compose.ts'))).toBe(0);
  expect(await schemasBuilt(() => import('../src/ops/list.ts'))).toBe(0);
  expect(await schemasBuilt(() => import('../src/ops/verify.ts'))).toBe(0);
});

function twoSchemas(): z.ZodType {
  return z.object({ id: z.string() });
}

async function schemasBuilt(load: () => Promise<unknown>): Promise<number> {
  let built = 0;
  z.config({ postProcessor: () => void (built += 1) });
  await load();
  z.config({ postProcessor: undefined });
  return built;
}

describe('planted faults', () => {
  test('a schema that is not deferred is counted, one that is asked for too', async () => {
    expect(await schemasBuilt(async () => [twoSchemas()])).toBe(2);
    expect(await schemasBuilt(async () => [deferred(twoSchemas)])).toBe(0);
    expect(await schemasBuilt(async () => [deferred(twoSchemas).type])).toBe(2);
  });

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
