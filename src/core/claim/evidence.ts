import { z } from 'zod';
import { deferred } from '../deferred.ts';

/**
 * What one look ended in. A verifier that could not look never says `refuted`:
 * `inconclusive` = it looked and cannot tell; `error` = it could not look; `not-applicable` = nothing for it to judge here.
 */
export const Outcome = deferred(() => z.enum(['supported', 'refuted', 'inconclusive', 'not-applicable', 'error']));
export type Outcome = z.infer<typeof Outcome>;

/** A stored blob. `digest` = SHA-256(salt || bytes) in hex; deleting blob and salt erases it and leaves the ledger valid. */
export const Artifact = deferred(() =>
  z.object({
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    /** Length after redaction, in bytes. */
    bytes: z.number().int().min(0),
    mediaType: z.string().max(200),
    name: z.string().max(500),
  }),
);
export type Artifact = Readonly<z.infer<typeof Artifact>>;

/** What became of a blob in one place. `missing`: it is not there and nobody erased it there; `damaged`: its bytes are not those that the digest names. */
export const BlobState = deferred(() => z.enum(['kept', 'erased', 'missing', 'damaged']));
export type BlobState = z.infer<typeof BlobState>;

/** How many artifacts are in each state. */
export const BlobCounts = deferred(() => z.record(BlobState, z.number().int()));
export type BlobCounts = Readonly<z.infer<typeof BlobCounts>>;

/** Whatever makes the evidence true only there. */
export const Binding = deferred(() =>
  z.object({
    tree: z.string().optional(),
    commit: z.string().optional(),
    url: z.string().optional(),
    branch: z.string().optional(),
    remote: z.string().optional(),
    database: z.string().optional(),
    package: z.string().optional(),
  }),
);
export type Binding = Readonly<z.infer<typeof Binding>>;

/** Where local runs happened. Two runs are comparable only when the digests agree. */
export const Environment = deferred(() =>
  z.object({
    /** Tool name to version line: `node` -> `v24.21.0`. */
    toolchain: z.record(z.string(), z.string()),
    /** SHA-256 over toolchain, lock files, installed dependencies and the names and values of passed variables. */
    digest: z.string(),
    /** Names, never values. */
    variables: z.array(z.string()),
  }),
);
export type Environment = Readonly<z.infer<typeof Environment>>;

export const Skipped = deferred(() => z.object({ what: z.string().max(1000), why: z.string().max(1000) }));
export type Skipped = Readonly<z.infer<typeof Skipped>>;

/** Facts are flat so that any reader can show them: numbers, short texts, yes or no. */
export const Facts = deferred(() =>
  z.record(z.string(), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])),
);
export type Facts = Readonly<z.infer<typeof Facts>>;

/** What a verifier itself returns; the operation adds who, when, where and how long. */
export const Look = deferred(() =>
  z.object({
    outcome: Outcome,
    /** One or two sentences of fact with numbers, for people. */
    message: z.string().min(1).max(4000),
    facts: Facts,
    planned: z.array(z.string().max(2000)).max(50),
    ran: z.array(z.string().max(2000)).max(50),
    skipped: z.array(Skipped).max(50),
    artifacts: z.array(Artifact).max(50),
    boundTo: Binding,
  }),
);
export type Look = Readonly<z.infer<typeof Look>>;

/** What a look tells in which nothing was run, asked or kept. */
export const nothingSeen: Omit<Look, 'outcome' | 'message'> = {
  facts: {},
  planned: [],
  ran: [],
  skipped: [],
  artifacts: [],
  boundTo: {},
};

/** What a verifier saw. */
export const Evidence = deferred(() =>
  Look.extend({
    claim: z.uuidv7(),
    part: z.string(),
    verifier: z.object({ id: z.string(), version: z.string(), optionsDigest: z.string() }),
    environment: Environment.optional(),
    /** Keys (`lookKeyOf`) of all looks that judge this part together, this one among them; absent when it judges alone. */
    together: z.array(z.string()).optional(),
    /** True for a look that only adds a note to the part and never decides it. */
    annotation: z.boolean().optional(),
    /** Set when an earlier look at the same tree was used again: that look's time. */
    reusedFrom: z.iso.datetime().optional(),
    observedAt: z.iso.datetime(),
    durationMs: z.number().min(0),
  }),
);
export type Evidence = Readonly<z.infer<typeof Evidence>>;

/** The same look at another time has the same key. */
export function lookKeyOf({ id, optionsDigest }: Evidence['verifier']): string {
  return `${id}@${optionsDigest}`;
}

export function isConclusive(outcome: Outcome): outcome is 'supported' | 'refuted' {
  return outcome === 'supported' || outcome === 'refuted';
}

/** By time of observation; at the same time refuted last, so that it wins; else by content, so that order of arrival never matters. */
export function inOrder(looks: readonly Evidence[]): readonly Evidence[] {
  return looks.toSorted(
    (a, b) =>
      Date.parse(a.observedAt) - Date.parse(b.observedAt) ||
      Number(a.outcome === 'refuted') - Number(b.outcome === 'refuted') ||
      contentOf(a).localeCompare(contentOf(b)),
  );
}

function contentOf({ verifier, message, together, boundTo }: Evidence): string {
  return JSON.stringify([verifier.id, verifier.optionsDigest, message, together ?? [], boundTo]);
}
