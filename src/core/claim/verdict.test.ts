import { describe, expect, test } from 'vitest';
import {
  aClaim,
  aLook,
  anAttestation,
  anInput,
  aPolicy,
  claimant,
  claimId,
  claimedTree,
  minute,
  otherTree,
} from '../../../test/make/claim-values.ts';
import { type VerdictInput, verdictOf } from './verdict.ts';

function verdict(fields: Partial<VerdictInput>): string {
  return verdictOf(anInput(fields)).verdict;
}

const refutes = aLook({ outcome: 'refuted', message: '3 of 12 failed' });
const standing = aClaim({ standing: true, target: { branch: 'main' } });

describe('each row of the table', () => {
  test('1 withdrawn: whole, or part by part', () => {
    const withdrawal = { claim: claimId(1), by: claimant, withdrawnAt: minute(1) };
    expect(verdict({ evidence: [refutes], withdrawals: [withdrawal] })).toBe('withdrawn');
    const two = aClaim({
      parts: [...aClaim().parts, { id: 'p2', kind: 'lint-clean', scope: 'all', options: {} }],
    });
    expect(
      verdict({ claim: two, evidence: [aLook({ part: 'p2' })], withdrawals: [{ ...withdrawal, parts: ['p1'] }] }),
    ).toBe('supported');
  });

  test('2 disputed: a human against evidence, or against another human', () => {
    const dispute = anAttestation('ada', { decision: 'dispute' });
    expect(verdict({ evidence: [aLook()], attestations: [dispute] })).toBe('disputed');
    expect(verdict({ attestations: [dispute, anAttestation('bob')] })).toBe('disputed');
    expect(verdict({ attestations: [dispute] })).toBe('unverified');
  });

  test('3 contradicted: the newest conclusive look refutes, or a human where no verifier can', () => {
    expect(verdict({ evidence: [aLook(), aLook({ ...refutes, observedAt: minute(2) })] })).toBe('contradicted');
    expect(verdict({ evidence: [refutes, aLook({ observedAt: minute(2) })] })).toBe('supported');
    const behaviour = aClaim({ parts: [{ id: 'p1', kind: 'behaviour', scope: 'unknown', options: {} }] });
    expect(verdict({ claim: behaviour, attestations: [anAttestation('ada', { decision: 'dispute' })] })).toBe(
      'contradicted',
    );
  });

  test('3 on a tie refuted wins', () => {
    expect(verdict({ evidence: [refutes, aLook()] })).toBe('contradicted');
    expect(verdict({ evidence: [aLook(), refutes] })).toBe('contradicted');
  });

  test('4 drifted: standing, was supported, and a later look refutes', () => {
    const later = aLook({ ...refutes, boundTo: { tree: otherTree }, observedAt: minute(5) });
    expect(verdict({ claim: standing, evidence: [aLook(), later] })).toBe('drifted');
    expect(verdict({ claim: aClaim({ standing: true }), evidence: [aLook(), later] })).toBe('drifted');
    expect(verdict({ claim: standing, evidence: [later] })).toBe('contradicted');
    expect(verdict({ claim: standing, evidence: [aLook(), later, aLook({ observedAt: minute(6) })] })).toBe(
      'supported',
    );
  });

  test('5 verified: a quorum of independent humans', () => {
    const both = [anAttestation('ada'), anAttestation('bob')];
    expect(verdict({ evidence: [aLook()], attestations: both })).toBe('verified');
    expect(verdict({ evidence: [aLook()], attestations: both.slice(1) })).toBe('supported');
  });

  test('6 supported, 7 stale by tree and by freshness', () => {
    expect(verdict({ evidence: [aLook()] })).toBe('supported');
    expect(verdict({ evidence: [aLook({ boundTo: { tree: otherTree } })] })).toBe('stale');
    expect(verdict({ evidence: [aLook()], policy: aPolicy({ freshness: { 'tests-pass': '5m' } }) })).toBe('stale');
  });

  test('8 hearsay, unless the relayed claim lends its verdict', () => {
    const relaying = aClaim({ relays: claimId(2) });
    expect(verdict({ claim: relaying })).toBe('hearsay');
    expect(verdict({ claim: relaying, relayed: 'contradicted' })).toBe('hearsay');
    expect(verdict({ claim: relaying, relayed: 'circular' })).toBe('hearsay');
    expect(verdict({ claim: relaying, relayed: 'supported' })).toBe('supported');
    expect(verdict({ claim: relaying, evidence: [refutes], relayed: 'supported' })).toBe('contradicted');
  });

  test('9 unsupported, 10 unverifiable, 11 unverified', () => {
    expect(verdict({ evidence: [aLook({ outcome: 'inconclusive' })] })).toBe('unsupported');
    expect(verdict({ evidence: [aLook({ outcome: 'not-applicable' })] })).toBe('unverifiable');
    expect(verdict({ evidence: [aLook({ outcome: 'error' })] })).toBe('unverified');
    expect(verdict({})).toBe('unverified');
  });

  test('a refutation of another tree decides nothing about the claimed one', () => {
    expect(verdict({ evidence: [aLook({ ...refutes, boundTo: { tree: otherTree } })] })).toBe('unverified');
  });
});

describe('humans', () => {
  const supported = { evidence: [aLook()] };

  test.each([
    ['the claimant', [anAttestation(claimant.id), anAttestation('ada')]],
    ['an agent', [anAttestation('ada'), anAttestation('bob', { person: { kind: 'agent', id: 'bob' } })]],
    ['a stranger', [anAttestation('ada'), anAttestation('eve')]],
    ['the same person twice', [anAttestation('ada'), anAttestation('ada', { attestedAt: minute(4) })]],
    [
      'who saw the other answer',
      [
        anAttestation('ada'),
        anAttestation('bob', { saw: { machineVerdict: false, otherAttestations: true, aiReview: false } }),
      ],
    ],
    [
      'who saw the AI review',
      [
        anAttestation('ada'),
        anAttestation('bob', { saw: { machineVerdict: false, otherAttestations: false, aiReview: true } }),
      ],
    ],
    [
      'who changed their mind',
      [
        anAttestation('ada'),
        anAttestation('bob'),
        anAttestation('bob', { decision: 'abstain', attestedAt: minute(5) }),
      ],
    ],
  ])('%s does not count towards the quorum', (_who, attestations) => {
    expect(verdict({ ...supported, attestations })).toBe('supported');
  });

  test('a software key does not count where presence is demanded', () => {
    const critical = aPolicy({ consequence: [{ level: 'critical', kinds: ['tests-pass'] }] });
    const software = [anAttestation('ada'), anAttestation('bob', { assurance: 'software' })];
    expect(verdict({ ...supported, policy: critical, attestations: software })).toBe('supported');
    expect(
      verdict({ ...supported, policy: critical, attestations: [anAttestation('ada'), anAttestation('bob')] }),
    ).toBe('verified');
  });

  test('of two confirmations that one person gave at one time, the dependent one stands, in either order', () => {
    const dependent = anAttestation('ada', {
      saw: { machineVerdict: false, otherAttestations: true, aiReview: false },
    });
    const both = [anAttestation('ada'), dependent, anAttestation('bob')];
    expect(verdict({ ...supported, attestations: both })).toBe('supported');
    expect(verdict({ ...supported, attestations: both.toReversed() })).toBe('supported');
  });

  test('a later look that changes the outcome makes confirmations stale; one that agrees does not', () => {
    const attestations = [anAttestation('ada'), anAttestation('bob')];
    const agrees = [aLook(), aLook({ observedAt: minute(5) })];
    const wavers = [...agrees, aLook({ ...refutes, observedAt: minute(6) }), aLook({ observedAt: minute(7) })];
    expect(verdict({ evidence: agrees, attestations })).toBe('verified');
    expect(verdict({ evidence: wavers, attestations })).toBe('supported');
  });

  test('a later look that only adds a note, or sees another tree, leaves confirmations as they are', () => {
    const attestations = [anAttestation('ada'), anAttestation('bob')];
    const noted = aLook({ ...refutes, annotation: true, observedAt: minute(5) });
    const elsewhere = aLook({ ...refutes, boundTo: { tree: 'e'.repeat(40) }, observedAt: minute(6) });
    expect(verdict({ evidence: [aLook(), noted, elsewhere], attestations })).toBe('verified');
  });

  test.each([
    [[], 'names no humans'],
    [['ada'], 'structurally unsafe'],
    [['ada', 'claude-code'], 'has 1 human besides the claimant'],
  ])('a pod of %j can never verify, and says why', (humans, why) => {
    const attestations = [anAttestation('ada'), anAttestation('bob')];
    const result = verdictOf(anInput({ ...supported, attestations, policy: aPolicy({}, humans) }));
    expect(result.verdict).toBe('supported');
    expect(result.unsafe).toContain(why);
  });
});

test('looks that judge a part together must all support it', () => {
  const together = ['working-tree-clean@0', 'commit-on-branch@0'];
  const committed = aClaim({ parts: [{ id: 'p1', kind: 'committed', scope: 'all', options: {} }] });
  const clean = aLook({ together, verifier: { id: 'working-tree-clean', version: '1', optionsDigest: '0' } });
  const onBranch = aLook({
    together,
    verifier: { id: 'commit-on-branch', version: '1', optionsDigest: '0' },
    observedAt: minute(2),
  });
  expect(verdict({ claim: committed, evidence: [clean, onBranch] })).toBe('supported');
  expect(verdict({ claim: committed, evidence: [onBranch] })).toBe('unverified');
  expect(verdict({ claim: committed, evidence: [{ ...clean, outcome: 'refuted' }, onBranch] })).toBe('contradicted');
  expect(verdict({ claim: committed, evidence: [clean, { ...onBranch, outcome: 'inconclusive' }] })).toBe(
    'unsupported',
  );
  expect(verdict({ claim: committed, evidence: [{ ...clean, outcome: 'not-applicable' }, onBranch] })).toBe(
    'supported',
  );
});

test('a part that names a commit is about that commit', () => {
  const commit = '6d48b0c'.padEnd(40, '0');
  const pushed = aClaim({
    parts: [{ id: 'p1', kind: 'pushed', scope: 'named', names: ['6d48b0c'], options: {} }],
    target: { tree: claimedTree, commit: 'e'.repeat(40) },
  });
  expect(verdict({ claim: pushed, evidence: [aLook({ boundTo: { commit } })] })).toBe('supported');
  expect(verdict({ claim: pushed, evidence: [aLook({ boundTo: { commit: 'f'.repeat(40) } })] })).toBe('stale');
});

test('what was so outside and no longer is makes a claim stale, not contradicted', () => {
  const pushed = aClaim({ parts: [{ id: 'p1', kind: 'pushed', scope: 'all', options: {} }] });
  const there = aLook({ boundTo: { remote: 'origin' } });
  const gone = aLook({ boundTo: { remote: 'origin' }, outcome: 'refuted', observedAt: minute(5) });
  expect(verdict({ claim: pushed, evidence: [there, gone] })).toBe('stale');
  expect(verdict({ claim: pushed, evidence: [gone] })).toBe('contradicted');
  expect(verdict({ claim: pushed, evidence: [there, gone, { ...there, observedAt: minute(6) }] })).toBe('supported');
  expect(verdict({ claim: { ...pushed, standing: true, target: {} }, evidence: [there, gone] })).toBe('drifted');
});

test('what a former configuration asked no longer decides', () => {
  const former = aLook({ outcome: 'refuted', verifier: { id: 'tests-pass', version: '1', optionsDigest: 'former' } });
  const now = aLook({ observedAt: minute(2) });
  expect(verdict({ evidence: [former, now] })).toBe('supported');
  expect(verdict({ evidence: [former, { ...now, together: ['tests-pass@0'] }] })).toBe('supported');
});

test('an annotation is noted and never decides', () => {
  const weakened = aLook({
    annotation: true,
    outcome: 'inconclusive',
    message: '14 tests fewer than at base',
    observedAt: minute(5),
  });
  const result = verdictOf(anInput({ evidence: [aLook(), weakened] }));
  expect(result.verdict).toBe('supported');
  expect(result.parts[0]?.notes).toEqual(['14 tests fewer than at base']);
});

test('support that a newer look could not repeat says that it is older', () => {
  const later = aLook({ outcome: 'inconclusive', message: 'origin had it once', observedAt: minute(5) });
  const { verdict: still, parts } = verdictOf(anInput({ evidence: [aLook(), later] }));
  expect(still).toBe('supported');
  expect(parts[0]?.notes).toEqual([expect.stringMatching(/looked at again at .*could not tell: origin had it once$/)]);
  expect(verdictOf(anInput({ evidence: [later, aLook({ observedAt: minute(6) })] })).parts[0]?.notes).toEqual([]);
});

test('a claim without a part that its level requires is not verified', () => {
  const policy = aPolicy({ levels: { routine: { required: ['page-renders'] } } });
  const attestations = [anAttestation('ada'), anAttestation('bob')];
  const result = verdictOf(anInput({ evidence: [aLook()], attestations, policy }));
  expect(result).toMatchObject({ verdict: 'supported', missing: ['page-renders'] });
});

test('the decisive evidence is named', () => {
  const decidedBy = verdictOf(anInput({ evidence: [refutes] })).parts[0]?.decidedBy;
  expect(decidedBy).toMatchObject({ outcome: 'refuted', boundTo: { tree: claimedTree } });
});
