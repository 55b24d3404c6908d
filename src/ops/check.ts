import { z } from 'zod';
import { deferred } from '../core/deferred.ts';
import { Claim } from '../core/claim/claim.ts';
import type { Evidence } from '../core/claim/evidence.ts';
import { ClaimView } from '../core/claim/view.ts';
import { defineOperation } from '../core/operation.ts';
import { targetNow } from './judging/filing.ts';
import { judge, saysNo } from './judging/judge.ts';
import { findParts, NotTaken } from './judging/parts.ts';
import { podFor } from './judging/pods.ts';
import { lookAtClaims } from './looking/look-at-claims.ts';

export const check = defineOperation({
  id: 'check',
  summary: 'Read a statement and check it at once; record nothing',
  scope: 'read',
  positional: ['statement'],
  input: deferred(() =>
    z.strictObject({
      statement: z.string().min(1).max(16_000).describe('what is said to be done'),
      part: z.array(z.string()).default([]).describe('a part outright: kind, kind:key=value,... or kind:{json}'),
      fresh: z.boolean().default(false).describe('run again what was already seen on this tree'),
    }),
  ),
  output: deferred(() =>
    z.object({
      claim: ClaimView.optional(),
      notTaken: z.array(NotTaken),
      looks: z.object({ taken: z.number(), reused: z.number() }),
    }),
  ),
  async run(context, input) {
    const statement = context.redact(input.statement);
    const { parts, notTaken } = findParts(context, statement, input.part);
    if (parts.length === 0) return { notTaken: [...notTaken], looks: { taken: 0, reused: 0 } };
    const claim = Claim.parse({
      id: context.newId(),
      pod: (await podFor(context)).id,
      claimant: await context.actor(),
      statement,
      parts,
      target: await targetNow(context),
      claimedAt: context.ports.now(),
      via: 'cli',
    });
    const evidence: Evidence[] = [];
    const looks = await lookAtClaims(context, [claim], {
      fresh: input.fresh,
      known: [],
      onEvidence: async (_claim, seen) => void evidence.push(...seen),
    });
    const saidByOthers = { attestations: [], withdrawals: [], erasures: [], uncounted: [] };
    const record = { claim, index: 0, leafHash: '', evidence, ...saidByOthers };
    const [view] = await judge(context, [record]);
    return { ...(view === undefined ? {} : { claim: view }), notTaken: [...notTaken], looks };
  },
  answersNo: ({ claim }) => claim !== undefined && saysNo([claim]),
});
