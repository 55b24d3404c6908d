import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { type Evidence, nothingSeen } from '../core/claim/evidence.ts';
import { ClaimView } from '../core/claim/view.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';
import { judge } from './judging/judge.ts';

export const submit = defineOperation({
  id: 'submit',
  summary: 'Tell what you saw of a part of a claim: it stands beside it as your own word, and decides nothing',
  scope: 'write',
  positional: ['claim', 'part', 'says'],
  input: z.strictObject({
    claim: ClaimName,
    part: z.string().describe('the part, such as p1'),
    says: z.string().min(1).max(3000).describe('what was seen, such as a command with its exit code'),
  }),
  output: z.object({ claim: ClaimView }),
  async run(context, input) {
    const { claim } = await context.read.claim(input.claim);
    if (!claim.parts.some(({ id }) => id === input.part)) {
      const known = claim.parts.map(({ id }) => id).join(', ');
      throw new FactumError('PART_INVALID', `claim ${claim.id} has no part ${input.part}; its parts: ${known}`);
    }
    const { kind, id } = await context.actor();
    const body: Evidence = {
      claim: claim.id,
      part: input.part,
      verifier: { id: 'own-word', version: '1', optionsDigest: context.ports.sha256(`${kind} ${id}`) },
      // Whoever only says something never decides, whatever it says.
      annotation: true,
      outcome: 'inconclusive',
      message: `hearsay of ${kind} ${id}: ${context.redact(input.says)}`,
      ...nothingSeen,
      observedAt: context.ports.now(),
      durationMs: 0,
    };
    await context.write([{ type: 'verification/v0.1', body }]);
    const [view] = await judge(context, [await context.read.claim(claim.id)]);
    return { claim: ClaimView.parse(view) };
  },
});
