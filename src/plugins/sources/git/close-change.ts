import type { Draft } from '../../../core/draft.ts';
import type { AgentMark, Authorship, ChangeFact } from '../../../core/signal/fact.ts';
import { agentSignsIn, distinct, isAgentsWork } from './agents.ts';
import { begunAt } from './clock.ts';
import type { FileChange, ParsedCommit, Signature } from './commit.ts';
import { type Identities, isNobody } from './identity.ts';
import type { PathKind } from './path-kind.ts';
import type { Reviewer } from './records/record.ts';
import type { Records } from './records/records.ts';
import { mergerOf, reviewersIn, reviewsBy } from './reviews.ts';
import { tracesIn } from './traces.ts';
import { personIn, subjectOf, type Trailer, trailersOf } from './trailers.ts';

/** A commit as far as a change needs it: its message was read, and need not be kept. */
export interface CommitSigns {
  readonly commit: ParsedCommit;
  readonly trailers: readonly Trailer[];
  readonly reviewers: readonly Reviewer[];
  readonly marks: readonly AgentMark[];
  readonly conflicting: boolean;
}

export function signsOf(commit: ParsedCommit, notes: readonly string[] = []): CommitSigns {
  const trailers = trailersOf(commit.message);
  const branch = /^Merge pull request #\d+ from [^/\s]+\/(\S+)/.exec(commit.message)?.[1] ?? '';
  return { commit, trailers, reviewers: reviewersIn(trailers), ...agentSignsIn(commit, trailers, { branch, notes }) };
}

export interface Known {
  readonly identities: Identities;
  readonly kindOf: (path: string) => PathKind;
  readonly records: Records;
}

/** `own`: the commit on the default branch; `merged`: those that it brought in, parents first. */
export function closedChange(
  own: CommitSigns,
  merged: readonly CommitSigns[],
  { mergedAt, sincePrevious }: { readonly mergedAt: number; readonly sincePrevious: number | undefined },
  { identities, kindOf, records }: Known,
): ChangeFact {
  const { commit } = own;
  const isMerge = commit.parents.length > 1;
  const written = merged.length > 0 ? merged.filter((one) => one.commit.parents.length < 2) : [own];
  const all = [own, ...merged];
  const trailers = all.flatMap((one) => one.trailers);
  const marks = all.flatMap((one) => one.marks);
  const subject = subjectOf(commit.message);
  const coauthors = coauthorsIn(trailers);
  const writers = [...written.map((one) => one.commit.author), ...coauthors.filter(({ email }) => email !== '')];
  const named = coauthors.flatMap(({ name, email }) => (email === '' ? [name] : []));
  const asMerger = isMerge ? mergerOf(subject, commit.author) : [];
  const recorded = records.reviewOf(all.map((one) => one.commit.id));
  const kinds = commit.files.map(({ path }) => kindOf(path));
  const merger = mergerIn(commit, isMerge, identities);
  const change: Draft<ChangeFact> = {
    kind: 'change',
    id: commit.id,
    subject: subject.slice(0, 200),
    form: isMerge ? 'merge' : isSquash(subject, commit) ? 'squash' : 'direct',
    mergedAt,
    begunAt: begunAt(
      written.map((one) => one.commit.author.at),
      mergedAt,
    ),
    commits: Math.max(1, written.length),
    authors: peopleAmong(writers, identities),
    authorship: authorshipOf(marks, writers, identities),
    marks: distinct(marks),
    conflictingMarks: all.some((one) => one.conflicting),
    answeredBy: peopleAmong(answerable(own, writers, trailers, isMerge), identities),
    // What has a time of its own comes first.
    reviews: reviewsBy(
      [...recorded.reviewers, ...all.flatMap((one) => one.reviewers), ...asMerger],
      { writers, named },
      identities,
    ),
    traces: tracesIn(
      all.map((one) => one.commit.message),
      trailers,
      commit.files.map(({ path }) => path),
    ),
    pods: unique(kinds.flatMap(({ pods }) => pods)),
  };
  if (sincePrevious !== undefined) change.sincePrevious = sincePrevious;
  if (merger !== undefined) change.merger = merger;
  if (recorded.openedAt !== undefined) change.openedAt = recorded.openedAt;
  if (recorded.course !== undefined) change.course = recorded.course;
  if (commit.depth === 'counts' || commit.depth === 'hunks') change.size = sizeOf(commit.files, kinds);
  if (commit.depth !== 'nothing') change.touchesTests = kinds.some(({ test }) => test);
  const ownedShare = ownedShareOf(kinds);
  if (ownedShare !== undefined) change.ownedShare = ownedShare;
  const components = componentsOf(kinds);
  if (components.length > 0) change.components = components;
  return change;
}

function coauthorsIn(trailers: readonly Trailer[]): readonly Signature[] {
  return trailers.flatMap(({ key, value }) => {
    const person = key === 'co-authored-by' ? personIn(value) : undefined;
    return person === undefined ? [] : [{ ...person, at: 0 }];
  });
}

/** Who put it on the branch; the forge's own signature names nobody. */
function mergerIn(commit: ParsedCommit, isMerge: boolean, identities: Identities): string | undefined {
  const who = isNobody(commit.committer) ? (isMerge ? commit.author : undefined) : commit.committer;
  return who === undefined ? undefined : peopleAmong([who], identities)[0];
}

/** The forge made it and put the request's number at its end. People write `(#7)` too, and then nothing tells. */
function isSquash(subject: string, { committer }: ParsedCommit): boolean {
  return isNobody(committer) && /\((?:#|!)\d+\)\s*$/.test(subject);
}

function answerable(
  own: CommitSigns,
  writers: readonly Signature[],
  trailers: readonly Trailer[],
  isMerge: boolean,
): readonly Signature[] {
  const signed = trailers.flatMap(({ key, value }) => {
    const person = key === 'signed-off-by' ? personIn(value) : undefined;
    return person === undefined ? [] : [{ ...person, at: 0 }];
  });
  const { author, committer } = own.commit;
  return [...writers, ...signed, ...(isMerge ? [author] : []), ...(isNobody(committer) ? [] : [committer])];
}

function peopleAmong(who: readonly Signature[], identities: Identities): readonly string[] {
  const found: string[] = [];
  for (const one of who) {
    if (isNobody(one)) continue;
    const { id, kind } = identities.of(one.name, one.email);
    if (kind === 'human') found.push(id);
  }
  return unique(found);
}

function authorshipOf(marks: readonly AgentMark[], writers: readonly Signature[], identities: Identities): Authorship {
  if (isAgentsWork(marks)) return 'agent';
  const kinds = writers.map(({ name, email }) => identities.of(name, email).kind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'bot') ? 'bot' : 'undisclosed';
}

function unique(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...new Set(names)];
}

/** What no rule covers is a component without a name. */
function componentsOf(kinds: readonly PathKind[]): readonly string[] {
  return unique(kinds.flatMap(({ components }) => (components?.length === 0 ? [''] : (components ?? []))));
}

function ownedShareOf(kinds: readonly PathKind[]): number | undefined {
  const asked = kinds.filter(({ owned }) => owned !== undefined);
  return asked.length === 0 ? undefined : asked.filter(({ owned }) => owned === true).length / asked.length;
}

/** `kinds`: of these files, in their order. */
function sizeOf(files: readonly FileChange[], kinds: readonly PathKind[]): NonNullable<ChangeFact['size']> {
  const size = { files: 0, added: 0, deleted: 0 };
  for (const [at, { what, added = 0, deleted = 0 }] of files.entries()) {
    if (what !== 'file' || kinds[at]?.counts !== true) continue;
    size.files++;
    size.added += added;
    size.deleted += deleted;
  }
  return size;
}
