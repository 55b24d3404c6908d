import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LedgerRecord } from '../../src/core/ledger/record.ts';
import { envelopeSigner } from '../../src/host/envelope-signer.ts';
import { machineKeys } from '../../src/host/keys.ts';
import type { DatabaseAddress } from '../../src/store/postgres/database.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { aClaim, aLook, anAttestation, aPolicy, claimId, minute } from './claim-values.ts';

export interface StorePlace {
  readonly dir: string;
  readonly database: DatabaseAddress | undefined;
  open(keys?: string): Store;
}

export async function storePlace(database?: DatabaseAddress): Promise<StorePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'factum-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const dir = join(folder, 'factum');
  return {
    dir,
    database,
    open(keys = 'keys') {
      const store = openStore({
        dir,
        keys: machineKeys(join(folder, keys)),
        signerOf: envelopeSigner,
        sha256: (bytes) => hash('sha256', bytes),
        redact: (text) => text.replaceAll('hunter2', '[redacted]'),
        ...(database === undefined ? {} : { database }),
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

export function claim(n: number): LedgerRecord {
  return { type: 'claim/v0.1', body: aClaim({ id: claimId(n) }) };
}

export function policy(humans: readonly string[]): LedgerRecord {
  return { type: 'policy/v0.1', body: { ...aPolicy(), humans: [...humans] } };
}

/** Answers the place. */
export async function filled(there: StorePlace): Promise<StorePlace> {
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
export async function answersOf({ read }: Store): Promise<unknown> {
  const tree = 'b'.repeat(40);
  return [
    await read.claims(),
    await read.claim(claimId(2)),
    await read.reusable({ ...key, tree, environment: 'environment' }),
    await read.lastSupported(key),
    await read.policyInForce('core'),
  ];
}

/** What a store answers, wherever its journal and index are. */
export function storeContract(
  name: string,
  place: () => Promise<StorePlace>,
  loseIndex: (there: StorePlace) => Promise<void>,
): void {
  describe(`a store in ${name}`, () => {
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
      const { open } = await filled(await place());
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
      const { open } = await filled(await place());
      const { read } = open();
      expect((await read.claim(claimId(2))).claim.id).toBe(claimId(2));
      expect((await read.claim('0002')).claim.id).toBe(claimId(2));
      expect((await read.claim(claimId(1).slice(0, -1) + '1')).claim.id).toBe(claimId(1));
      for (const several of ['0190', claimId(2).slice(-8, -1)])
        await expect(read.claim(several)).rejects.toMatchObject({ code: 'CLAIM_AMBIGUOUS' });
      for (const none of ['3', '%', '_', '']) {
        await expect(read.claim(none)).rejects.toMatchObject({ code: 'CLAIM_NOT_FOUND' });
      }
    });

    test('nothing is said about a claim that is not in the ledger', async () => {
      const { dir, open } = await place();
      await expect(open().write([look(7)])).rejects.toMatchObject({ code: 'CLAIM_NOT_FOUND' });
      expect(existsSync(dir)).toBe(false);
    });

    test('a second claim with the same id changes nothing', async () => {
      const { open } = await filled(await place());
      const store = open();
      const before = await store.read.claim(claimId(1));
      await store.write([{ type: 'claim/v0.1', body: aClaim({ id: claimId(1), statement: 'Something else.' }) }]);
      expect(await store.read.claim(claimId(1))).toEqual(before);
    });

    test('entries of another machine are read', async () => {
      const { open } = await filled(await place());
      expect(await open('other keys').read.claims()).toHaveLength(2);
      await open('other keys').write([claim(3)]);
      expect(await open().read.claims()).toHaveLength(3);
    });

    test('an index that is deleted is made again', async () => {
      const there = await filled(await place());
      const store = there.open();
      const before = await answersOf(store);
      await loseIndex(there);
      expect(await answersOf(there.open())).toEqual(before);
    });

    test('also while it is open', async () => {
      const there = await filled(await place());
      const store = there.open();
      await store.read.claims();
      await loseIndex(there);
      await store.write([claim(3)]);
      expect(await store.read.claims()).toHaveLength(3);
      expect(await there.open().read.claims()).toEqual(await store.read.claims());
    });

    test('what no database text can hold keeps nothing else out of the index', async () => {
      const { open } = await place();
      const store = open();
      await store.write([{ type: 'policy/v0.1', body: { ...aPolicy(), humans: [], pod: 'a\0b' } }, policy(['ada'])]);
      expect(await store.read.policyInForce('core')).toMatchObject({ humans: ['ada'] });
    });
  });
}
