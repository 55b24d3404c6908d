import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Assurance } from './attestation.ts';
import { PartKind } from './part.ts';

/** How bad it is when the claim is false. */
export const Level = deferred(() => z.enum(['routine', 'important', 'critical']));
export type Level = z.infer<typeof Level>;

const duration = deferred(() => z.string().regex(/^[1-9][0-9]*(?:m|h|d|w)$/, 'a duration such as 30m, 12h, 7d or 2w'));

/** What a consequence level demands. */
const LevelRules = deferred(() =>
  z.strictObject({
    required: z.array(PartKind).default([]).describe('part kinds that a claim of this level must have to be verified'),
    quorum: z.number().int().min(1).max(20).optional().describe("independent humans; default: the policy's quorum"),
    assurance: Assurance.optional().describe(
      "weakest assurance that counts; default: presence when critical, else the policy's",
    ),
    human_look: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('share of claims that must get a human look, never 0; default .2 when routine, else 1'),
  }),
);
export type LevelRules = Readonly<z.infer<typeof LevelRules>>;

/** Chooses a level; a rule holds when every list that it names matches. The highest level that holds wins. */
export const ConsequenceRule = deferred(() =>
  z.strictObject({
    level: Level,
    paths: z.array(z.string()).min(1).optional().describe('globs over the paths that the claim names'),
    kinds: z.array(PartKind).min(1).optional(),
    environments: z.array(z.string()).min(1).optional(),
  }),
);
export type ConsequenceRule = Readonly<z.infer<typeof ConsequenceRule>>;

const Reached = deferred(() => z.enum(['supported', 'verified']));

/** Which evidence and attestations suffice. */
export const Policy = deferred(() =>
  z.strictObject({
    quorum: z.number().int().min(1).max(20).default(2).describe('independent humans that make a claim verified'),
    assurance: Assurance.default('software').describe('weakest assurance that counts'),
    freshness: z
      .partialRecord(PartKind, duration)
      .default({})
      .describe('how long support lasts, per part kind; default: for ever'),
    levels: z
      .strictObject({
        routine: LevelRules.prefault({}),
        important: LevelRules.prefault({}),
        critical: LevelRules.prefault({}),
      })
      .prefault({}),
    consequence: z.array(ConsequenceRule).default([]).describe('rules that choose a level; no rule: routine'),
    require: z
      .strictObject({ merge: Reached.default('supported'), release: Reached.default('verified') })
      .prefault({})
      .describe('verdict that merging and releasing need'),
    keep_open: duration.default('30d').describe('how long a claim stays open'),
  }),
);
export type Policy = Readonly<z.infer<typeof Policy>>;

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Milliseconds of a duration such as `30m`, `12h`, `7d` or `2w`. */
export function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * unitMs[text.slice(-1) as keyof typeof unitMs];
}
