import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { partKinds } from '../claim/part.ts';
import { wilsonInterval } from '../stats/proportion-interval.ts';
import { claimVerdicts, type ClaimVerdict } from './claims.ts';
import { sessionVerdicts } from './judge.ts';

const verdict = deferred(() => z.enum(claimVerdicts as [ClaimVerdict, ...ClaimVerdict[]]));

/** A share with its Wilson interval at 95 %; `value` is absent where there is nothing to take a share of. */
const Share = deferred(() =>
  z.object({ k: z.number(), n: z.number(), value: z.number().optional(), lo: z.number(), hi: z.number() }),
);
export type Share = z.infer<typeof Share>;

const Total = deferred(() =>
  z.object({
    name: z.string(),
    claims: z.number(),
    /** How many have each verdict; those that none has are left out. */
    verdicts: z.partialRecord(verdict, z.number()),
    /** Of those that the session could tell about: what it backs, and what it contradicts. */
    backed: Share,
    contradicted: Share,
  }),
);
export type Total = z.infer<typeof Total>;

export const AuditReport = deferred(() =>
  z.object({
    schema: z.literal('factum/audit/v1'),
    read: z.object({
      files: z.number(),
      sessions: z.number(),
      formats: z.record(z.string(), z.number()),
      /** Lines, or items, that are damaged, too long or of an unknown kind, and the files with most of them. */
      skippedLines: z.number(),
      skippedIn: z.array(z.object({ file: z.string(), lines: z.number() })),
      /** Claims that another copy of the same session makes, too. */
      copies: z.number(),
      otherFiles: z.number(),
      unread: z.array(z.object({ name: z.string(), why: z.string() })),
      /** With --commits: how many were read of each repository, and in how many of them an agent had a part. */
      commits: z.array(z.object({ name: z.string(), read: z.number(), agents: z.number() })).optional(),
    }),
    totals: z.object({ all: Total, agents: z.array(Total), models: z.array(Total), kinds: z.array(Total) }),
    claims: z.array(
      z.object({
        file: z.string(),
        format: z.string(),
        agent: z.string(),
        model: z.string(),
        session: z.string(),
        /** Number of the line, from 1; in OpenCode's sessions and Gemini's documents the index of the message, in ChatGPT's that of the conversation. */
        line: z.number(),
        quote: z.string(),
        verdict,
        parts: z.array(
          z.object({
            kind: z.enum(partKinds),
            words: z.string(),
            verdict: z.enum(sessionVerdicts),
            why: z.string(),
            /** Place of what decides. */
            decidedBy: z.number().optional(),
          }),
        ),
      }),
    ),
  }),
);
export type AuditReport = z.infer<typeof AuditReport>;
export type ReportedClaim = AuditReport['claims'][number];

interface Counted {
  readonly name: string;
  readonly verdict: ClaimVerdict;
}

export function totalsOf(claims: readonly ReportedClaim[]): AuditReport['totals'] {
  const named = (name: (claim: ReportedClaim) => string) =>
    claims.map((claim) => ({ name: name(claim), verdict: claim.verdict }));
  return {
    all: totalOf(
      'all',
      named(() => 'all'),
    ),
    agents: grouped(named(({ agent }) => agent)),
    models: grouped(named(({ model }) => model || 'not told')),
    kinds: grouped(
      claims.flatMap(({ parts }) => parts.map(({ kind, verdict: own }) => ({ name: kind, verdict: own }))),
    ),
  };
}

function grouped(claims: readonly Counted[]): Total[] {
  const names = [...new Set(claims.map(({ name }) => name))].toSorted();
  return names.map((name) =>
    totalOf(
      name,
      claims.filter((claim) => claim.name === name),
    ),
  );
}

function totalOf(name: string, claims: readonly Counted[]): Total {
  const count = (...verdicts: readonly ClaimVerdict[]) =>
    claims.filter(({ verdict: own }) => verdicts.includes(own)).length;
  const told = claims.length - count('not-checkable');
  const verdicts = claimVerdicts.flatMap((each) => (count(each) === 0 ? [] : [[each, count(each)] as const]));
  return {
    name,
    claims: claims.length,
    verdicts: Object.fromEntries(verdicts),
    backed: share(count('supported', 'supported-by-human-evidence'), told),
    contradicted: share(count('contradicted'), told),
  };
}

function share(k: number, n: number): Share {
  const { value, lo, hi } = wilsonInterval({ k, n });
  return { k, n, lo, hi, ...(n > 0 && { value }) };
}
