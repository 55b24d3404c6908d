import type { Judgement } from '../../core/audit/judge.ts';
import type { ReportedClaim } from '../../core/audit/report.ts';
import { commitParts, type CommitPart } from '../../core/claim/commit-parts.ts';
import { printable } from '../../core/claim/redact.ts';
import { FactumError } from '../../core/errors.ts';
import type { AgentCommit } from '../../core/git/agent-commit.ts';
import { replitItself } from '../../core/git/replit.ts';
import type { OpenHistory, ReadContext } from '../../core/operation.ts';
import { seen } from '../../core/ports.ts';

export interface AuditedCommits {
  readonly name: string;
  readonly read: number;
  readonly agents: number;
}

/** What agents' commits of a range say of themselves, against their own differences. Throws USAGE, and as `Histories.open`. */
export async function auditCommits(
  context: ReadContext,
  { where, range }: { readonly where: string; readonly range: string },
  found: (claim: ReportedClaim) => void,
): Promise<AuditedCommits> {
  const history = await (await context.histories()).open(where);
  try {
    let agents = 0;
    const read = await history.agentCommits(range, async (commit) => {
      if (commit.claimant !== replitItself) agents++;
      for (const part of commitParts(commit)) found(await claimOf(context, history, { commit, part }));
    });
    if (!read.ok) throw new FactumError('USAGE', `${range} of ${where} cannot be read: ${read.message}`);
    return { name: history.name, read: read.value, agents };
  } finally {
    await history.close();
  }
}

interface SaidIn {
  readonly commit: AgentCommit;
  readonly part: CommitPart;
}

async function claimOf(context: ReadContext, history: OpenHistory, { commit, part }: SaidIn): Promise<ReportedClaim> {
  const { message, id, claimant, others, session } = commit;
  const { start, end } = part.part.span;
  const agent = [claimant, ...others].find(({ kind }) => kind === 'agent');
  const words = context.redact(printable(message.slice(start, end)));
  const judged = await judge(context, history, { commit, part });
  return {
    file: `${history.name}@${id.slice(0, 10)}`,
    format: 'git',
    agent: agent?.id ?? '',
    model: agent?.model ?? '',
    session: session?.id ?? '',
    line: message.slice(0, start).split('\n').length,
    quote: context.redact(printable(lineAround(message, start))),
    verdict: judged.verdict,
    parts: [{ kind: 'change-made', words, ...judged, why: context.redact(judged.why) }],
  };
}

function lineAround(message: string, at: number): string {
  const from = message.lastIndexOf('\n', at - 1) + 1;
  const to = message.indexOf('\n', at);
  return message.slice(from, to < 0 ? undefined : to).trim();
}

/** By the verifier that judges such a part of a claim, which sees this repository's git. */
async function judge(context: ReadContext, history: OpenHistory, { commit, part }: SaidIn): Promise<Judgement> {
  const verifier = context.verifiers.find(({ id }) => id === 'change-made');
  if (verifier === undefined) throw new FactumError('INTERNAL', 'there is no verifier change-made');
  const target = { commit: commit.id };
  const { outcome, message: seenAs } = await verifier.run({
    options: { ...verifier.fromPart?.(part.part, target) },
    part: part.part,
    target,
    claimedAt: commit.committedAt,
    workspace: { dir: '', place: 'worktree', tree: '', commit: commit.id },
    ports: { ...context.ports, git: (args) => gitOf(history, args) },
  });
  const [pattern = ''] = part.called === undefined ? [] : (part.part.names ?? []);
  const message = pattern === '' ? seenAs : seenAs.replaceAll(pattern, part.called ?? '');
  if (outcome === 'supported') return { verdict: 'supported', why: message };
  if (outcome !== 'refuted') return { verdict: 'not-checkable', why: message };
  return part.doubt === undefined
    ? { verdict: 'contradicted', why: message }
    : { verdict: 'not-checkable', why: `${message}; ${part.doubt}` };
}

async function gitOf(history: OpenHistory, args: readonly string[]) {
  const answer = await history.git(args);
  if (!answer.ok) return answer;
  const bytes = Uint8Array.from(answer.value.stdout, (char) => char.charCodeAt(0));
  return seen({ ...answer.value, stdout: new TextDecoder().decode(bytes) });
}
