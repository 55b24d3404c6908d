import { z } from 'zod';
import { deferred } from '../deferred.ts';
import type { Attestation } from '../claim/attestation.ts';
import type { Claim, Withdrawal } from '../claim/claim.ts';
import type { Erasure } from '../claim/erasure.ts';
import type { Evidence } from '../claim/evidence.ts';
import { hadPersons, type KeyRing, spokeFor } from './key-ring.ts';
import type { Signer } from './signer.ts';

/** Something that an entry says about a claim, and the key that signed the entry. */
export interface Said<Body> {
  readonly index: number;
  readonly signer: Signer;
  readonly body: Body;
}

/** What is in the ledger and does not count, for people. */
export const Uncounted = deferred(() =>
  z.object({
    what: z.enum(['evidence', 'attestation', 'withdrawal', 'erasure']),
    index: z.number().int(),
    signer: z.string(),
    why: z.string(),
  }),
);
export type Uncounted = Readonly<z.infer<typeof Uncounted>>;

export interface Counted {
  readonly evidence: readonly Evidence[];
  readonly attestations: readonly Attestation[];
  readonly withdrawals: readonly Withdrawal[];
  readonly erasures: readonly Erasure[];
  readonly uncounted: readonly Uncounted[];
}

/** By whom and when, in the log's time. */
interface SignedBy {
  readonly index: number;
  readonly signer: Pick<Signer, 'kind' | 'fingerprint'>;
}

export interface SaidOfClaim {
  readonly claim: Claim;
  /** Hex. */
  readonly leafHash: string;
  /** SHA-256 of the claim's look sheet, hex. Asked for only where somebody attested. */
  sheetDigest(): string;
  /** Of the claim's pod: whose attestations count. */
  readonly ring: KeyRing;
  /** Of `machineRingOf`: whose evidence counts. */
  readonly machines: KeyRing;
  readonly evidence: readonly Said<Evidence>[];
  readonly attestations: readonly Said<Attestation>[];
  readonly withdrawals: readonly Said<Withdrawal>[];
  readonly erasures: readonly Said<Erasure>[];
}

/** Which of the entries about a claim were signed by somebody who may say such a thing. */
export function countedOf(said: SaidOfClaim): Counted {
  const uncounted: Uncounted[] = [];

  function counting<Body>(
    what: Uncounted['what'],
    entries: readonly Said<Body>[],
    whyNot: (entry: Said<Body>) => string | undefined,
  ): readonly Said<Body>[] {
    return entries.filter((entry) => {
      const why = whyNot(entry);
      if (why !== undefined) uncounted.push({ what, index: entry.index, signer: entry.signer.fingerprint, why });
      return why === undefined;
    });
  }

  const byMachine = (entry: Said<unknown>): string | undefined => whyNoMachine(entry, said.machines);
  return {
    evidence: counting('evidence', said.evidence, byMachine).map(({ body }) => body),
    withdrawals: counting('withdrawal', said.withdrawals, byMachine).map(({ body }) => body),
    erasures: counting('erasure', said.erasures, byMachine).map(({ body }) => body),
    // What a key can do is seen in its signature; what the statement says of it is not asked.
    attestations: counting('attestation', said.attestations, (entry) => whyNoPerson(entry, said)).map(
      ({ body, signer }) => ({ ...body, assurance: signer.assurance }),
    ),
    uncounted,
  };
}

/** While there are no persons there is nobody who could vouch for a machine: then each speaks for itself. */
export function whyNoMachine({ index, signer }: SignedBy, machines: KeyRing): string | undefined {
  if (signer.kind !== 'machine') return 'a person signed it, and only a machine sees for itself';
  const key = machines.get(signer.fingerprint);
  if (!hadPersons(machines) || (key?.kind === 'machine' && spokeFor(key, index))) return undefined;
  return `no person of the pod vouches for this machine's key: factum key enroll ${signer.fingerprint}`;
}

function whyNoPerson({ index, signer, body }: Said<Attestation>, said: SaidOfClaim): string | undefined {
  const { leafHash, ring } = said;
  if (signer.kind !== 'human') return 'a machine signed it, and only a person attests';
  const key = ring.get(signer.fingerprint);
  if (key?.kind !== 'human' || key.enrolledBy === undefined || !key.requested)
    return `the key is not enrolled: factum key enroll ${signer.fingerprint}`;
  if (!spokeFor(key, index)) return 'the key had been removed';
  if (key.holder.id !== body.person.id) return `the key is that of ${key.holder.id}, not of ${body.person.id}`;
  if (body.claimLeaf !== leafHash) return 'it is about another claim than the one it was recorded with';
  if (body.shownDigest !== said.sheetDigest()) return 'it names another look sheet than the one of this claim';
  const { passkey } = signer;
  if (passkey?.origin === key.passkey?.origin && passkey?.rpId === key.passkey?.rpId) return undefined;
  return 'the passkey is enrolled for another page';
}
