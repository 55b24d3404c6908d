import { z } from 'zod';
import { deferred } from '../core/deferred.ts';
import { ClaimView, VerdictName } from '../core/claim/view.ts';
import { defineOperation } from '../core/operation.ts';
import { blindOn } from './attesting/blindness.ts';
import { judge } from './judging/judge.ts';

export const list = defineOperation({
  id: 'list',
  summary: 'List open claims with their verdicts, or all of them',
  scope: 'read',
  input: deferred(() =>
    z.strictObject({
      all: z.boolean().default(false).describe('closed ones too: withdrawn, superseded, verified, old'),
      verdict: z.array(VerdictName).default([]).describe('only claims with this verdict'),
      pod: z.string().optional().describe('only claims of this pod'),
      limit: z.number().int().min(1).max(100_000).default(50).describe('at most so many, newest first'),
    }),
  ),
  output: deferred(() =>
    z.object({
      claims: z.array(ClaimView),
      /** True: older ones match, too. */
      more: z.boolean(),
      /** Ids of claims whose human answers a terminal does not show: whoever stands there is still to answer. */
      blind: z.array(z.string()),
    }),
  ),
  async run(context, { all, verdict, pod, limit }) {
    const matches = (view: ClaimView): boolean =>
      (all || view.open) &&
      (verdict.length === 0 || verdict.includes(view.verdict)) &&
      (pod === undefined || view.pod === pod);
    // The newest are read first, and older ones only when those do not fill the list.
    for (let newest = limit * 2; ; newest *= 4) {
      const records = await context.read.claims(newest);
      const matching = (await judge(context, records)).filter(matches);
      if (matching.length <= limit && records.length === newest) continue;
      const byTime = matching.toSorted(
        (a, b) => Date.parse(b.claimedAt) - Date.parse(a.claimedAt) || (a.id < b.id ? 1 : -1),
      );
      const claims = byTime.slice(0, limit);
      return { claims, more: matching.length > limit, blind: await blindOn(context, claims) };
    }
  },
});
