import { describe, expect, test } from 'vitest';
import { aClaim, aLook, anAttestation, claimant, minute } from '../../../test/make/claim-values.ts';
import { countedOf, type SaidOfClaim } from './counted.ts';
import type { KeyRing, RingKey } from './key-ring.ts';
import type { Signer } from './signer.ts';

const leafHash = 'ab'.repeat(32);

function signer(fields: Partial<Signer>): Signer {
  return { fingerprint: 'SHA256:a', key: 'ssh-ed25519 A', kind: 'human', assurance: 'software', ...fields };
}

function ringKey(fields: Partial<RingKey>): RingKey {
  const base = { fingerprint: 'SHA256:a', key: 'ssh-ed25519 A', kind: 'human', holder: { id: 'ada' } } as const;
  return { ...base, requested: true, enrolledBy: 'SHA256:a', ...fields };
}

function ringOf(...keys: readonly RingKey[]): KeyRing {
  return new Map(keys.map((key) => [key.fingerprint, key]));
}

const nothing = {
  claim: aClaim(),
  leafHash,
  sheetDigest: () => anAttestation('ada').shownDigest,
  ring: ringOf(),
  machines: ringOf(),
  evidence: [],
  attestations: [],
  withdrawals: [],
  erasures: [],
};

function attested(by: Signer, ring: KeyRing, fields: object = {}) {
  const body = { ...anAttestation('ada'), claimLeaf: leafHash, assurance: 'presence' as const, ...fields };
  return countedOf({ ...nothing, ring, attestations: [{ index: 5, signer: by, body }] });
}

describe('an attestation', () => {
  test('of an enrolled person counts, with the assurance of the signature and not of the statement', () => {
    const counted = attested(signer({}), ringOf(ringKey({})));
    expect(counted.uncounted).toEqual([]);
    expect(counted.attestations).toMatchObject([{ person: { id: 'ada' }, assurance: 'software' }]);
  });

  const passkey = { origin: 'http://localhost:4711', rpId: 'localhost' };
  test.each([
    { name: 'by a machine', by: { kind: 'machine' }, why: 'a machine signed it' },
    { name: 'by a key nobody enrolled', by: { fingerprint: 'SHA256:b' }, why: 'not enrolled' },
    { name: 'by a key that was never shown to be held', key: { requested: false }, why: 'not enrolled' },
    { name: 'by an enrolled machine key', key: { kind: 'machine' }, why: 'not enrolled' },
    { name: 'after the removal of the key', key: { removedAt: 5 }, why: 'removed' },
    { name: 'in the name of another person', key: { holder: { id: 'bob' } }, why: 'that of bob' },
    { name: 'moved to another claim', fields: { claimLeaf: 'cd'.repeat(32) }, why: 'another claim' },
    { name: 'of another look sheet', fields: { shownDigest: 'cd'.repeat(32) }, why: 'another look sheet' },
    { name: 'by a passkey of another page', by: { passkey }, why: 'another page' },
    { name: 'by the bare key of a passkey', key: { passkey }, why: 'another page' },
  ] as const)('$name does not count', ({ why, ...given }) => {
    const by = signer('by' in given ? given.by : {});
    const key = ringKey('key' in given ? given.key : {});
    const counted = attested(by, ringOf(key), 'fields' in given ? given.fields : {});
    expect(counted.attestations).toEqual([]);
    expect(counted.uncounted).toMatchObject([
      { what: 'attestation', index: 5, signer: by.fingerprint, why: expect.stringContaining(why) },
    ]);
  });

  test('before the removal of the key counts for ever', () => {
    expect(attested(signer({}), ringOf(ringKey({ removedAt: 6 }))).attestations).toHaveLength(1);
  });
});

function seenBy(by: Signer, ring: KeyRing) {
  const withdrawal = { claim: aClaim().id, by: claimant, withdrawnAt: minute(1) };
  const erasure = { claim: aClaim().id, digest: 'ab'.repeat(32), by: claimant, erasedAt: minute(1) };
  const said: SaidOfClaim = {
    ...nothing,
    machines: ring,
    evidence: [{ index: 3, signer: by, body: aLook() }],
    withdrawals: [{ index: 4, signer: by, body: withdrawal }],
    erasures: [{ index: 5, signer: by, body: erasure }],
  };
  const { evidence, withdrawals, erasures, uncounted } = countedOf(said);
  return [evidence.length, withdrawals.length, erasures.length, uncounted.length];
}

describe('what a machine saw, took back or erased', () => {
  const machine = signer({ fingerprint: 'SHA256:m', kind: 'machine' });
  test('counts while a pod has no persons', () => expect(seenBy(machine, ringOf())).toEqual([1, 1, 1, 0]));

  test('counts from an enrolled machine, and not from another once there are persons', () => {
    const enrolled = ringKey({ fingerprint: 'SHA256:m', kind: 'machine' });
    expect(seenBy(machine, ringOf(ringKey({}), enrolled))).toEqual([1, 1, 1, 0]);
    expect(seenBy(machine, ringOf(ringKey({})))).toEqual([0, 0, 0, 3]);
  });

  test('never counts from a person: people attest', () => {
    expect(seenBy(signer({}), ringOf(ringKey({})))).toEqual([0, 0, 0, 3]);
  });

  test('before the removal of its key counts, after it not', () => {
    const removed = ringKey({ fingerprint: 'SHA256:m', kind: 'machine', removedAt: 4 });
    expect(seenBy(machine, ringOf(ringKey({}), removed))).toEqual([1, 0, 0, 2]);
  });
});
