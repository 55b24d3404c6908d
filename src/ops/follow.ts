import { z } from 'zod';
import { deferred } from '../core/deferred.ts';
import { Claim } from '../core/claim/claim.ts';
import { commitParts, publishedPart } from '../core/claim/commit-parts.ts';
import { ClaimView } from '../core/claim/view.ts';
import { FactumError } from '../core/errors.ts';
import type { AgentCommit } from '../core/git/agent-commit.ts';
import { replitItself } from '../core/git/replit.ts';
import { type ClaimRecord, defineOperation, type WriteContext } from '../core/operation.ts';
import { policyRecords, targetNow } from './judging/filing.ts';
import { judge } from './judging/judge.ts';
import { podFor } from './judging/pods.ts';

export const follow = defineOperation({
  id: 'follow',
  summary: "File what messages of agents' commits say that these change, each once, in its speaker's name",
  scope: 'write',
  positional: ['range'],
  input: z.strictObject({
    range: z.string().regex(/^[^-]/, 'a commit or a range').max(1000).describe('commits, such as origin/main..HEAD'),
  }),
  output: deferred(() =>
    z.object({
      /** Commits of the range, and those in which an agent had a part. */
      read: z.number(),
      agents: z.number(),
      /** Commits whose claims were filed before. */
      known: z.number(),
      claims: z.array(ClaimView),
    }),
  ),
  async run(context, { range }) {
    const records = await context.read.claims();
    const filed: Claim[] = [];
    const counts = { agents: 0, known: 0 };
    const history = await (await context.histories()).open();
    let published: AgentCommit | undefined;
    try {
      const read = await history.agentCommits(range, async (commit) => {
        if (commit.claimant !== replitItself) counts.agents++;
        // Only the last one can still be looked at: each replaces the one before.
        if (commit.replit?.deployment !== undefined) published = commit;
        else if (claimOf(records, commit.id) === undefined) filed.push(...(await claimsIn(context, commit, records)));
        else counts.known++;
      });
      if (!read.ok) throw new FactumError('USAGE', `${range} cannot be read: ${read.message}`);
      if (published !== undefined && claimOf(records, published.id) !== undefined) counts.known++;
      else if (published !== undefined) filed.push(...(await claimsIn(context, published, records)));
      return { read: read.value, ...counts, claims: await recorded(context, filed) };
    } finally {
      await history.close();
    }
  },
});

function claimOf(records: readonly ClaimRecord[], commit: string): Claim | undefined {
  return records.find(({ claim: { via, target } }) => via === 'git' && target.commit === commit)?.claim;
}

/** Only what the commit's difference can decide, and what was published; nothing where the message says nothing of that kind. */
async function claimsIn(
  context: WriteContext,
  commit: AgentCommit,
  records: readonly ClaimRecord[],
): Promise<readonly Claim[]> {
  const statement = context.redact(commit.message).slice(0, 16_000);
  const told = commitParts({ ...commit, message: statement }).filter(({ doubt }) => doubt === undefined);
  const published = publishedPart(commit);
  const parts = [...(published === undefined ? [] : [published]), ...told.map(({ part }) => part)]
    .slice(0, 100)
    .map((part, at) => ({ ...part, id: `p${at + 1}`, ...(part.names !== undefined && { names: [...part.names] }) }));
  if (parts.length === 0) return [];
  const picked = /\(cherry picked from commit ([0-9a-f]{40,64})\)/.exec(commit.message)?.[1];
  const relays = picked === undefined ? undefined : claimOf(records, picked)?.id;
  const body = Claim.parse({
    id: context.newId(),
    pod: (await podFor(context)).id,
    claimant: commit.replit?.madeBy === 'deployment' ? replitItself : commit.claimant,
    ...(commit.others.length === 0 ? {} : { beside: commit.others.slice(0, 20) }),
    statement,
    parts,
    target: await targetNow(context, commit.id),
    ...(relays === undefined ? {} : { relays }),
    ...(commit.session === undefined ? {} : { session: commit.session }),
    claimedAt: commit.committedAt,
    via: 'git',
  });
  return [body];
}

async function recorded(context: WriteContext, filed: readonly Claim[]): Promise<ClaimView[]> {
  const [first, ...rest] = filed.map((body) => ({ type: 'claim/v0.1', body }) as const);
  if (first === undefined) return [];
  const policies = await policyRecords(
    context,
    filed.map(({ pod }) => pod),
  );
  await context.write([first, ...rest, ...policies]);
  const ids = new Set(filed.map(({ id }) => id));
  const records = (await context.read.claims()).filter(({ claim }) => ids.has(claim.id));
  return [...(await judge(context, records))];
}
