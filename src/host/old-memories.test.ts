import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { historyMemory } from './history-memory.ts';
import { forgetOld, markUsed } from './old-memories.ts';

const folder = mkdtempSync(join(tmpdir(), 'factum-old-memories-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

/** A file that was used last so many days ago. */
function file(name: string, days: number, bytes = 10): void {
  const path = join(folder, name);
  writeFileSync(path, Buffer.alloc(bytes));
  const at = new Date(Date.now() - days * 86_400_000);
  utimesSync(path, at, at);
}

const left = () => readdirSync(folder).toSorted();

test('what nobody used for 12 weeks goes, and what was begun and left; nothing else', () => {
  for (const [name, days] of [
    ['old.history', 85],
    ['used.history', 83],
    ['left.tmp', 2],
    ['begun.tmp', 0.5],
    ['not-ours', 900],
  ] as const)
    file(name, days);
  forgetOld(folder);
  expect(left()).toEqual(['begun.tmp', 'not-ours', 'used.history']);
});

test('of too much, what was used longest ago goes', () => {
  for (const [name, days] of [
    ['a.history', 3],
    ['b.history', 1],
    ['c.history', 2],
  ] as const)
    file(name, days);
  forgetOld(folder, 20);
  expect(left()).toEqual(['b.history', 'c.history']);
});

test('to recall is to use, and to save is to sweep', async () => {
  const memory = historyMemory(folder, '/own');
  memory.keep('x', { list: [1] });
  await memory.save();
  const [own = ''] = left();
  file('old.history', 85);
  utimesSync(join(folder, own), 0, 0);
  expect(memory.recall('x')?.('list')).toEqual([1]);
  memory.keep('y', { list: [2] });
  await historyMemory(folder, '/other').save();
  expect(left()).toContain('old.history');
  await memory.save();
  expect(left()).toEqual([own]);
  expect(Date.now() - statSync(join(folder, own)).mtimeMs).toBeLessThan(86_400_000);
});

test('what cannot be marked as used is no hindrance', () => {
  expect(() => markUsed(join(folder, 'gone.history'))).not.toThrow();
});
