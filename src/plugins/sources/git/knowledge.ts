import type { KnowledgeFact } from '../../../core/signal/fact.ts';
import { day } from '../../../core/signal/week.ts';
import type { CommitSigns } from './close-change.ts';
import type { FileChange } from './commit.ts';
import type { Identities } from './identity.ts';
import { reviewsBy } from './reviews.ts';
import type { Scope } from './scope.ts';
import { authorsOf, type Deeds, type FileHistory, liveAuthorsOf, truckFactor } from './truck-factor.ts';

/** Weights fade by e in 90 days, and end after 547 (Jabrayilzade et al. 2022). */
const fading = 90;
const live = 547;

/** What happened to one path, whoever had it: the file of today may be one of several. */
interface PathHistory {
  readonly people: Map<string, Done>;
  readonly others: { changes: number; readonly commits: number[] };
  /** Paths that it was renamed from. */
  readonly from: Set<string>;
}

/** What one person did to one path; times, of what is not too old to count, are weighed when reading ends. */
interface Done {
  added: boolean;
  changes: number;
  /** When last; 0: never, or too long ago to count. */
  addedAt: number;
  readonly commits: number[];
  readonly reviews: number[];
}

export type KnowledgeState = Map<string, PathHistory>;

export interface SourceFile {
  readonly path: string;
  readonly pods: readonly string[];
}

export interface Knowing {
  /** Each commit of the history, with its files; merges count nothing. */
  learn(signs: CommitSigns): void;
  /** `files`: source files that are there at the end. */
  facts(files: readonly SourceFile[], scopes: readonly Scope[]): readonly KnowledgeFact[];
  readonly state: KnowledgeState;
}

/** Follows who added, changed and reviewed what. Bounded by paths and the people who touched each. */
export function knowing(identities: Identities, asOf: number, kept?: KnowledgeState): Knowing {
  const paths = kept ?? new Map<string, PathHistory>();

  function pathAt(path: string): PathHistory {
    const found = paths.get(path);
    if (found !== undefined) return found;
    const begun: PathHistory = { people: new Map(), others: { changes: 0, commits: [] }, from: new Set() };
    paths.set(path, begun);
    return begun;
  }
  function weightOf(at: number): number {
    const days = Math.max(0, asOf - at) / day;
    return days > live ? 0 : Math.exp(-days / fading);
  }
  function learn({ commit, reviewers: told }: CommitSigns): void {
    if (commit.parents.length > 1 || commit.files.length === 0) return;
    const { author } = commit;
    const { id, kind } = identities.of(author.name, author.email);
    const reviews = reviewsBy(told, { writers: [author], named: [] }, identities);
    const reviewers = reviews.filter(({ byKind }) => byKind === 'human').map(({ by }) => by);
    const at = weightOf(author.at) > 0 ? author.at : undefined;
    for (const file of commit.files) {
      if (!matters(file)) continue;
      const history = pathAt(file.path);
      if (file.oldPath !== undefined) history.from.add(file.oldPath);
      if (kind === 'human') note(doneBy(history, id), file, at);
      else addOther(history, file, at);
      for (const reviewer of reviewers) noteReview(doneBy(history, reviewer), at);
    }
  }
  const weigh = (times: readonly number[]): number => times.reduce((sum, at) => sum + weightOf(at), 0);
  function weighed({ people, others }: PathHistory): FileHistory {
    const deeds = [...people].map(([person, { added, changes, addedAt, commits, reviews }]): [string, Deeds] => {
      const own = weightOf(addedAt);
      return [person, { added, changes, own, commits: weigh(commits), reviews: weigh(reviews) }];
    });
    return { people: new Map(deeds), others: { changes: others.changes, commits: weigh(others.commits) } };
  }
  function facts(files: readonly SourceFile[], scopes: readonly Scope[]): readonly KnowledgeFact[] {
    const known = files.flatMap(({ path, pods }) => {
      const history = wholeHistory(paths, path, weighed);
      return history === undefined ? [] : [{ pods, history, authors: authorsOf(history) }];
    });
    return scopes.map((scope) => {
      const mine = known.filter((file) => scope.has(file));
      const alive = mine.map(({ history }) => history).filter(isLive);
      return {
        kind: 'knowledge',
        at: asOf,
        ...(mine.length === 0 ? {} : { truckFactor: truckFactor(mine.map(({ authors }) => authors)) }),
        ...(alive.length === 0 ? {} : { liveTruckFactor: truckFactor(alive.map(liveAuthorsOf)) }),
        files: mine.length,
        liveFiles: alive.length,
        pods: scope.id === undefined ? [] : [scope.id],
      };
    });
  }
  return { learn, facts, state: paths };
}

function matters({ status, what }: FileChange): boolean {
  return what === 'file' && (status === 'added' || status === 'modified' || status === 'renamed');
}

/** `at`: undefined where it is too long ago to count. */
function note(done: Done, { status }: FileChange, at: number | undefined): void {
  if (status === 'added') {
    done.added = true;
    done.addedAt = Math.max(done.addedAt, at ?? 0);
  } else done.changes++;
  if (at !== undefined) done.commits.push(at);
}

function noteReview({ reviews }: Done, at: number | undefined): void {
  if (at !== undefined) reviews.push(at);
}

function addOther({ others }: PathHistory, { status }: FileChange, at: number | undefined): void {
  if (status !== 'added') others.changes++;
  if (at !== undefined) others.commits.push(at);
}

function doneBy({ people }: PathHistory, person: string): Done {
  const found = people.get(person);
  if (found !== undefined) return found;
  const begun: Done = { added: false, changes: 0, addedAt: 0, commits: [], reviews: [] };
  people.set(person, begun);
  return begun;
}

/** Together with all that happened to the paths that it was renamed from, and these from. */
function wholeHistory(
  paths: ReadonlyMap<string, PathHistory>,
  path: string,
  weighed: (history: PathHistory) => FileHistory,
): FileHistory | undefined {
  const reached = new Set([path]);
  for (const one of reached) for (const before of paths.get(one)?.from ?? []) reached.add(before);
  const found = [...reached].flatMap((one) => paths.get(one) ?? []).map(weighed);
  const [only] = found;
  if (only === undefined || found.length === 1) return only;
  const people = new Map<string, Deeds>();
  const others = { changes: 0, commits: 0 };
  for (const history of found) {
    for (const [person, deeds] of history.people) people.set(person, joined(people.get(person), deeds));
    others.changes += history.others.changes;
    others.commits += history.others.commits;
  }
  return { people, others };
}

function joined(one: Deeds | undefined, other: Deeds): Deeds {
  if (one === undefined) return other;
  return {
    added: one.added || other.added,
    changes: one.changes + other.changes,
    own: Math.max(one.own, other.own),
    commits: one.commits + other.commits,
    reviews: one.reviews + other.reviews,
  };
}

function isLive({ people, others }: FileHistory): boolean {
  return others.commits > 0 || [...people.values()].some(({ commits }) => commits > 0);
}
