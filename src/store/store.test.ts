import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { aClaim, aLook, anAttestation, aPolicy, claimId, minute } from '../../test/make/claim-values.ts';
import { parseEnvelope } from '../core/ledger/dsse.ts';
import { decodeEntries } from '../core/ledger/bundle.ts';
import type { LedgerRecord } from '../core/ledger/record.ts';
import { decodeStatement } from '../core/ledger/statement.ts';
import { envelopeSigner } from '../host/envelope-signer.ts';
import { machineKeys } from '../host/keys.ts';
import { rowsOf } from './index/entry.ts';
import { openStore, type Store } from './store.ts';

// Durable writes take what the disk takes; no time decides these tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Place {
  readonly dir: string;
  readonly index: string;
  open(keys?: string): Store;
}

async function place(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'factum-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const dir = join(folder, 'factum');
  return {
    dir,
    index: join(dir, 'index.sqlite'),
    open(keys = 'keys') {
      const store = openStore({
        dir,
        keys: machineKeys(join(folder, keys)),
        signerOf: envelopeSigner,
        sha256: (bytes) => hash('sha256', bytes),
        redact: (text) => text.replaceAll('hunter2', '[redacted]'),
      });
      onTestFinished(() => store.close());
      return store;
    },
  };
}

const key = { verifier: 'tests-pass', version: '1', optionsDigest: '0' };

function look(n: number, fields: Parameters<typeof aLook>[0] = {}): LedgerRecord {
  return { type: 'verification/v0.1', body: aLook({ claim: claimId(n), ...fields }) };
}

function claim(n: number): LedgerRecord {
  return { type: 'claim/v0.1', body: aClaim({ id: claimId(n) }) };
}

function policy(humans: readonly string[]): LedgerRecord {
  return { type: 'policy/v0.1', body: { ...aPolicy(), humans: [...humans] } };
}

async function filled(): Promise<Place> {
  const there = await place();
  const store = there.open();
  const environment = { toolchain: {}, digest: 'environment', variables: [] };
  await store.write([claim(1), look(1, { message: 'in the same write' }), policy(['ada'])]);
  await store.write([
    claim(2),
    look(1, { observedAt: minute(9), message: 'newest', environment }),
    look(1, { observedAt: minute(5), message: 'older', environment, boundTo: { tree: 'b'.repeat(40) } }),
    look(2, { outcome: 'refuted', observedAt: minute(20) }),
    { type: 'human-attestation/v0.1', body: anAttestation('ada', { claim: claimId(2) }) },
    { type: 'withdrawal/v0.1', body: { claim: claimId(2), by: { kind: 'human', id: 'ada' }, withdrawnAt: minute(4) } },
    policy(['ada', 'bob']),
  ]);
  await store.close();
  return there;
}

/** Everything that the index can be asked. */
async function answersOf({ read }: Store): Promise<unknown> {
  const tree = 'b'.repeat(40);
  return [
    await read.claims(),
    await read.claim(claimId(2)),
    await read.reusable({ ...key, tree, environment: 'environment' }),
    await read.lastSupported(key),
    await read.policyInForce('core'),
  ];
}

test('reading creates nothing and answers empty', async () => {
  const { dir, open } = await place();
  const { read } = open();
  expect(await read.claims()).toEqual([]);
  await expect(read.claim('0')).rejects.toMatchObject({ code: 'CLAIM_NOT_FOUND' });
  expect(await read.lastSupported(key)).toBeUndefined();
  expect(await read.reusable({ ...key, tree: 't', environment: 'e' })).toBeUndefined();
  expect(await read.policyInForce('core')).toBeUndefined();
  expect(existsSync(dir)).toBe(false);
});

test('the newest claims come with all that was said about them, oldest first', async () => {
  const store = (await place()).open();
  const claims = [1, 2, 3].map((n) => aClaim({ id: claimId(n) }));
  const records = claims.flatMap((body): LedgerRecord[] => [
    { type: 'claim/v0.1', body },
    { type: 'verification/v0.1', body: aLook({ claim: body.id }) },
  ]);
  for (const record of records) await store.write([record]);
  const newest = await store.read.claims(2);
  expect(newest.map((record) => record.claim.id)).toEqual([claimId(2), claimId(3)]);
  expect(newest).toEqual((await store.read.claims()).slice(1));
  expect(await store.read.claims(10)).toHaveLength(3);
  await store.close();
});

test('what was written is read, by the same and by another process', async () => {
  const { open } = await filled();
  const { read } = open();
  const [first, second] = await read.claims();
  expect(first).toMatchObject({
    claim: { id: claimId(1) },
    index: 0,
    leafHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(first?.evidence.map(({ message }) => message)).toEqual(['in the same write', 'newest', 'older']);
  expect(second?.attestations).toEqual([]);
  expect(second?.uncounted).toMatchObject([{ what: 'attestation', why: expect.stringContaining('only a person') }]);
  expect(second?.withdrawals).toHaveLength(1);
  expect(await read.lastSupported(key)).toMatchObject({ message: 'newest' });
  const tree = 'b'.repeat(40);
  expect(await read.reusable({ ...key, tree, environment: 'environment' })).toMatchObject({ message: 'older' });
  expect(await read.reusable({ ...key, tree, environment: 'another' })).toBeUndefined();
  expect(await read.reusable({ ...key, version: '2', tree, environment: 'environment' })).toBeUndefined();
  expect(await read.policyInForce('core')).toMatchObject({ humans: ['ada', 'bob'] });
  expect(await read.policyInForce('other')).toBeUndefined();
});

test('a claim is found by its id, a unique beginning or a unique end', async () => {
  const { open } = await filled();
  const { read } = open();
  expect((await read.claim(claimId(2))).claim.id).toBe(claimId(2));
  expect((await read.claim('0002')).claim.id).toBe(claimId(2));
  expect((await read.claim(claimId(1).slice(0, -1) + '1')).claim.id).toBe(claimId(1));
  await expect(read.claim('0190')).rejects.toMatchObject({ code: 'CLAIM_AMBIGUOUS' });
  for (const none of ['3', '%', '_', '']) {
    await expect(read.claim(none)).rejects.toMatchObject({ code: 'CLAIM_NOT_FOUND' });
  }
});

test('what is said about a claim is bound to the bytes of its entry', async () => {
  const { dir, open } = await filled();
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

test('nothing is said about a claim that is not in the ledger', async () => {
  const { dir, open } = await place();
  await expect(open().write([look(7)])).rejects.toMatchObject({ code: 'CLAIM_NOT_FOUND' });
  expect(existsSync(dir)).toBe(false);
});

test('a second claim with the same id changes nothing', async () => {
  const { open } = await filled();
  const store = open();
  const before = await store.read.claim(claimId(1));
  await store.write([{ type: 'claim/v0.1', body: aClaim({ id: claimId(1), statement: 'Something else.' }) }]);
  expect(await store.read.claim(claimId(1))).toEqual(before);
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

  test('deleted while it is open', async () => {
    const there = await filled();
    const store = there.open();
    await store.read.claims();
    for (const suffix of ['', '-wal', '-shm']) await rm(there.index + suffix, { force: true });
    await store.write([claim(3)]);
    expect(await store.read.claims()).toHaveLength(3);
    expect(await there.open().read.claims()).toEqual(await store.read.claims());
  });
});

async function answersTheSameAfter(harm: (there: Place) => Promise<void> | void): Promise<void> {
  const there = await filled();
  const store = there.open();
  const before = await answersOf(store);
  await store.close();
  await harm(there);
  expect(await answersOf(there.open())).toEqual(before);
}

function change(index: string, sql: string): void {
  const db = new DatabaseSync(index);
  db.exec(sql);
  db.close();
}

describe('the journal is checked when it is folded', () => {
  test('every flipped bit of an own entry is found', async () => {
    const { dir, open } = await place();
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
    const { dir, index, open } = await filled();
    const bundle = join(dir, 'journal', '000');
    const bytes = await readFile(bundle);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(bundle, bytes);
    await rm(index, { force: true });
    await expect(open().read.claims()).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringMatching(/journal\/000, entry 0 \(index 0\): expected .+, got .+/),
    });
  });

  test('a journal that is shorter than the index has seen', async () => {
    const { dir, open } = await filled();
    await open().read.claims();
    await rm(join(dir, 'journal'), { recursive: true });
    for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `lock.sqlite${suffix}`), { force: true });
    await expect(open().read.claims()).rejects.toMatchObject({ code: 'JOURNAL_SHRANK' });
  });

  test('entries of another machine are read', async () => {
    const { open } = await filled();
    expect(await open('other keys').read.claims()).toHaveLength(2);
    await open('other keys').write([claim(3)]);
    expect(await open().read.claims()).toHaveLength(3);
  });
});

describe('blobs', () => {
  test('are kept under a salted digest, texts redacted', async () => {
    const { blobs } = (await place()).open();
    const kept = await blobs.keep('password hunter2', 'log', 'text/plain');
    const again = await blobs.keep('password hunter2', 'log', 'text/plain');
    expect(kept).toMatchObject({ bytes: 19, mediaType: 'text/plain', name: 'log' });
    expect(kept.digest).not.toBe(again.digest);
    expect(await blobs.get(kept.digest)).toEqual({ state: 'kept', bytes: Buffer.from('password [redacted]') });
  });

  test('bytes are kept as they are, also none', async () => {
    const { blobs } = (await place()).open();
    for (const bytes of [new Uint8Array([0, 255, 10]), new Uint8Array()]) {
      const { digest } = await blobs.keep(bytes, 'screen', 'image/png');
      expect(await blobs.get(digest)).toEqual({ state: 'kept', bytes: Buffer.from(bytes) });
    }
  });

  test('erased is not missing, damaged is not kept', async () => {
    const { dir, open } = await place();
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
});
