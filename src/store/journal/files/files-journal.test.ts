import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Faults, faultyFiles } from '../../../testing/faulty-files.ts';
import { journalContract } from '../../../testing/journal-contract.ts';
import type { FileLayer } from './file-layer.ts';
import { type FilesJournal, filesJournal } from './files-journal.ts';

// Durable writes take what the disk takes; no time decides these tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const sha256 = (content: Uint8Array): string => hash('sha256', content);

journalContract('files', async () => {
  const parent = await temporaryFolder();
  const open = (): FilesJournal => filesJournal({ dir: join(parent, 'factum'), sha256 });
  return { open, remove: () => rm(parent, { recursive: true }) };
});

async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'factum-journal-'));
}

async function place(): Promise<{ dir: string; bundle: string; open: (files?: FileLayer) => FilesJournal }> {
  const parent = await temporaryFolder();
  onTestFinished(() => rm(parent, { recursive: true }));
  const dir = join(parent, 'factum');
  return {
    dir,
    bundle: join(dir, 'journal', '000'),
    open(files) {
      const journal = filesJournal({ dir, sha256, lockTimeoutMs: 300, ...(files === undefined ? {} : { files }) });
      onTestFinished(() => journal.close());
      return journal;
    },
  };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function contentOf(journal: FilesJournal): Promise<readonly string[]> {
  const entries = await journal.read(0, await journal.size());
  return entries.map((entry) => new TextDecoder().decode(entry));
}

/** As a process leaves it that was killed. */
async function withTwoEntries(): Promise<Awaited<ReturnType<typeof place>>> {
  const there = await place();
  await there.open().append([bytes('one'), bytes('two')]);
  return there;
}

test('reading creates nothing', async () => {
  const { dir, open } = await place();
  expect(await open().size()).toBe(0);
  expect(existsSync(dir)).toBe(false);
});

test('the bytes are entry bundles', async () => {
  const { bundle } = await withTwoEntries();
  expect(await readFile(bundle, 'latin1')).toBe('\0\x03one\0\x03two');
});

test('what waits together is written together', async () => {
  const { open } = await place();
  const { files, faults } = faultyFiles();
  let syncs = 0;
  const counting: FileLayer = {
    ...files,
    async open(path) {
      const file = await files.open(path);
      return {
        ...file,
        sync() {
          syncs++;
          return file.sync();
        },
      };
    },
  };
  const journal = open(counting);
  expect(faults).toEqual({});
  await Promise.all(Array.from({ length: 200 }, (_, n) => journal.append([bytes(`entry ${n}`)])));
  expect(await journal.size()).toBe(200);
  expect(syncs).toBeLessThanOrEqual(2);
});

test('an append reads nothing that was caught up with, and each entry is read once', async () => {
  const { dir } = await withTwoEntries();
  let hashes = 0;
  const counting = (content: Uint8Array): string => {
    hashes++;
    return sha256(content);
  };
  const journal = filesJournal({ dir, sha256: counting });
  onTestFinished(() => journal.close());
  await Promise.all([journal.catchUp(), journal.catchUp()]);
  expect(hashes).toBe(2);
  expect((await journal.append([bytes('one'), bytes('three')])).map(({ index }) => index)).toEqual([0, 2]);
  expect(hashes).toBe(4);
});

describe('a torn tail', () => {
  test.each([
    ['half a length', '\0'],
    ['a length', '\0\x05'],
    ['half an entry', '\0\x05thr'],
    ['zeros, as after a power cut', '\0\0\0\0\0\0\0'],
  ])('%s is read past, then cut', async (_, torn) => {
    const { bundle, open } = await withTwoEntries();
    await appendFile(bundle, torn, 'latin1');
    const journal = open();
    expect(await contentOf(journal)).toEqual(['one', 'two']);
    await journal.append([bytes('three')]);
    expect(await contentOf(open())).toEqual(['one', 'two', 'three']);
    expect(await readFile(bundle, 'latin1')).toBe('\0\x03one\0\x03two\0\x05three');
  });

  test('a reader leaves the tail of a living writer alone', async () => {
    const { bundle, open } = await withTwoEntries();
    await open().exclusively(async () => {
      await appendFile(bundle, '\0\x05thr', 'latin1');
      expect(await contentOf(open())).toEqual(['one', 'two']);
      expect((await stat(bundle)).size).toBe(15);
    });
  });

  test('complete entries that nobody acknowledged are kept', async () => {
    const { bundle, open } = await withTwoEntries();
    await appendFile(bundle, '\0\x05three\0\x04fo', 'latin1');
    expect(await contentOf(open())).toEqual(['one', 'two', 'three']);
  });

  test('without the lock database the cut bytes are kept aside', async () => {
    const { dir, bundle, open } = await withTwoEntries();
    await removeLock(dir);
    await appendFile(bundle, '\0\x05thr', 'latin1');
    expect(await contentOf(open())).toEqual(['one', 'two']);
    const aside = (await readdir(join(dir, 'journal'))).filter((name) => name.startsWith('000.torn-'));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(dir, 'journal', aside[0] ?? ''), 'latin1')).toBe('\0\x05thr');
  });
});

describe('the lock database', () => {
  test('is made again when it was deleted', async () => {
    const { dir, open } = await withTwoEntries();
    await removeLock(dir);
    const journal = open();
    expect(await contentOf(journal)).toEqual(['one', 'two']);
    const [receipt] = await journal.append([bytes('three')]);
    expect(receipt?.index).toBe(2);
  });

  test('is made again when it is no database any more', async () => {
    const { dir, open } = await withTwoEntries();
    await removeLock(dir);
    await writeFile(join(dir, 'lock.sqlite'), 'this is not a database, but long enough to look at '.repeat(100));
    const journal = open();
    const [receipt] = await journal.append([bytes('three')]);
    expect(receipt?.index).toBe(2);
    expect(await contentOf(open())).toEqual(['one', 'two', 'three']);
  });

  test('waiting ends in LOCK_TIMEOUT, and the event loop stays free', async () => {
    const { open } = await withTwoEntries();
    let ticks = 0;
    await open().exclusively(async () => {
      const timer = setInterval(() => ticks++, 10);
      await expect(open().append([bytes('three')])).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
      clearInterval(timer);
    });
    expect(ticks).toBeGreaterThan(5);
  });
});

describe('damage below what was acknowledged stops with an error and changes nothing', () => {
  test('a removed bundle', () => refuses('JOURNAL_SHRANK', (bundle) => rm(bundle)));
  test('a bundle cut between entries', () => refuses('JOURNAL_SHRANK', (bundle) => truncate(bundle, 5)));
  test('a bundle cut within an entry', () => refuses('JOURNAL_CORRUPT', (bundle) => truncate(bundle, 8)));
  test('a zeroed tail', () =>
    refuses('JOURNAL_CORRUPT', (bundle) => writeFile(bundle, '\0\x03one\0\0\0\0\0', 'latin1')));
  test('a changed length', () =>
    refuses('JOURNAL_CORRUPT', (bundle) => writeFile(bundle, '\0\x03one\0\x07two', 'latin1')));
});

describe('a failing disk', () => {
  test('full at once', () => failsWith({ bytesLeft: 0 }));
  test('full within an entry', () => failsWith({ bytesLeft: 17 }));
  test('full in the second bundle', () => failsWith({ bytesLeft: 3100 }));
  test('sync fails', () => failsWith({ syncFails: true }));
  test('sync of the folder of a new bundle fails', () => failsWith({ folderSyncFails: true }));

  test('short writes are completed', async () => {
    const { open } = await place();
    const { files, faults } = faultyFiles();
    faults.shortWrites = 3;
    await open(files).append([bytes('one'), bytes('a longer entry')]);
    expect(await contentOf(open())).toEqual(['one', 'a longer entry']);
  });

  test('when nothing can be taken back either, this process writes no more', async () => {
    const { open } = await withTwoEntries();
    const { files, faults } = faultyFiles();
    const journal = open(files);
    Object.assign(faults, { bytesLeft: 5, truncateFails: true });
    await expect(journal.append([bytes('three')])).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
    delete faults.bytesLeft;
    await expect(journal.append([bytes('four')])).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
    expect(await contentOf(open())).toEqual(['one', 'two']);
  });

  test.each(['gone', 'zeroed'] as const)(
    'after a power cut, unsynced bytes %s, all acknowledged entries are there',
    async (how) => {
      const { open } = await place();
      const cut = faultyFiles();
      const journal = open(cut.files);
      for (let n = 0; n < 300; n++) await journal.append([bytes(`entry ${n}`)]);
      Object.assign(cut.faults, { syncFails: true, truncateFails: true });
      await expect(journal.append([bytes('lost')])).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
      await cut.dropUnsynced(how);
      const content = await contentOf(open());
      expect(content).toEqual(Array.from({ length: 300 }, (_, n) => `entry ${n}`));
      const [receipt] = await open().append([bytes('after')]);
      expect(receipt?.index).toBe(300);
    },
  );
});

test('a file in place of the folder is an error, not an empty journal', async () => {
  const { dir, open } = await place();
  await writeFile(dir, '');
  await expect(open().size()).rejects.toMatchObject({ code: 'JOURNAL_UNREADABLE' });
  await expect(open().append([bytes('one')])).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
});

async function refuses(code: string, damage: (bundle: string) => Promise<void>): Promise<void> {
  const { bundle, open } = await withTwoEntries();
  await damage(bundle);
  const before = existsSync(bundle) ? await readFile(bundle) : undefined;
  await expect(contentOf(open())).rejects.toMatchObject({ code });
  await expect(open().append([bytes('three')])).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/journal\/000.*expected.*got/),
  });
  expect(existsSync(bundle) ? await readFile(bundle) : undefined).toEqual(before);
}

async function failsWith(fault: Faults): Promise<void> {
  const { bundle, open } = await withTwoEntries();
  const { files, faults } = faultyFiles();
  const journal = open(files);
  Object.assign(faults, fault);
  const many = Array.from({ length: 300 }, (_, n) => bytes(`entry ${n}`));
  await expect(journal.append(many)).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
  expect(await readFile(bundle, 'latin1')).toBe('\0\x03one\0\x03two');
  expect(await contentOf(journal)).toEqual(['one', 'two']);

  for (const key of Object.keys(faults)) delete faults[key as keyof Faults];
  const receipts = await journal.append(many);
  expect(receipts.at(-1)?.index).toBe(301);
  expect(await open().size()).toBe(302);
}

async function removeLock(dir: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `lock.sqlite${suffix}`), { force: true });
}
