import { Claim } from '../../core/claim/claim.ts';
import type { Part } from '../../core/claim/part.ts';
import type { ClaimRecord, ReadContext, WriteContext } from '../../core/operation.ts';
import { policyRecords, targetNow } from '../judging/filing.ts';
import { findParts } from '../judging/parts.ts';
import { podFor } from '../judging/pods.ts';

/** An agent's last words, and whose they are. */
export interface LastWords {
  readonly agent: string;
  readonly message: string;
  /** Absent: its hook names none. */
  readonly session?: string | undefined;
  readonly turn?: string | undefined;
  readonly model?: string | undefined;
  readonly response?: string | undefined;
}

/** Most characters and parts of a claim that the ledger takes. */
const most = 16_000;
const mostParts = 100;

/** Files what an agent says as it ends its turn; undefined when that claims nothing. */
export async function fileStop(context: WriteContext, words: LastWords): Promise<Claim | undefined> {
  const { agent, model, session, turn, response } = words;
  // Git looks at the tree while the words are read; whoever needs the tree hears of what went wrong.
  context.repository?.tree().catch(() => undefined);
  const { statement, parts } = endOf(context, context.redact(words.message));
  if (parts.length === 0) return undefined;
  const body = Claim.parse({
    id: context.newId(),
    pod: (await podOf(context, agent)).id,
    claimant: { kind: 'agent', id: agent, ...(model === undefined ? {} : { model }) },
    statement,
    parts,
    target: await targetNow(context),
    session: {
      agent,
      id: session ?? (await unnamed(context, agent)),
      ...(turn === undefined ? {} : { turn }),
      ...(model === undefined ? {} : { model }),
      ...(response === undefined ? {} : { response }),
    },
    claimedAt: context.ports.now(),
    via: 'hook',
  });
  await context.write([{ type: 'claim/v0.1', body }, ...(await policyRecords(context, [body.pod]))]);
  return body;
}

/** A session that its tool does not name is made of stops of which none is longer than this after the one before. */
const pauseMs = 3_600_000;

/** Sessions have a budget each, so those without a name must not share one for ever. */
async function unnamed(context: WriteContext, agent: string): Promise<string> {
  const isOne = ({ claim: { session } }: ClaimRecord): boolean =>
    session?.agent === agent && session.id.startsWith('unnamed-');
  const last = (await context.read.claims(500)).findLast(isOne)?.claim;
  const isOver = last === undefined || Date.parse(context.ports.now()) - Date.parse(last.claimedAt) > pauseMs;
  return (isOver ? undefined : last.session?.id) ?? `unnamed-${context.newId()}`;
}

/**
 * What was done is said last, so the ledger gets the end of a long message. Its parts are read from all of it: where a
 * code block or a "not" is cut off, other words are left than were said.
 */
function endOf(context: ReadContext, whole: string): { readonly statement: string; readonly parts: readonly Part[] } {
  const cut = Math.max(0, whole.length - most);
  const from = /[\uDC00-\uDFFF]/.test(whole.charAt(cut)) ? cut + 1 : cut;
  const parts = findParts(context, whole, []).parts.flatMap((part) =>
    part.span === undefined || part.span.start < from
      ? []
      : [{ ...part, span: { start: part.span.start - from, end: part.span.end - from } }],
  );
  return { statement: whole.slice(from), parts: parts.slice(-mostParts) };
}

async function podOf(context: ReadContext, agent: string) {
  const { pods } = context.settings.config;
  return pods.find(({ members }) => members.agents.includes(agent)) ?? podFor(context);
}
