import type { Attestation } from '../../src/core/claim/attestation.ts';
import { Claim } from '../../src/core/claim/claim.ts';
import type { Evidence } from '../../src/core/claim/evidence.ts';
import { Policy } from '../../src/core/claim/policy.ts';
import type { VerdictInput } from '../../src/core/claim/verdict.ts';
import type { PolicyInForce } from '../../src/core/ledger/record.ts';

// Small valid values for tests; each maker takes what the test is about.

export const claimedTree = 'a'.repeat(40);
export const otherTree = 'b'.repeat(40);
export const claimant = { kind: 'agent', id: 'claude-code' } as const;

export function claimId(n: number): string {
  return `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

const minutes = new Map<number, string>();

/** Minutes after an arbitrary start. */
export function minute(n: number): string {
  const known = minutes.get(n) ?? new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  minutes.set(n, known);
  return known;
}

export function aClaim(fields: Partial<Claim> = {}): Claim {
  return Claim.parse({
    id: claimId(1),
    pod: 'core',
    claimant,
    statement: 'All tests pass.',
    parts: [{ id: 'p1', kind: 'tests-pass', scope: 'all' }],
    target: { tree: claimedTree },
    claimedAt: minute(0),
    via: 'cli',
    ...fields,
  });
}

export function aLook(fields: Partial<Evidence> = {}): Evidence {
  return {
    claim: claimId(1),
    part: 'p1',
    verifier: { id: 'tests-pass', version: '1', optionsDigest: '0' },
    outcome: 'supported',
    message: '12 tests passed',
    facts: {},
    planned: ['npm test'],
    ran: ['npm test'],
    skipped: [],
    artifacts: [],
    boundTo: { tree: claimedTree },
    observedAt: minute(1),
    durationMs: 1,
    ...fields,
  };
}

export function anAttestation(person: string, fields: Partial<Attestation> = {}): Attestation {
  return {
    claim: claimId(1),
    claimLeaf: '0',
    decision: 'confirm',
    person: { kind: 'human', id: person },
    startedAt: minute(2),
    attestedAt: minute(3),
    saw: { machineVerdict: false, otherAttestations: false, aiReview: false },
    shownDigest: '0',
    assurance: 'presence',
    ...fields,
  };
}

export function aPolicy(policy: unknown = {}, humans: readonly string[] = ['ada', 'bob', 'cyd']): PolicyInForce {
  return { pod: 'core', policy: Policy.parse(policy), humans: [...humans], recordedAt: minute(0) };
}

export function anInput(fields: Partial<VerdictInput> = {}): VerdictInput {
  return {
    claim: aClaim(),
    withdrawals: [],
    evidence: [],
    attestations: [],
    policy: aPolicy(),
    asOf: minute(10),
    ...fields,
  };
}
