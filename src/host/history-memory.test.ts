import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { HistoryMemory } from '../core/operation.ts';
import { historyMemory, memoryFolder } from './history-memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'factum-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parts = { at: new Map([[1, new Set(['a'])]]), runs: [-1, Infinity], times: Float64Array.of(1, 2.5) };

/** All that is recalled, part by part. */
function recalled(memory: HistoryMemory, circumstances: string): unknown {
  const part = memory.recall(circumstances);
  return part === undefined ? undefined : { at: part('at'), runs: part('runs'), times: part('times') };
}

async function kept(repository: string): Promise<string> {
  const memory = historyMemory(folder, repository);
  const before = readdirSync(folder);
  memory.keep('as it was', parts);
  await memory.save();
  return join(folder, readdirSync(folder).find((name) => !before.includes(name)) ?? '');
}

test('what was kept is recalled under the same circumstances, of the same repository, and by nothing else', async () => {
  expect(historyMemory(folder, '/a').isEmpty).toBe(true);
  await kept('/a');
  expect([historyMemory(folder, '/a').isEmpty, historyMemory(folder, '/b').isEmpty]).toEqual([false, true]);
  expect(recalled(historyMemory(folder, '/a'), 'as it was')).toEqual(parts);
  expect(historyMemory(folder, '/a').recall('as it was')?.('another')).toBeUndefined();
  expect(historyMemory(folder, '/a').recall('as it is')).toBeUndefined();
  expect(historyMemory(folder, '/b').recall('as it was')).toBeUndefined();
});

test('it is a copy of the moment, and written only when it is saved', async () => {
  const memory = historyMemory(folder, '/copy');
  const list = [1];
  memory.keep('x', { list });
  list.push(2);
  expect(memory.recall('x')).toBeUndefined();
  await memory.save();
  expect(memory.recall('x')?.('list')).toEqual([1]);
});

test('a file that is damaged, cut, empty or of another program is no memory', async () => {
  const path = await kept('/damaged');
  const whole = readFileSync(path);
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const broken = [...whole.keys()].map(flipped).concat(whole.subarray(0, -1), whole.subarray(0, 20), Buffer.alloc(0));
  for (const bytes of broken) {
    writeFileSync(path, bytes);
    expect(historyMemory(folder, '/damaged').recall('as it was')).toBeUndefined();
  }
  writeFileSync(path, whole);
  expect(recalled(historyMemory(folder, '/damaged'), 'as it was')).toEqual(parts);
});

test('where nothing can be written nothing is kept, and nothing fails or is left', async () => {
  writeFileSync(join(folder, 'file'), '');
  const memory = historyMemory(join(folder, 'file', 'below'), '/a');
  memory.keep('x', parts);
  await memory.save();
  expect(memory.recall('x')).toBeUndefined();
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the folder follows XDG', () => {
  expect(memoryFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/factum/histories');
  expect(memoryFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\/\.cache\/factum\/histories$/);
});
