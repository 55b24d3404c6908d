import { z } from 'zod';
import { isForGood, Refused } from '../core/ledger/admission.ts';
import type { Admission, Shelf } from '../core/ledger/peer.ts';
import { defineOperation, type WriteContext } from '../core/operation.ts';
import { FactumError } from '../core/errors.ts';

/** Each time another clone was faster; hundreds at once would have to be. */
const mostRounds = 100;

export const sync = defineOperation({
  id: 'sync',
  summary: 'Exchange envelopes with other clones through a git remote',
  scope: 'write',
  positional: ['remote'],
  input: z.strictObject({
    remote: z.string().min(1).max(2000).optional().describe('default: the one that the branch follows, or origin'),
  }),
  output: z.object({
    remote: z.string(),
    /** Envelopes that are new here, and new there. */
    received: z.number().int(),
    sent: z.number().int(),
    /** What is at the remote and was not taken. */
    refused: z.array(Refused),
  }),
  async run(context, input) {
    const peer = await context.exchange.peer(input.remote);
    const forGood = new Map<string, Refused>();
    let received = 0;
    for (let round = 0; round < mostRounds; round++) {
      const shelf = await peer.look();
      const admission = await take(context, shelf);
      received += admission.admitted.length;
      const refused = [...shelf.refused, ...admission.refused];
      const bad = new Set(refused.filter(({ code }) => isForGood(code)).map(({ name }) => name));
      // Another clone may have taken it away before our next look: it is named all the same.
      for (const each of refused) if (bad.has(each.name)) forGood.set(each.name, each);
      const names = [...(await context.exchange.own.names()).keys()];
      const done = await shelf.offer({ names, read: context.exchange.own.read }, bad);
      if (done === 'moved') continue;
      const sent = names.filter((name) => !shelf.names.has(name) || bad.has(name)).length;
      const others = refused.filter(({ name }) => !bad.has(name));
      return { remote: peer.name, received, sent, refused: [...forGood.values(), ...others] };
    }
    throw new FactumError('REMOTE_UNREACHABLE', `remote ${peer.name} changed ${mostRounds} times while it was asked`);
  },
});

/** What is not in the ledger, and what stands there under a name of ours without ever having been checked. */
async function take({ exchange }: WriteContext, { names, left, checked, read }: Shelf): Promise<Admission> {
  const own = await exchange.own.names();
  const unseen = [...left].filter((name) => !own.has(name));
  return exchange.admit({
    names: [...unseen, ...[...names].filter((name) => !own.has(name) || !checked.has(name))],
    read,
  });
}
