import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Attestation } from '../claim/attestation.ts';
import { Claim, Withdrawal } from '../claim/claim.ts';
import { Erasure } from '../claim/erasure.ts';
import { Evidence } from '../claim/evidence.ts';
import { Policy } from '../claim/policy.ts';
import { Intent } from '../intent.ts';
import { KeyRecord } from './key-record.ts';

/** The policy and members in force from now on, as used for a verdict. */
export const PolicyInForce = deferred(() =>
  z.object({
    pod: z.string(),
    policy: Policy,
    humans: z.array(z.string()),
    recordedAt: z.iso.datetime(),
  }),
);
export type PolicyInForce = Readonly<z.infer<typeof PolicyInForce>>;

const IntentInForce = deferred(() => Intent.extend({ pod: z.string(), recordedAt: z.iso.datetime() }));

const variants = {
  'claim/v0.1': variant('claim/v0.1', Claim),
  'verification/v0.1': variant('verification/v0.1', Evidence),
  'withdrawal/v0.1': variant('withdrawal/v0.1', Withdrawal),
  'erasure/v0.1': variant('erasure/v0.1', Erasure),
  'human-attestation/v0.1': variant('human-attestation/v0.1', Attestation),
  'policy/v0.1': variant('policy/v0.1', PolicyInForce),
  'key/v0.1': variant('key/v0.1', KeyRecord),
  'intent/v0.1': variant('intent/v0.1', IntentInForce),
};

/** What can be written to the ledger; each variant is the predicate of an in-toto statement. */
export const LedgerRecord = deferred(() => {
  const { 'claim/v0.1': claim, ...others } = variants;
  return z.discriminatedUnion('type', [claim, ...Object.values(others)]);
});
export type LedgerRecord = Readonly<z.infer<(typeof variants)[keyof typeof variants]>>;

/** Builds the schema of this type only. Undefined for a type, or a shape of one, that is not known. */
export function recordFrom(type: string, body: unknown): LedgerRecord | undefined {
  return isKnown(type) ? variants[type].safeParse({ type, body }).data : undefined;
}

function isKnown(type: string): type is keyof typeof variants {
  return Object.hasOwn(variants, type);
}

function variant<const Type extends string, Body extends z.ZodType>(type: Type, body: Body) {
  return deferred(() => z.object({ type: z.literal(type), body }));
}

/** What an append answers, after the entry is on disk. */
export interface Receipt {
  readonly index: number;
  /** SHA-256(0x00 || entry), hex. */
  readonly leafHash: string;
}
