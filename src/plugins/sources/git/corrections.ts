import type { ChangeFact, CorrectionFact } from '../../../core/signal/fact.ts';
import { ownText } from './text.ts';
import { bodyLinesOf, subjectOf } from './trailers.ts';

/** What a message says that it takes back or mends. */
interface Named {
  readonly how: CorrectionFact['how'];
  readonly sha?: string;
  readonly subject?: string;
  readonly pullRequest?: string;
}

export interface Correcting {
  /** Corrections that a change makes: of earlier changes only, each once. What it takes back of its own is none. */
  of(change: ChangeFact, commits: readonly Told[]): readonly CorrectionFact[];
  /** Later changes may name this one, or one of the commits that it stands for. */
  learn(change: ChangeFact, commits: readonly Told[]): void;
  /** A change wrote most of another one anew; undefined where that was corrected before. */
  rewritten(target: Target, by: ChangeFact): CorrectionFact | undefined;
  readonly state: CorrectionsState;
}

interface Told {
  readonly id: string;
  readonly message: string;
}

export type Target = NonNullable<CorrectionFact['target']>;

/** Commits whose names begin with the same seven digits: a list by hand, because there is one for nearly every commit. */
interface Learned {
  readonly id: string;
  readonly target: Target;
  readonly before: Learned | undefined;
}

export interface CorrectionsState {
  readonly bySha: Map<string, Learned>;
  readonly bySubject: Map<string, Target>;
  readonly byRequest: Map<string, Target>;
  readonly corrected: Set<string>;
}

/** Remembers commits by name, subject and pull request, so that a later message finds what it means. */
export function corrections(kept?: CorrectionsState): Correcting {
  const state = kept ?? { bySha: new Map(), bySubject: new Map(), byRequest: new Map(), corrected: new Set() };
  const { bySha, bySubject, byRequest, corrected } = state;

  function find(named: Named): readonly [Target | undefined, CorrectionFact['resolvedBy']] {
    const { sha, subject, pullRequest } = named;
    if (sha !== undefined) {
      const [fitting, ...others] = startingWith(sha, bySha.get(sha.slice(0, 7)));
      if (others.length === 0 && fitting !== undefined) return [fitting, 'sha'];
    }
    const request = pullRequest === undefined ? undefined : byRequest.get(pullRequest);
    if (request !== undefined) return [request, 'pull-request'];
    const titled =
      subject === undefined ? undefined : (bySubject.get(subject) ?? bySubject.get(withoutRequest(subject)));
    return titled === undefined ? [undefined, 'nothing'] : [titled, 'subject'];
  }

  function of(change: ChangeFact, commits: readonly Told[]): readonly CorrectionFact[] {
    const found = new Map<string, CorrectionFact>();
    for (const { message } of commits) {
      for (const named of namedIn(message)) {
        if (commits.some((own) => isMeant(own, named))) continue;
        const [target, resolvedBy] = find(named);
        // A squash keeps the words of reverts that came and went within it: nothing on this branch was taken back.
        if (target === undefined && !isRevertSubject(subjectOf(message)) && named.how === 'revert') continue;
        const { id, mergedAt, begunAt, pods } = change;
        const key = target === undefined ? `${named.how}?` : target.id;
        if (found.has(key)) continue;
        const base = { kind: 'correction', how: named.how, id, at: mergedAt, begunAt, resolvedBy, pods } as const;
        const isFirst = target === undefined || !corrected.has(target.id);
        if (target !== undefined) corrected.add(target.id);
        found.set(key, target === undefined ? { ...base, isFirst } : { ...base, isFirst, target });
      }
    }
    return [...found.values()];
  }

  function learn({ id, mergedAt, authorship, pods }: ChangeFact, commits: readonly Told[]): void {
    const target: Target = { id, mergedAt, authorship, pods };
    for (const commit of commits) {
      const prefix = commit.id.slice(0, 7);
      bySha.set(prefix, { id: commit.id, target, before: bySha.get(prefix) });
      // What is kept must not keep the whole message.
      const subject = ownText(subjectOf(commit.message).slice(0, 300));
      bySubject.set(subject, target);
      bySubject.set(withoutRequest(subject), target);
      const request = /\(#(\d+)\)$/.exec(subject)?.[1] ?? /^Merge pull request #(\d+) /.exec(subject)?.[1];
      if (request !== undefined) byRequest.set(request, target);
    }
  }
  function rewritten(target: Target, { id, mergedAt, begunAt, pods }: ChangeFact): CorrectionFact | undefined {
    if (corrected.has(target.id)) return undefined;
    corrected.add(target.id);
    const found = { how: 'rewrite', isFirst: true, target, resolvedBy: 'sha' } as const;
    return { kind: 'correction', id, at: mergedAt, begunAt, ...found, pods };
  }
  return { of, learn, rewritten, state };
}

function startingWith(sha: string, last: Learned | undefined): readonly Target[] {
  const found: Target[] = [];
  for (let one = last; one !== undefined; one = one.before) if (one.id.startsWith(sha)) found.push(one.target);
  return found;
}

function isMeant({ id, message }: Told, { sha, subject }: Named): boolean {
  return sha === undefined ? subject === subjectOf(message) : id.startsWith(sha);
}

function namedIn(message: string): readonly Named[] {
  const subject = subjectOf(message);
  const reverts = revertsIn(message, subject);
  return [...reverts, ...fixesIn(message, subject)];
}

function revertsIn(message: string, subject: string): readonly Named[] {
  if (!/revert/i.test(message) && !/^reapply /i.test(subject)) return [];
  const quoted = /^(?:Revert|Reapply) "(.*)"(?: \(#\d+\))?$/.exec(subject)?.[1];
  const named = quoted === undefined ? {} : { subject: quoted };
  const body = bodyLinesOf(message).join('\n');
  const text = /^(?:\* )?This reverts commits? ((?:[0-9a-f]{7,40}[,. ]*(?:\s+and\s+)?\s*)+)/gim;
  const shas = [...body.matchAll(text)].flatMap(([, list = '']) => list.match(/\b[0-9a-f]{7,40}\b/g) ?? []);
  const request = /^Reverts [\w.-]+\/[\w.-]+#(\d+)/m.exec(body)?.[1];
  if (shas.length > 0) return shas.map((sha) => ({ how: 'revert', sha, ...(shas.length === 1 ? named : {}) }));
  if (request !== undefined) return [{ how: 'revert', pullRequest: request, ...named }];
  return quoted === undefined ? [] : [{ how: 'revert', ...named }];
}

/** `Fixes: <sha> ("subject")` and `fixup! subject`; an issue's number names no commit. */
function fixesIn(message: string, subject: string): readonly Named[] {
  const fixup = /^(?:fixup|squash|amend)! (.+)$/.exec(subject)?.[1];
  const form = /^Fixes:? ([0-9a-f]{7,40})\b(?: \(['"“](.*)['"”]\))?/i;
  const found = bodyLinesOf(message).flatMap((line): readonly Named[] => {
    const [, sha, title] = form.exec(line.trim()) ?? [];
    // Seven digits may be an issue's number; a name has a letter nearly always.
    if (sha === undefined || !/[a-f]/.test(sha)) return [];
    return [{ how: 'fix', sha, ...(title === undefined ? {} : { subject: title }) }];
  });
  return fixup === undefined ? found : [...found, { how: 'fix', subject: fixup }];
}

/** A message that says to mend something, named or not: "fix: ...", "Fix the ...", "Revert ...". */
export function isMending(message: string): boolean {
  const subject = subjectOf(message);
  return isRevertSubject(subject) || /^(?:\S+: ?)?(?:bug|hot)?fix(?:e[sd])?\b/i.test(subject);
}

function isRevertSubject(subject: string): boolean {
  return /^(?:\S+: ?)?(?:revert|reapply)\b/i.test(subject);
}

function withoutRequest(subject: string): string {
  return subject.replace(/ \(#\d+\)$/, '');
}
