import { z } from 'zod';
import { ClaimName, shortId } from '../core/claim/claim-id.ts';
import { ClaimView } from '../core/claim/view.ts';
import { defineOperation } from '../core/operation.ts';
import { humansOf, waitsFor } from './attesting/waiting.ts';
import { judge } from './judging/judge.ts';

export const ask = defineOperation({
  id: 'ask',
  summary: 'Tell which humans a claim waits for, and the command with which they answer; nobody answers for them',
  scope: 'read',
  positional: ['claim'],
  input: z.strictObject({ claim: ClaimName }),
  output: z.object({
    claim: z.string(),
    /** Humans of its pod who have not answered. */
    waitsFor: z.array(z.string()),
    confirmations: z.number().int(),
    quorum: z.number().int(),
    /** For the human, at a terminal of their own. */
    command: z.string(),
    /** Their inbox, a page of this machine. It is there as long as the server that was asked. */
    url: z.url().optional(),
  }),
  async run(context, input) {
    const [view] = await judge(context, [await context.read.claim(input.claim)]);
    const { id, pod, confirmations, quorum } = ClaimView.parse(view);
    const members = (await humansOf(context, [ClaimView.parse(view)])).get(pod) ?? [];
    const waiting = members.filter((person) => waitsFor(ClaimView.parse(view), person, members));
    const command = `factum attest ${shortId(id)}`;
    const url = waiting.length === 0 ? undefined : await context.inboxUrl?.();
    const where = url === undefined ? {} : { url: `${url}#${id}` };
    return { claim: id, waitsFor: waiting, confirmations, quorum, command, ...where };
  },
});
