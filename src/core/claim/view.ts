import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Actor } from '../actor.ts';
import { Uncounted } from '../ledger/counted.ts';
import { Attestation } from './attestation.ts';
import { Target } from './claim.ts';
import { Evidence } from './evidence.ts';
import { Level } from './policy.ts';
import { PartKind, Scope } from './part.ts';
import { verdictsWorstFirst } from './verdict.ts';

export const VerdictName = deferred(() => z.enum([...verdictsWorstFirst, 'withdrawn']));

/** One part of a claim with its verdict, as every door shows it. */
export const PartView = deferred(() =>
  z.object({
    id: z.string(),
    kind: PartKind,
    scope: Scope,
    names: z.array(z.string()).optional(),
    /** The words it was read from. */
    words: z.string().optional(),
    verdict: VerdictName,
    because: z.string(),
    notes: z.array(z.string()),
    /** The evidence that decided. */
    evidence: Evidence.optional(),
  }),
);
export type PartView = Readonly<z.infer<typeof PartView>>;

/** A human's answer, as every door shows it. */
const HumanView = deferred(() =>
  Attestation.pick({ person: true, decision: true, note: true, attestedAt: true, saw: true }).extend({
    /** As its signature shows. */
    assurance: Attestation.shape.assurance,
    independent: z.boolean(),
    /** False: a later look changed the machine outcome. */
    current: z.boolean(),
    /** Why it changes nothing; absent when it counts. */
    doesNotCount: z.string().optional(),
  }),
);
export type HumanView = Readonly<z.infer<typeof HumanView>>;

/** A claim with its verdict, as every door shows it. */
export const ClaimView = deferred(() =>
  z.object({
    id: z.string(),
    pod: z.string(),
    statement: z.string(),
    claimant: Actor,
    beside: z.array(Actor).optional(),
    claimedAt: z.iso.datetime(),
    standing: z.boolean(),
    open: z.boolean(),
    intent: z.string().optional(),
    target: Target,
    verdict: VerdictName,
    parts: z.array(PartView),
    level: Level,
    confirmations: z.number().int(),
    quorum: z.number().int(),
    humans: z.array(HumanView),
    /** What was said about it by keys that may not. */
    uncounted: z.array(Uncounted),
    /** Part kinds that the consequence level requires and the claim does not have. */
    missing: z.array(PartKind),
    /** Why the quorum cannot be reached at all. */
    unsafe: z.string().optional(),
  }),
);
export type ClaimView = Readonly<z.infer<typeof ClaimView>>;
