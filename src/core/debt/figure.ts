import { z } from 'zod';

export const Band = z.object({
  lo: z.number(),
  hi: z.number(),
  level: z.number().describe('how often such a band holds the true value, e.g. 0.8'),
});
export type Band = Readonly<z.infer<typeof Band>>;

/** Why there is no number: never a zero, and never a "no". */
const Absent = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('not-enough-data'),
    n: z.number().describe('what there is'),
    needed: z.number().describe('how much of it would do'),
    of: z.string().optional().describe('what is counted; default: observations of the signal'),
  }),
  z.object({ state: z.literal('not-observable'), needs: z.string().describe('what would make it observable') }),
]);
export type Absent = Readonly<z.infer<typeof Absent>>;
export type TooLittle = Extract<Absent, { readonly state: 'not-enough-data' }>;

/** A number that was measured. */
const Measured = z.object({
  state: z.literal('measured'),
  value: z.number(),
  n: z.number().describe('on how many observations it rests'),
  hits: z
    .number()
    .optional()
    .describe('of a share that counts: how many of the n, whatever the value was drawn towards'),
  band: Band,
  beside: z.record(z.string(), z.number()).optional().describe('further figures, by the names in the definition'),
  note: z.string().optional().describe('what a reader must know to read it right'),
});
export type Measured = Readonly<z.infer<typeof Measured>>;

/** A number that was computed from measured ones. */
const Computed = z.object({ state: z.literal('computed'), value: z.number(), band: Band });
export type Computed = Readonly<z.infer<typeof Computed>>;

export const Figure = z.union([Measured, Absent]);
export type Figure = Readonly<z.infer<typeof Figure>>;
export const Level = z.union([Computed, Absent]);
export type Level = Readonly<z.infer<typeof Level>>;

/** `unclear`: its band holds 0, so it is not shown as a change. */
export const Change = z.union([
  z.object({
    state: z.literal('clear'),
    by: z.number().describe('now minus before'),
    band: Band,
    reads: z.enum(['better', 'worse', 'neither']),
  }),
  z.object({ state: z.literal('unclear'), band: Band }),
  Absent,
]);
export type Change = Readonly<z.infer<typeof Change>>;

export const Coverage = z.object({ observed: z.number(), of: z.number() });
export type Coverage = Readonly<z.infer<typeof Coverage>>;

/** An instant, RFC 3339, UTC. */
export const Instant = z.string();
export const Span = z.object({ from: Instant, to: Instant.describe('exclusive') });
export type Span = Readonly<z.infer<typeof Span>>;
