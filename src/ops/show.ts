import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { Attestation } from '../core/claim/attestation.ts';
import { Withdrawal } from '../core/claim/claim.ts';
import { BlobState, Evidence } from '../core/claim/evidence.ts';
import { ClaimView } from '../core/claim/view.ts';
import { messageOf } from '../core/errors.ts';
import { type ClaimRecord, defineOperation, type ReadContext } from '../core/operation.ts';
import { bearingOn } from '../core/telemetry/bearing.ts';
import { Lead } from '../core/telemetry/lead.ts';
import { blindOn } from './attesting/blindness.ts';
import { artifactsOf } from './judging/artifact-states.ts';
import { judge } from './judging/judge.ts';

export const show = defineOperation({
  id: 'show',
  summary: 'Show one claim with everything that was seen, attested and withdrawn',
  scope: 'read',
  positional: ['claim'],
  input: z.strictObject({
    claim: ClaimName,
    reveal: z.boolean().default(false).describe("show others' answers before I gave mine; then it is not independent"),
  }),
  output: z.object({
    claim: ClaimView,
    evidence: z.array(Evidence),
    attestations: z.array(Attestation),
    /** What became of each artifact of a look, by digest. */
    blobs: z.record(z.string(), BlobState),
    withdrawals: z.array(Withdrawal),
    /** What the telemetry of its session tells of what is claimed: hearsay. `factum leads` has all of it. */
    leads: z.array(Lead),
    /** A terminal does not show what humans answered: whoever stands there is still to answer. */
    blind: z.boolean(),
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
      blobs: Object.fromEntries((await artifactsOf(context, evidence)).map(({ digest, state }) => [digest, state])),
      withdrawals: [...withdrawals],
      leads: await leadsFor(context, record),
      blind: (await blindOn(context, [claim], input)).length > 0,
      entry: { index, leafHash },
    };
  },
});

const mostSearched = 2000;
const mostLeads = 12;

/** The last ones before it was claimed, oldest first. A client of MCP may be anywhere, and leads stay on this machine. */
async function leadsFor({ leads, via, progress }: ReadContext, { claim }: ClaimRecord): Promise<Lead[]> {
  const { session, claimedAt: until, parts } = claim;
  if (session === undefined || via === 'mcp') return [];
  const heard = await leads.newest(mostSearched, { ...session, until }).catch((thrown: unknown) => {
    // Nothing that was signed waits for hearsay.
    progress.note(`without leads: ${messageOf(thrown)}`);
    return [];
  });
  const kinds = parts.map(({ kind }) => kind);
  return bearingOn(kinds, heard).slice(0, mostLeads).toReversed();
}
