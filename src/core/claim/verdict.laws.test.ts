import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aClaim,
  aLook,
  anAttestation,
  anInput,
  aPolicy,
  claimant,
  claimedTree,
  minute,
  otherTree,
} from '../../../test/make/claim-values.ts';
import { type Evidence, Outcome } from './evidence.ts';
import { type PartKind } from './part.ts';
import { verdictsOf } from './relay.ts';
import { type VerdictInput, type VerdictName, verdictOf, verdictsWorstFirst } from './verdict.ts';

const runs = { numRuns: 2000 };

const kinds: readonly PartKind[] = ['tests-pass', 'committed', 'behaviour', 'deployed'];

const verifierIds = ['tests-pass', 'working-tree-clean', 'commit-on-branch'];

const look: fc.Arbitrary<Evidence> = fc
  .record({
    outcome: fc.constantFrom(...Outcome.options),
    part: fc.constantFrom('p1', 'p2'),
    verifier: fc.constantFrom(...verifierIds),
    tree: fc.constantFrom(claimedTree, otherTree, undefined),
    at: fc.integer({ min: 0, max: 8 }),
    annotation: fc.constantFrom(true, undefined),
    others: fc.option(fc.subarray(verifierIds), { nil: undefined }),
  })
  .map(({ outcome, part, verifier, tree, at, annotation, others }) =>
    aLook({
      outcome,
      part,
      verifier: { id: verifier, version: '1', optionsDigest: '0' },
      boundTo: tree === undefined ? { url: 'https://example.org/' } : { tree },
      observedAt: minute(at),
      message: `${outcome} ${at}`,
      ...(annotation === undefined ? {} : { annotation }),
      ...(others === undefined ? {} : { together: [...new Set([verifier, ...others])].map((id) => `${id}@0`) }),
    }),
  );

const attestation = fc
  .record({
    person: fc.constantFrom('ada', 'bob', 'cyd', claimant.id),
    decision: fc.constantFrom('confirm', 'dispute', 'abstain'),
    at: fc.integer({ min: 0, max: 8 }),
    otherAttestations: fc.boolean(),
  })
  .map(({ person, decision, at, otherAttestations }) =>
    anAttestation(person, {
      decision,
      attestedAt: minute(at),
      saw: { machineVerdict: true, otherAttestations, aiReview: false },
    }),
  );

const input: fc.Arbitrary<VerdictInput> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    second: fc.constantFrom(...kinds),
    standing: fc.boolean(),
    pinned: fc.boolean(),
    evidence: fc.array(look, { maxLength: 8 }),
    attestations: fc.array(attestation, { maxLength: 5 }),
    freshness: fc.constantFrom({}, { 'tests-pass': '5m' }),
    humans: fc.subarray(['ada', 'bob', 'cyd']),
  })
  .map(({ kind, second, standing, pinned, evidence, attestations, freshness, humans }) =>
    anInput({
      claim: aClaim({
        standing,
        target: pinned ? { tree: claimedTree } : { branch: 'main' },
        parts: [
          { id: 'p1', kind, scope: 'all', options: {} },
          { id: 'p2', kind: second, scope: 'unknown', options: {} },
        ],
      }),
      evidence,
      attestations,
      policy: aPolicy({ freshness }, humans),
    }),
  );

function rank(verdict: VerdictName): number {
  return verdict === 'withdrawn' ? verdictsWorstFirst.length : verdictsWorstFirst.indexOf(verdict);
}

function partVerdicts(values: VerdictInput): readonly string[] {
  return verdictOf(values).parts.map(({ verdict }) => verdict);
}

describe('laws of the verdict', () => {
  test('order never matters', () => {
    fc.assert(
      fc.property(input, fc.integer(), (values, seed) => {
        const shuffled = {
          ...values,
          evidence: rotate(values.evidence, seed).toReversed(),
          attestations: rotate(values.attestations, seed).toReversed(),
        };
        expect(verdictOf(shuffled).verdict).toBe(verdictOf(values).verdict);
        expect(partVerdicts(shuffled)).toEqual(partVerdicts(values));
      }),
      runs,
    );
  });

  test('adding refuting evidence for the target never raises a verdict', () => {
    fc.assert(
      fc.property(input, look, (values, added) => {
        const { annotation: _, ...rest } = added;
        const refuting: Evidence = { ...rest, outcome: 'refuted', boundTo: { tree: claimedTree } };
        const after = verdictOf({ ...values, evidence: [...values.evidence, refuting] });
        expect(rank(after.verdict)).toBeLessThanOrEqual(rank(verdictOf(values).verdict));
      }),
      runs,
    );
  });

  test('what the claimant or an agent attests changes nothing', () => {
    const voice = fc.constantFrom(
      anAttestation(claimant.id),
      anAttestation(claimant.id, { decision: 'dispute' }),
      anAttestation('bob', { person: { kind: 'agent', id: 'bob' }, attestedAt: minute(9) }),
      anAttestation('ada', { person: { kind: 'bot', id: 'ada' }, decision: 'dispute', attestedAt: minute(9) }),
    );
    fc.assert(
      fc.property(input, voice, (values, added) => {
        expect(verdictOf({ ...values, attestations: [...values.attestations, added] })).toEqual(verdictOf(values));
      }),
      runs,
    );
  });

  test('what somebody beside the claimant attests changes nothing', () => {
    fc.assert(
      fc.property(input, (values) => {
        const shared = { ...values, claim: { ...values.claim, beside: [{ kind: 'human', id: 'bob' } as const] } };
        const added = anAttestation('bob', { attestedAt: minute(9) });
        expect(verdictOf({ ...shared, attestations: [...shared.attestations, added] })).toEqual(verdictOf(shared));
      }),
      runs,
    );
  });

  test('error and inconclusive never make contradicted, and neither does an annotation', () => {
    fc.assert(
      fc.property(input, fc.array(look, { maxLength: 8 }), (values, looks) => {
        const harmless = looks.map((each): Evidence =>
          each.annotation === true
            ? each
            : { ...each, outcome: each.outcome === 'supported' ? 'error' : 'inconclusive' },
        );
        const disputes = values.attestations.filter(({ decision }) => decision !== 'dispute');
        const result = verdictOf({ ...values, evidence: harmless, attestations: disputes });
        expect(result.verdict).not.toBe('contradicted');
        expect(result.verdict).not.toBe('drifted');
      }),
      runs,
    );
  });

  test('the same inputs give the same verdict', () => {
    fc.assert(
      fc.property(input, (values) => {
        expect(verdictOf(structuredClone(values))).toEqual(verdictOf(values));
      }),
      runs,
    );
  });

  test('the claim is as bad as its worst part', () => {
    fc.assert(
      fc.property(input, (values) => {
        const result = verdictOf(values);
        const worst = Math.min(...result.parts.map(({ verdict }) => rank(verdict)));
        expect(rank(result.verdict)).toBe(worst);
      }),
      runs,
    );
  });

  test('relays give the same verdicts in any order of claims', () => {
    const chain = fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(chain, fc.array(look, { maxLength: 6 }), fc.integer(), (links, looks, seed) => {
        const ids = links.map((_, index) => `01900000-0000-7000-8000-00000000000${index}`);
        const inputs = links.map((link, index) => {
          const id = ids[index] ?? '';
          const relays = link === undefined ? {} : { relays: ids[link] ?? '' };
          const own = looks.filter((_, n) => n % links.length === index).map((each) => ({ ...each, claim: id }));
          return anInput({ claim: aClaim({ id, ...relays }), evidence: own });
        });
        const verdicts = verdictsOf(inputs);
        const others = verdictsOf(rotate(inputs, seed).toReversed());
        for (const id of ids) expect(others.get(id)).toEqual(verdicts.get(id));
      }),
      runs,
    );
  });
});

/** Every set of outcomes at the target and elsewhere, each observed at one time: what decides is the set, nothing else. */
test('exhaustively over outcome sets: only a refutation contradicts, only support supports', () => {
  const outcomes = Outcome.options;
  const sets = Array.from({ length: 2 ** outcomes.length }, (_, bits) =>
    outcomes.filter((_o, n) => (bits >> n) % 2 === 1),
  );
  let seen = 0;
  for (const here of sets) {
    for (const elsewhere of sets) {
      const evidence = [
        ...here.map((outcome) => aLook({ outcome })),
        ...elsewhere.map((outcome) => aLook({ outcome, boundTo: { tree: otherTree } })),
      ];
      expect(verdictOf(anInput({ evidence })).verdict, `${here} | ${elsewhere}`).toBe(expected(here, elsewhere));
      seen += 1;
    }
  }
  expect(seen).toBe(1024);
});

function expected(here: readonly Outcome[], elsewhere: readonly Outcome[]): VerdictName {
  if (here.includes('refuted')) return 'contradicted';
  if (here.includes('supported')) return 'supported';
  if (elsewhere.includes('supported')) return 'stale';
  const all = [...here, ...elsewhere];
  if (all.includes('inconclusive')) return 'unsupported';
  if (all.includes('error') || all.includes('refuted')) return 'unverified';
  return all.includes('not-applicable') ? 'unverifiable' : 'unverified';
}

function rotate<Item>(items: readonly Item[], by: number): readonly Item[] {
  if (items.length === 0) return items;
  const shift = Math.abs(by) % items.length;
  return [...items.slice(shift), ...items.slice(0, shift)];
}
