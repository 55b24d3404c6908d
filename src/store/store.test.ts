import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test, vi } from 'vitest';
import { claimId } from '../../test/make/claim-values.ts';
import { answersOf, filled, policy, storeContract, storePlace } from '../../test/make/store-contract.ts';
import { parseEnvelope } from '../core/ledger/dsse.ts';
import { decodeEntries } from '../core/ledger/bundle.ts';
import { decodeStatement } from '../core/ledger/statement.ts';
import { envelopeSigner } from '../host/envelope-signer.ts';
import { rowsOf } from './index/entry.ts';

// Durable writes take what the disk takes; no time decides these tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

storeContract('files', storePlace, async ({ dir }) => {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `index.sqlite${suffix}`), { force: true });
});

test('what is said about a claim is bound to the bytes of its entry', async () => {
  const { dir, open } = await filled(await storePlace());
  expect(await open().read.claims()).toHaveLength(2);
  const { entries } = decodeEntries(await readFile(join(dir, 'journal', '000')));
  const subjects = entries.map((entry) => {
    const envelope = parseEnvelope(entry);
    return envelope && decodeStatement(envelope.payload)?.subject[0];
  });
  expect(subjects[4]).toMatchObject({
    name: `claim:${claimId(1)}`,
    digest: { sha256: hash('sha256', entries[0] ?? '') },
  });
});

describe('the index may be lost at any time', () => {
  test('deleted', () => answersTheSameAfter(({ index }) => rm(index)));
  test('no database any more', () => answersTheSameAfter(({ index }) => writeFile(index, 'x'.repeat(5000))));
  test('empty', () => answersTheSameAfter(({ index }) => writeFile(index, '')));
  test('of an older version', () => answersTheSameAfter(({ index }) => change(index, 'update state set version = 0')));
  test('of an unknown shape', () =>
    answersTheSameAfter(({ index }) => change(index, 'drop table state; create table state (x); drop table sayings')));
  test('damaged inside', () =>
    answersTheSameAfter(async ({ index }) => {
      const bytes = await readFile(index);
      await writeFile(index, bytes.fill(0xa5, 4096));
    }));
});

async function answersTheSameAfter(harm: (there: { readonly index: string }) => Promise<void> | void): Promise<void> {
  const there = await filled(await storePlace());
  const store = there.open();
  const before = await answersOf(store);
  await store.close();
  await harm({ index: join(there.dir, 'index.sqlite') });
  expect(await answersOf(there.open())).toEqual(before);
}

function change(index: string, sql: string): void {
  const db = new DatabaseSync(index);
  db.exec(sql);
  db.close();
}

describe('the journal is checked when it is folded', () => {
  test('every flipped bit of an own entry is found', async () => {
    const { dir, open } = await storePlace();
    const store = open();
    await store.write([policy(['ada'])]);
    const ports = { sha256: (bytes: Uint8Array) => hash('sha256', bytes), placeOf: String, signerOf: envelopeSigner };
    const [entry = new Uint8Array()] = decodeEntries(await readFile(join(dir, 'journal', '000'))).entries;
    expect(Object.keys(await rowsOf(entry, 0, ports))).toEqual(['policies']);
    for (let bit = 0; bit < entry.length * 8; bit++) {
      const flipped = entry.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const found = await rowsOf(flipped, 0, ports).catch((thrown: unknown) => thrown);
      expect(found, `bit ${bit} of ${new TextDecoder().decode(flipped)}`).toMatchObject({ code: 'JOURNAL_CORRUPT' });
    }
  });

  test('the error names file, index, expected and got, and nothing is answered', async () => {
    const { dir, open } = await filled(await storePlace());
    const bundle = join(dir, 'journal', '000');
    const bytes = await readFile(bundle);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(bundle, bytes);
    await rm(join(dir, 'index.sqlite'), { force: true });
    await expect(open().read.claims()).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringMatching(/journal\/000, entry 0 \(index 0\): expected .+, got .+/),
    });
  });

  test('a rehearsal meets its newest entry and leaves all as it was', async () => {
    const { dir, open } = await filled(await storePlace());
    const bundle = join(dir, 'journal', '000');
    const bytes = await readFile(bundle);
    await open().rehearse();
    expect(await readFile(bundle)).toEqual(bytes);
    await writeFile(bundle, bytes.fill(0x20, bytes.length - 9));
    await expect(open().rehearse()).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
    await (await storePlace()).open().rehearse();
  });

  test('a journal that is shorter than the index has seen', async () => {
    const { dir, open } = await filled(await storePlace());
    await open().read.claims();
    await rm(join(dir, 'journal'), { recursive: true });
    for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `lock.sqlite${suffix}`), { force: true });
    await expect(open().read.claims()).rejects.toMatchObject({ code: 'JOURNAL_SHRANK' });
  });
});

describe('blobs', () => {
  test('are kept under a salted digest, texts redacted', async () => {
    const { blobs } = (await storePlace()).open();
    const kept = await blobs.keep('password hunter2', 'log', 'text/plain');
    const again = await blobs.keep('password hunter2', 'log', 'text/plain');
    expect(kept).toMatchObject({ bytes: 19, mediaType: 'text/plain', name: 'log' });
    expect(kept.digest).not.toBe(again.digest);
    expect(await blobs.get(kept.digest)).toEqual({ state: 'kept', bytes: Buffer.from('password [redacted]') });
  });

  test('bytes are kept as they are, also none', async () => {
    const { blobs } = (await storePlace()).open();
    for (const bytes of [new Uint8Array([0, 255, 10]), new Uint8Array()]) {
      const { digest } = await blobs.keep(bytes, 'screen', 'image/png');
      expect(await blobs.get(digest)).toEqual({ state: 'kept', bytes: Buffer.from(bytes) });
    }
  });

  test('erased is not missing, damaged is not kept', async () => {
    const { dir, open } = await storePlace();
    const { blobs } = open();
    const { digest } = await blobs.keep('text', 'log', 'text/plain');
    const path = join(dir, 'blobs', digest.slice(0, 2), digest);
    await writeFile(path, 'other');
    expect(await blobs.get(digest)).toEqual({ state: 'damaged' });
    await blobs.erase(digest);
    expect(await blobs.get(digest)).toEqual({ state: 'erased' });
    expect([existsSync(path), existsSync(`${path}.salt`)]).toEqual([false, false]);
    expect(await blobs.get('0'.repeat(64))).toEqual({ state: 'missing' });
  });

  test('what a killed process left unfinished goes with the next one that is kept', async () => {
    const { dir, open } = await storePlace();
    const unfinished = join(dir, 'blobs', 'unfinished');
    const { blobs } = open();
    await blobs.keep('text', 'log', 'text/plain');
    expect(await readdir(unfinished)).toEqual([]);
    for (const name of ['old.tmp', 'young.tmp']) await writeFile(join(unfinished, name), 'a secret');
    await utimes(join(unfinished, 'old.tmp'), 0, 0);
    await blobs.keep('text', 'log', 'text/plain');
    expect(await readdir(unfinished)).toEqual(['young.tmp']);
  });
});
