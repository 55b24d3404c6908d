import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  aClaim,
  aLook,
  anAttestation,
  aPolicy,
  claimedTree,
  claimId,
  minute,
} from '../../../test/make/claim-values.ts';
import type { Target } from '../claim/claim.ts';
import type { LedgerRecord } from './record.ts';
import { decodeStatement, encodeStatement, recordOf, statementOf } from './statement.ts';

const ports = {
  sha256: (bytes: Uint8Array): string => hash('sha256', bytes),
  envelopeOf: (claim: string): string | undefined => (claim === claimId(1) ? 'e'.repeat(64) : undefined),
};
const policy = aPolicy();
const records: readonly LedgerRecord[] = [
  { type: 'claim/v0.1', body: aClaim() },
  { type: 'verification/v0.1', body: aLook() },
  {
    type: 'withdrawal/v0.1',
    body: { claim: claimId(1), by: { kind: 'human', id: 'ada' }, withdrawnAt: minute(4) },
  },
  { type: 'human-attestation/v0.1', body: anAttestation('ada') },
  { type: 'policy/v0.1', body: { ...policy, humans: [...policy.humans] } },
  {
    type: 'intent/v0.1',
    body: {
      id: 'ship',
      outcome: 'it is out',
      decided_by: ['ada'],
      decided_at: '2026-01-01',
      why: 'people wait',
      alternatives: [],
      dissent: [],
      accept: [{ kind: 'tests-pass', scope: 'all', options: {} }],
      pod: 'core',
      recordedAt: minute(0),
    },
  },
];

test.each(records)('$type is read as it was written', (record) => {
  const statement = decodeStatement(encodeStatement(statementOf(record, ports)));
  expect(statement).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: `https://factum.internal/${record.type}`,
  });
  for (const subject of statement?.subject ?? []) expect(Object.values(subject.digest)[0]).toMatch(/^[0-9a-f]{40,64}$/);
  expect(statement && recordOf(statement)).toEqual(record);
});

function subjectOf(target: Target): unknown {
  return statementOf({ type: 'claim/v0.1', body: aClaim({ target }) }, ports).subject;
}

test('a claim is about its target', () => {
  const commit = 'c'.repeat(40);
  expect(subjectOf({ repository: 'factum', commit, tree: claimedTree })).toEqual([
    { name: 'factum', digest: { gitCommit: commit } },
    { name: 'factum', digest: { gitTree: claimedTree } },
  ]);
  const url = 'https://example.org/';
  expect(subjectOf({ url })).toEqual([{ name: `url:${url}`, digest: { sha256: hash('sha256', `url:${url}`) } }]);
  expect(subjectOf({})).toEqual([
    { name: `claim:${claimId(1)}`, digest: { sha256: hash('sha256', `claim:${claimId(1)}`) } },
  ]);
});

test('what is said about a claim is bound to its envelope', () => {
  const { subject } = statementOf({ type: 'verification/v0.1', body: aLook() }, ports);
  expect(subject).toEqual([{ name: `claim:${claimId(1)}`, digest: { sha256: 'e'.repeat(64) } }]);
  const unknown = aLook({ claim: claimId(2) });
  expect(() => statementOf({ type: 'verification/v0.1', body: unknown }, ports)).toThrow(claimId(2));
});

test('unknown fields are kept, unknown predicates are no error', () => {
  const statement = { ...statementOf({ type: 'claim/v0.1', body: aClaim() }, ports), later: { field: 1 } };
  const extended = { ...statement, predicate: { ...statement.predicate, added: 'since' } };
  expect(decodeStatement(encodeStatement(extended))).toEqual(extended);
  expect(recordOf(extended)?.type).toBe('claim/v0.1');

  const foreign = decodeStatement(encodeStatement({ ...statement, predicateType: 'https://slsa.dev/provenance/v1' }));
  expect(foreign && recordOf(foreign)).toBeUndefined();
  const future = decodeStatement(encodeStatement({ ...statement, predicateType: 'https://factum.internal/gate/v0.1' }));
  expect(future && recordOf(future)).toBeUndefined();
});

test.each(['', '{}', '{"_type":"https://in-toto.io/Statement/v0.1"}'])('%j is no statement', (text) => {
  expect(decodeStatement(new TextEncoder().encode(text))).toBeUndefined();
});

test('a payload that two readers may read differently is no statement', () => {
  const text = new TextDecoder().decode(encodeStatement(statementOf({ type: 'claim/v0.1', body: aClaim() }, ports)));
  const twice = text.replace('"predicate":{', '"predicate":{"id":"another",');
  expect(decodeStatement(new TextEncoder().encode(text))).toBeDefined();
  expect(twice).not.toBe(text);
  expect(decodeStatement(new TextEncoder().encode(twice))).toBeUndefined();
});
