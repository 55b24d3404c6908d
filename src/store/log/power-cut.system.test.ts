import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenLog, publisherOf, rootAt } from '../../../test/make/log-writer.ts';
import { type CrashingFiles, crashingFiles, type CrashOptions } from '../../testing/crashing-files.ts';
import { filesJournal } from '../journal/files/files-journal.ts';
import { filesPlace } from './files-place.ts';
import type { Publisher } from './publisher.ts';

// Power cuts at every operation of a run of appends and publishes, after which nothing acknowledged may be lost.

/** How many entries are appended together, or that is published. */
type Step = number | 'publish';
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 250, max: 300 }), fc.constant('publish' as const)),
  { minLength: 2, maxLength: 6 },
);

interface Acknowledged {
  entries: number;
  published: number;
}

/** The lock database is on the real disk: it is what excludes others, and no truth. The log's keys are there, too. */
async function withFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'factum-power-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function withLog<T>(
  dir: string,
  { files }: CrashingFiles,
  work: (log: OpenLog & Publisher) => Promise<T>,
): Promise<T> {
  const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes), files });
  try {
    const log = { journal, place: filesPlace({ dir, exclusively: journal.exclusively, files }) };
    return await work({ ...log, ...publisherOf(log, dir) });
  } finally {
    await journal.close();
  }
}

function entryAt(index: number): Uint8Array {
  return new TextEncoder().encode(`entry ${index}`);
}

/** What was acknowledged before the power was cut. */
async function run(log: OpenLog & Publisher, todo: readonly Step[], done: Acknowledged): Promise<void> {
  for (const step of todo) {
    if (step === 'publish') done.published = (await log.publish())?.size ?? 0;
    else {
      await log.journal.append(Array.from({ length: step }, (_, at) => entryAt(done.entries + at)));
      done.entries += step;
    }
  }
}

/** Throws when something acknowledged is lost, a start is refused or something stands over what is lost. */
async function inspect(log: OpenLog & Publisher, done: Acknowledged): Promise<void> {
  const size = await log.journal.size();
  expect(size).toBeGreaterThanOrEqual(done.entries);
  expect(await log.journal.read(0, size)).toEqual(Array.from({ length: size }, (_, at) => entryAt(at)));
  const head = await log.place.head();
  expect(head?.size ?? 0).toBeGreaterThanOrEqual(done.published);
  if (head !== undefined) expect(await rootAt(log, head.size)).toBe(head.root);
  const shown = new TextDecoder().decode(await log.place.read('checkpoint'));
  const shownSize = Number(shown.split('\n')[1] ?? 0);
  expect(shownSize).toBeGreaterThanOrEqual(done.published);
  expect(shownSize).toBeLessThanOrEqual(head?.size ?? 0);
  await log.journal.append([entryAt(size)]);
  expect((await log.publish())?.size).toBe(size + 1);
}

async function cutAt(todo: readonly Step[], options: CrashOptions, keep: () => number): Promise<boolean> {
  return withFolder(async (dir) => {
    const disk = crashingFiles(options);
    const done: Acknowledged = { entries: 0, published: 0 };
    let isCut = false;
    await withLog(dir, disk, (log) => run(log, todo, done)).catch((thrown: unknown) => {
      if (!String(thrown).includes('the power was cut')) throw thrown;
      isCut = true;
    });
    // It is not synced, so a power cut may take it, too.
    if (keep() < 0.5)
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(dir, `lock.sqlite${suffix}`), { force: true });
    await withLog(dir, disk.reboot(keep), (log) => inspect(log, done));
    return isCut;
  });
}

/** Of every crash point, each once with all lost that was not synced and once with some of it. */
async function cutEverywhere(todo: readonly Step[], seed: number, skips: CrashOptions = {}): Promise<number> {
  const random = fc.sample(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { seed, numRuns: 997 });
  let drawn = 0;
  for (let crashAt = 0; ; crashAt++) {
    const lost = await cutAt(todo, { ...skips, crashAt }, () => 0);
    await cutAt(todo, { ...skips, crashAt }, () => random[drawn++ % random.length] ?? 0);
    if (!lost) return crashAt;
  }
}

test('a power cut at any operation loses nothing acknowledged, refuses no start, leaves no head over lost data', async () => {
  let points = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.integer(), async (todo, seed) => {
      points += await cutEverywhere(todo, seed);
    }),
    { numRuns: 4 },
  );
  expect(points).toBeGreaterThan(20);
}, 120_000);

test.each(['sync', 'syncFolder'] as const)(
  'a driver that skips %s is caught',
  async (skips) => {
    await expect(cutEverywhere([3, 'publish', 2, 'publish'], 1, { skips })).rejects.toThrow(/expected|lost|damaged/);
  },
  120_000,
);
