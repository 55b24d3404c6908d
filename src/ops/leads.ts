import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { defineOperation } from '../core/operation.ts';
import { Lead } from '../core/telemetry/lead.ts';

export const leads = defineOperation({
  id: 'leads',
  summary: 'List what agents ran by the account of their own telemetry: it tells where to look, and decides nothing',
  scope: 'read',
  positional: ['claim'],
  input: z.strictObject({
    claim: ClaimName.optional().describe('only of the session that made it, up to then; default: of all sessions'),
    limit: z.number().int().min(1).max(10_000).default(50).describe('at most so many, the newest'),
  }),
  output: z.object({ leads: z.array(Lead), more: z.boolean() }),
  async run({ read, leads: heard }, { claim: name, limit }) {
    const claim = name === undefined ? undefined : (await read.claim(name)).claim;
    if (claim !== undefined && claim.session === undefined) return { leads: [], more: false };
    const of = claim?.session === undefined ? undefined : { ...claim.session, until: claim.claimedAt };
    const found = await heard.newest(limit + 1, of);
    return { leads: found.slice(0, limit).toReversed(), more: found.length > limit };
  },
});
