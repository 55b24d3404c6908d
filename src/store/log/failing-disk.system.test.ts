import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { publisherOf } from '../../../test/make/log-writer.ts';
import { FactumError } from '../../core/errors.ts';
import { checkLedger } from '../../core/ledger/check/check.ts';
import { envelopeSigner } from '../../host/envelope-signer.ts';
import { folderReader } from '../../host/ledger/folder-reader.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { faultyFiles } from '../../testing/faulty-files.ts';
import { type FileLayer, realFiles } from '../journal/files/file-layer.ts';
import { filesJournal } from '../journal/files/files-journal.ts';
import { filesPlace } from './files-place.ts';
import { sha256 } from './sha256.ts';

// A disk that is full, or fails, at every step of publishing: a coded error, nothing half-written, and the next one recovers.

vi.setConfig({ testTimeout: 300_000 });

function aFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'factum-failing-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return parent;
}

function openLog(parent: string, dir = join(parent, 'factum'), files: FileLayer = realFiles) {
  const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes), files });
  onTestFinished(() => journal.close());
  const place = filesPlace({ dir, exclusively: journal.exclusively, files });
  return { dir, journal, place, ...publisherOf({ journal, place }, join(parent, 'keys')) };
}

type Log = ReturnType<typeof openLog>;

function append({ journal }: Log, from: number, to: number): Promise<unknown> {
  return journal.append(Array.from({ length: to - from }, (_, at) => new TextEncoder().encode(`entry ${from + at}`)));
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

/** Size that is shown; throws unless everything that is shown belongs together. */
async function shownSize({ dir }: Log): Promise<number> {
  const ports = { sha256, signatures: nodeSignatures, signerOf: envelopeSigner };
  const reader = await folderReader(dir);
  if ((await reader.read('public/checkpoint')) === undefined) return 0;
  const { findings, checkpoint } = await checkLedger({ reader, seen: () => Promise.resolve([]) }, ports);
  // The entries of this log are no envelopes. A head that is not shown yet is ahead of what is shown.
  expect(findings.filter(({ code }) => code !== 'entry-form')).toEqual([]);
  const text = readFileSync(join(dir, 'public/checkpoint'), 'utf8');
  expect(Number(text.split('\n')[1])).toBeLessThanOrEqual(checkpoint?.size ?? 0);
  return Number(text.split('\n')[1]);
}

interface Failure {
  readonly code: 'ENOSPC' | 'EIO';
  readonly once: boolean;
  /** A planted fault. */
  readonly bent?: (files: FileLayer) => FileLayer;
}

/** False when publishing ended before the operation came that would have failed. */
async function failsAt(
  after: number,
  { code, once, bent = (files) => files }: Failure,
  [before, to]: readonly [number, number],
): Promise<boolean> {
  const parent = aFolder();
  const { files, faults } = faultyFiles();
  const log = openLog(parent, join(parent, 'factum'), bent(files));
  if (before > 0) {
    await append(log, 0, before);
    await log.publish();
  }
  await append(log, before, to);
  faults.failing = { after, code, once };
  const thrown: unknown = await log.publish().then(
    () => undefined,
    (refused: unknown) => refused,
  );
  const isReached = faults.failing.after < 0;
  delete faults.failing;
  const size = await shownSize(log);
  if (thrown === undefined) expect(size).toBe(to);
  else {
    expect(String(thrown), `operation ${after}`).toContain(code);
    const codes = code === 'EIO' ? ['LOG_WRITE', 'JOURNAL_UNREADABLE'] : ['LOG_WRITE'];
    expect(codes).toContain(thrown instanceof FactumError ? thrown.code : thrown);
    expect([before, to]).toContain(size);
  }
  // Where nothing can be removed either, what was begun stays under a name that nobody reads.
  if (once || code === 'ENOSPC') expect(namesIn(log.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(await openLog(parent).publish()).toMatchObject({ size: to });
  expect(await shownSize(log)).toBe(to);
  return isReached;
}

test.each([
  ['a disk that is full from then on', { code: 'ENOSPC', once: false }],
  ['a disk that is full for a moment', { code: 'ENOSPC', once: true }],
  ['a disk that fails from then on', { code: 'EIO', once: false }],
  ['a disk that fails once', { code: 'EIO', once: true }],
] as const)('%s, at every operation of a first and of a later publish', async (_name, failure) => {
  for (const sizes of [
    [0, 3],
    // Tiles fill up, and their narrower forms are removed.
    [254, 258],
  ] as const) {
    let reached = 0;
    while (await failsAt(reached, failure, sizes)) reached += 1;
    expect(reached).toBeGreaterThan(10);
  }
});

function inPlace(files: FileLayer): FileLayer {
  return {
    ...files,
    open: (path) => files.open(path.replace(/(\.[0-9a-f-]{36})?\.tmp$/, '')),
    rename: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
}

test('a place that writes its files where they stand is caught', async () => {
  const failure = { code: 'ENOSPC', once: true, bent: inPlace } as const;
  async function everywhere(): Promise<void> {
    for (let after = 0; await failsAt(after, failure, [254, 258]); after++);
  }
  await expect(everywhere()).rejects.toThrow();
});

test('a real full disk: LOG_WRITE, the head stays, and it goes on when there is room', async (context) => {
  const parent = aFolder();
  const disk = join(parent, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  if (mounted.status !== 0) return context.skip('this machine does not let the test mount a small disk');
  onTestFinished(() => void spawnSync('umount', ['-l', disk]));
  const log = openLog(parent, join(disk, 'factum'));
  await append(log, 0, 3);
  await log.publish();
  await append(log, 3, 300);
  const head = await log.place.head();
  const filler = join(disk, 'filler');
  expect(() => writeFileSync(filler, Buffer.alloc(2 ** 20))).toThrow('ENOSPC');
  for (const each of [log, openLog(parent, join(disk, 'factum'))]) {
    await expect(each.publish()).rejects.toMatchObject({
      code: 'LOG_WRITE',
      message: expect.stringContaining('ENOSPC'),
    });
  }
  expect(await log.place.head()).toEqual(head);
  expect(await shownSize(log)).toBe(3);
  expect(namesIn(log.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  rmSync(filler);
  expect(await log.publish()).toMatchObject({ size: 300 });
  expect(await shownSize(log)).toBe(300);
});
