import { z } from 'zod';
import { Attestation } from '../core/claim/attestation.ts';
import { Withdrawal } from '../core/claim/claim.ts';
import { Evidence } from '../core/claim/evidence.ts';
import { ClaimView } from '../core/claim/view.ts';
import { defineOperation } from '../core/operation.ts';
import { judge } from './judging/judge.ts';

export const show = defineOperation({
  id: 'show',
  summary: 'Show one claim with everything that was seen, attested and withdrawn',
  scope: 'read',
  positional: ['claim'],
  input: z.strictObject({ claim: z.string().min(1).describe('id, or a unique beginning or end of it') }),
  output: z.object({
    claim: ClaimView,
    evidence: z.array(Evidence),
    attestations: z.array(Attestation),
    withdrawals: z.array(Withdrawal),
    /** Where the claim stands in the ledger. */
    entry: z.object({ index: z.number().int(), leafHash: z.string() }),
  }),
  async run(context, input) {
    const record = await context.read.claim(input.claim);
    const views = await judge(context, await context.read.claims());
    const claim = ClaimView.parse(views.find(({ id }) => id === record.claim.id));
    const { index, leafHash, evidence, attestations, withdrawals } = record;
    return {
      claim,
      evidence: [...evidence],
      attestations: [...attestations],
      withdrawals: [...withdrawals],
      entry: { index, leafHash },
    };
  },
});
