import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Actor } from '../actor.ts';

const Decision = deferred(() => z.enum(['confirm', 'dispute', 'abstain']));
export type Decision = z.infer<typeof Decision>;

/** `presence` = a touch or user verification; `software` = any process of that user could have signed. */
export const Assurance = deferred(() => z.enum(['presence', 'software']));
export type Assurance = z.infer<typeof Assurance>;

/** A human's signed judgement on a claim and its evidence. */
export const Attestation = deferred(() =>
  z.object({
    claim: z.uuidv7(),
    /** Leaf hash of the claim's entry: binds the judgement to exactly that claim. */
    claimLeaf: z.string(),
    decision: Decision,
    note: z.string().max(4000).optional(),
    /** Two persons, not two keys: keys are mapped to persons before this is written. */
    person: Actor,
    startedAt: z.iso.datetime(),
    attestedAt: z.iso.datetime(),
    /** What was on the screen before the answer was given. */
    saw: z.object({ machineVerdict: z.boolean(), otherAttestations: z.boolean(), aiReview: z.boolean() }),
    shownDigest: z.string(),
    assurance: Assurance,
  }),
);
export type Attestation = Readonly<z.infer<typeof Attestation>>;

/** Sharing an AI's review made two reviewers count as about 1.35, so such answers are not independent. */
export function isIndependent(attestation: Attestation): boolean {
  return !attestation.saw.otherAttestations && !attestation.saw.aiReview;
}
