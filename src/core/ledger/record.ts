import { z } from 'zod';
import { Attestation } from '../claim/attestation.ts';
import { Claim, Withdrawal } from '../claim/claim.ts';
import { Evidence } from '../claim/evidence.ts';
import { Policy } from '../claim/policy.ts';
import { Intent } from '../intent.ts';
import { KeyRecord } from './key-record.ts';

/** The policy and members in force from now on, as used for a verdict. */
export const PolicyInForce = z.object({
  pod: z.string(),
  policy: Policy,
  humans: z.array(z.string()),
  recordedAt: z.iso.datetime(),
});
export type PolicyInForce = Readonly<z.infer<typeof PolicyInForce>>;

/** What can be written to the ledger; each variant is the predicate of an in-toto statement. */
export const LedgerRecord = z.discriminatedUnion('type', [
  z.object({ type: z.literal('claim/v0.1'), body: Claim }),
  z.object({ type: z.literal('verification/v0.1'), body: Evidence }),
  z.object({ type: z.literal('withdrawal/v0.1'), body: Withdrawal }),
  z.object({ type: z.literal('human-attestation/v0.1'), body: Attestation }),
  z.object({ type: z.literal('policy/v0.1'), body: PolicyInForce }),
  z.object({ type: z.literal('key/v0.1'), body: KeyRecord }),
  z.object({ type: z.literal('intent/v0.1'), body: Intent.extend({ pod: z.string(), recordedAt: z.iso.datetime() }) }),
]);
export type LedgerRecord = Readonly<z.infer<typeof LedgerRecord>>;

/** What an append answers, after the entry is on disk. */
export interface Receipt {
  readonly index: number;
  /** SHA-256(0x00 || entry), hex. */
  readonly leafHash: string;
}
