import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { ClaimView } from '../core/claim/view.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';
import { judge } from './judging/judge.ts';

export const withdraw = defineOperation({
  id: 'withdraw',
  summary: 'Take back a claim of yours, or some of its parts',
  scope: 'write',
  positional: ['claim'],
  input: z.strictObject({
    claim: ClaimName,
    part: z.array(z.string()).default([]).describe('only this part, such as p2'),
    reason: z.string().max(4000).optional().describe('why'),
  }),
  output: z.object({ claim: ClaimView }),
  async run(context, { claim: id, part, reason }) {
    const { claim } = await context.read.claim(id);
    const unknown = part.find((each) => !claim.parts.some((own) => own.id === each));
    if (unknown !== undefined) {
      const known = claim.parts.map((own) => own.id).join(', ');
      throw new FactumError('PART_INVALID', `claim ${claim.id} has no part ${unknown}; its parts: ${known}`);
    }
    const actor = await context.actor();
    if (actor.id !== claim.claimant.id || actor.kind !== claim.claimant.kind) {
      const { kind, id: name } = claim.claimant;
      throw new FactumError(
        'NOT_CLAIMANT',
        `claim ${claim.id} is by ${kind} ${name}; you are ${actor.kind} ${actor.id}`,
      );
    }
    const body = {
      claim: claim.id,
      ...(part.length === 0 ? {} : { parts: part }),
      by: actor,
      ...(reason === undefined ? {} : { reason }),
      withdrawnAt: context.ports.now(),
    };
    await context.write([{ type: 'withdrawal/v0.1', body }]);
    const [view] = await judge(context, [await context.read.claim(claim.id)]);
    return { claim: ClaimView.parse(view) };
  },
});
