import type { Attestation } from '../../claim/attestation.ts';
import type { Claim } from '../../claim/claim.ts';
import { countedOf, type Said, whyNoMachine } from '../counted.ts';
import { type KeyEvent, type KeyRing, keyRingOf, machineRingOf } from '../key-ring.ts';
import type { Signer } from '../signer.ts';
import type { Findings } from './finding.ts';

/** What is kept of a claim while the log is read. */
export interface KnownClaim {
  readonly index: number;
  readonly pod: string;
  readonly claimant: string;
  /** SHA-256 of the envelope, hex. */
  readonly envelope: string;
  /** Hex. */
  readonly leafHash: string;
  /** SHA-256 of its look sheet, hex. */
  readonly sheet: string;
}

type Speaker = Pick<Signer, 'kind' | 'fingerprint'>;

interface MachineUse {
  readonly first: number;
  last: number;
  count: number;
}

/** Who spoke in a log, and whether they may: judged at its end, because enrolment may come after what was said. */
export interface Voices {
  keys(event: KeyEvent): void;
  attests(claim: KnownClaim, said: Said<Attestation>): void;
  /** Evidence, withdrawals and erasures. */
  observes(claim: KnownClaim, signer: Speaker, index: number): void;
  judge(findings: Findings, placeOf: (entry: number) => string): void;
  /** After the last entry: why what a machine says there does not count. */
  whyNot(claim: KnownClaim, signer: Speaker, index: number): string | undefined;
}

export function voices(): Voices {
  const events: KeyEvent[] = [];
  const attestations = new Map<KnownClaim, Said<Attestation>[]>();
  const machines = new Map<string, Map<string, { signer: Speaker; use: MachineUse }>>();

  function ringOf(pod: string): KeyRing {
    return keyRingOf(pod, events);
  }

  return {
    keys: (event) => void events.push(event),
    attests(claim, said) {
      const known = attestations.get(claim) ?? [];
      known.push(said);
      attestations.set(claim, known);
    },
    observes({ pod }, signer, index) {
      const ofPod = machines.get(pod) ?? new Map<string, { signer: Speaker; use: MachineUse }>();
      machines.set(pod, ofPod);
      const { use } = ofPod.get(signer.fingerprint) ?? { use: { first: index, last: index, count: 0 } };
      use.last = index;
      use.count += 1;
      ofPod.set(signer.fingerprint, { signer, use });
    },
    whyNot: ({ pod }, signer, index) => whyNoMachine({ index, signer }, machineRingOf(pod, events)),
    judge(findings, placeOf) {
      for (const [pod, ofPod] of machines) {
        const ring = machineRingOf(pod, events);
        for (const { signer, use } of ofPod.values()) {
          // A key that was removed spoke for itself before: only what came after does not count.
          const why = whyNoMachine({ index: use.last, signer }, ring);
          if (why === undefined) continue;
          const got = `${use.count} entries from ${use.first} to ${use.last} by ${signer.fingerprint}: ${why}`;
          findings.report('unvouched-machine', placeOf(use.last), { entry: use.last, got });
        }
      }
      for (const [claim, said] of attestations)
        judgeAttestations(claim, said, ringOf(claim.pod), { findings, placeOf });
    },
  };
}

interface Report {
  readonly findings: Findings;
  placeOf(entry: number): string;
}

function judgeAttestations(
  claim: KnownClaim,
  said: readonly Said<Attestation>[],
  ring: KeyRing,
  { findings, placeOf }: Report,
): void {
  const claimOnly = { pod: claim.pod } as Claim;
  const about = { claim: claimOnly, leafHash: claim.leafHash, sheetDigest: () => claim.sheet, ring, machines: ring };
  const uncounted = new Map(
    countedOf({ ...about, attestations: said, evidence: [], withdrawals: [], erasures: [] }).uncounted.map(
      ({ index, why }) => [index, why],
    ),
  );
  const keyOf = new Map<string, string>();
  for (const { index, signer, body } of said) {
    const { id, kind } = body.person;
    const place = placeOf(index);
    const known = keyOf.get(id);
    const why = uncounted.get(index);
    if (signer.kind !== 'human')
      findings.report('attestation-by-machine', place, { entry: index, got: signer.fingerprint });
    else if (kind !== 'human') findings.report('attestation-by-agent', place, { entry: index, got: `${kind} ${id}` });
    else if (id === claim.claimant) findings.report('own-attestation', place, { entry: index, got: id });
    else if (why !== undefined) findings.report('attestation-uncounted', place, { entry: index, got: why });
    else if (known !== undefined && known !== signer.fingerprint)
      findings.report('same-person', place, { entry: index, got: `${id}, before with ${known}` });
    else keyOf.set(id, signer.fingerprint);
  }
}
