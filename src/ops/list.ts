import { z } from 'zod';
import { ClaimView, VerdictName } from '../core/claim/view.ts';
import { defineOperation } from '../core/operation.ts';
import { judge } from './judging/judge.ts';

export const list = defineOperation({
  id: 'list',
  summary: 'List open claims with their verdicts, or all of them',
  scope: 'read',
  input: z.strictObject({
    all: z.boolean().default(false).describe('closed ones too: withdrawn, superseded, verified, old'),
    verdict: z.array(VerdictName).default([]).describe('only claims with this verdict'),
    pod: z.string().optional().describe('only claims of this pod'),
    limit: z.number().int().min(1).max(100_000).default(50).describe('at most so many, newest first'),
  }),
  output: z.object({
    claims: z.array(ClaimView),
    /** How many match, shown or not. */
    total: z.number().int(),
  }),
  async run(context, { all, verdict, pod, limit }) {
    const views = await judge(context, await context.read.claims());
    const matching = views
      .filter((view) => all || view.open)
      .filter((view) => verdict.length === 0 || verdict.includes(view.verdict))
      .filter((view) => pod === undefined || view.pod === pod)
      .toSorted((a, b) => Date.parse(b.claimedAt) - Date.parse(a.claimedAt) || (a.id < b.id ? 1 : -1));
    return { claims: matching.slice(0, limit), total: matching.length };
  },
});
