import { Claim } from '../../core/claim/claim.ts';
import type { ReadContext, WriteContext } from '../../core/operation.ts';
import { policyRecords, targetNow } from '../judging/filing.ts';
import { findParts } from '../judging/parts.ts';
import { podFor } from '../judging/pods.ts';

/** An agent's last words, and whose they are. */
export interface LastWords {
  readonly agent: string;
  readonly message: string;
  readonly session: string;
  readonly turn?: string | undefined;
  readonly model?: string | undefined;
}

/** Most characters of a claim's statement that the ledger takes. */
const most = 16_000;

/** Files what an agent says as it ends its turn; undefined when that claims nothing. */
export async function fileStop(context: WriteContext, words: LastWords): Promise<Claim | undefined> {
  const { agent, model, session, turn } = words;
  // What was done is said last.
  const statement = context.redact(words.message).slice(-most);
  const { parts } = findParts(context, statement, []);
  if (parts.length === 0) return undefined;
  const body = Claim.parse({
    id: context.newId(),
    pod: (await podOf(context, agent)).id,
    claimant: { kind: 'agent', id: agent, ...(model === undefined ? {} : { model }) },
    statement,
    parts,
    target: await targetNow(context),
    session: { agent, id: session, ...(turn === undefined ? {} : { turn }), ...(model === undefined ? {} : { model }) },
    claimedAt: context.ports.now(),
    via: 'hook',
  });
  await context.write([{ type: 'claim/v0.1', body }, ...(await policyRecords(context, [body.pod]))]);
  return body;
}

async function podOf(context: ReadContext, agent: string) {
  const { pods } = context.settings.config;
  return pods.find(({ members }) => members.agents.includes(agent)) ?? podFor(context);
}
