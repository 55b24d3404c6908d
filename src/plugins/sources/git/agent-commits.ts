import type { AgentCommit } from '../../../core/git/agent-commit.ts';
import { replitFactsIn, replitItself } from '../../../core/git/replit.ts';
import { couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { signsOf } from './close-change.ts';
import type { ParsedCommit } from './commit.ts';
import { readCommits } from './history.ts';
import { speakersOf } from './speakers.ts';

/** Commits of a range in which agents took part or that Replit published, parents first, by their own marks alone; answers how many there are in all. */
export async function readAgentCommits(
  ports: SourcePorts,
  range: string,
  take: (commit: AgentCommit) => Promise<void>,
): Promise<Seen<number>> {
  // Renames would need the files' contents, which may be missing; both names of one are here without.
  const stream = readCommits(ports, range, { depth: 'raw' });
  let read = 0;
  for (let commit = await stream.next(); commit !== undefined; commit = await stream.next()) {
    read++;
    const found = agentCommitOf(commit);
    if (found !== undefined) await take(found);
  }
  const ended = await stream.ended;
  if (!ended.ok) return ended;
  return ended.value.exit === 0 ? seen(read) : couldNotLook('broken', `git log failed: ${ended.value.stderr.trim()}`);
}

export function agentCommitOf(commit: ParsedCommit): AgentCommit | undefined {
  const { trailers, marks } = signsOf(commit);
  const replit = replitFactsIn(trailers);
  const published = replit?.deployment === undefined ? undefined : { claimant: replitItself, others: [] };
  const speakers = speakersOf(commit, trailers, marks) ?? published;
  if (speakers === undefined) return undefined;
  return {
    id: commit.id,
    parents: commit.parents,
    message: commit.message,
    committedAt: new Date(commit.committer.at).toISOString(),
    paths: commit.files.map(({ path }) => path),
    submodules: commit.files.some(({ what }) => what === 'submodule'),
    ...speakers,
    ...(replit === undefined ? {} : { replit }),
  };
}
