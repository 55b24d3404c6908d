import type { CorrectionFact } from '../../../core/signal/fact.ts';
import { ownText } from './text.ts';
import { subjectOf } from './trailers.ts';

/** How a message names what it takes back or mends. */
export interface Named {
  readonly how: CorrectionFact['how'];
  readonly sha?: string;
  readonly subject?: string;
  readonly pullRequest?: string;
  /** `12-branch`: a number alone may be that of a fork. */
  readonly branch?: string;
}

export interface Told {
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

export interface NamedState {
  readonly bySha: Map<string, Learned>;
  readonly bySubject: Map<string, Target>;
  /** By subjects that end with a pull request's number, without it. */
  readonly byTitle: Map<string, Target>;
  /** By number, and of a merge by number and branch. */
  readonly byRequest: Map<string, Target>;
}

export interface NamedChanges {
  find(named: Named): readonly [Target | undefined, CorrectionFact['resolvedBy']];
  /** Later changes may name this one, or one of the commits that it stands for. */
  learn(target: Target, commits: readonly Told[]): void;
  state(): NamedState;
}

interface Lesson {
  readonly target: Target;
  readonly commits: readonly { readonly id: string; readonly subject: string }[];
}

/** Changes by name, subject and pull request. What was kept is large, and asked for when something is sought: few messages name a change. */
export function namedChanges(kept: () => NamedState = nothing): NamedChanges {
  let state: NamedState | undefined;
  const lessons: Lesson[] = [];

  function known(): NamedState {
    state ??= kept();
    for (const lesson of lessons.splice(0)) take(state, lesson);
    return state;
  }
  function find({ sha, subject, pullRequest, branch }: Named): ReturnType<NamedChanges['find']> {
    const { bySha, bySubject, byTitle, byRequest } = known();
    if (sha !== undefined) {
      const [fitting, ...others] = startingWith(sha, bySha.get(sha.slice(0, 7)));
      if (others.length === 0 && fitting !== undefined) return [fitting, 'sha'];
    }
    const request = byRequest.get(pullRequest ?? branch ?? '');
    if (request !== undefined) return [request, 'pull-request'];
    if (subject === undefined) return [undefined, 'nothing'];
    // A number that is given is not that of a change with another one.
    const numbered = pullRequest === undefined ? byTitle.get(subject) : undefined;
    const titled = later(bySubject.get(subject), numbered) ?? bySubject.get(withoutRequest(subject));
    return titled === undefined ? [undefined, 'nothing'] : [titled, 'subject'];
  }
  function learn(target: Target, told: readonly Told[]): void {
    lessons.push({ target, commits: told.map(({ id, message }) => ({ id, subject: subjectIn(message) })) });
    if (state !== undefined) known();
  }
  return { find, learn, state: known };
}

/** What is kept must not keep the whole message. */
function subjectIn(message: string): string {
  return ownText(subjectOf(message).slice(0, 300));
}

function nothing(): NamedState {
  return { bySha: new Map(), bySubject: new Map(), byTitle: new Map(), byRequest: new Map() };
}

function take({ bySha, bySubject, byTitle, byRequest }: NamedState, { target, commits }: Lesson): void {
  for (const { id, subject } of commits) {
    const prefix = id.slice(0, 7);
    bySha.set(prefix, { id, target, before: bySha.get(prefix) });
    bySubject.set(subject, target);
    const title = withoutRequest(subject);
    if (title !== subject) byTitle.set(title, target);
    const [, merged, branch] = /^Merge pull request #(\d+) (?:from [^\s/]+\/(\S+))?/.exec(subject) ?? [];
    const request = /\(#(\d+)\)$/.exec(subject)?.[1] ?? merged;
    if (request !== undefined) byRequest.set(request, target);
    if (branch !== undefined) byRequest.set(`${merged}-${branch}`, target);
  }
}

function startingWith(sha: string, last: Learned | undefined): readonly Target[] {
  const found: Target[] = [];
  for (let one = last; one !== undefined; one = one.before) if (one.id.startsWith(sha)) found.push(one.target);
  return found;
}

function later(one: Target | undefined, other: Target | undefined): Target | undefined {
  return one === undefined || (other !== undefined && other.mergedAt > one.mergedAt) ? other : one;
}

function withoutRequest(subject: string): string {
  return subject.replace(/ \(#\d+\)$/, '');
}
