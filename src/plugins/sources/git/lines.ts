import type { ChangeFact, CorrectionFact, LineEnd, LinesBornFact, LinesDiedFact } from '../../../core/signal/fact.ts';
import { day } from '../../../core/signal/week.ts';
import type { FileChange, Hunk, ParsedCommit } from './commit.ts';
import type { Target } from './named-changes.ts';
import { applied, type Gone, type Runs, unknown, unknownRuns } from './line-runs.ts';
import type { PathKind } from './path-kind.ts';

/** A change whose lines go so soon was written anew; of fewer lines nothing is said: a version's number goes, too. */
const soon = 30 * day;
const fewestLines = 10;

export interface Following {
  readonly kindOf: (path: string) => PathKind;
  /** The history is cut off: what its first commits add is older than they are. */
  readonly isCutOff: boolean;
  readonly rewritten: (target: Target, by: ChangeFact) => CorrectionFact | undefined;
  /** The change at this place of the line. */
  readonly changeAt: (place: number) => Pick<Target, 'id' | 'mergedAt'>;
}

export interface LineTracker {
  /** What a change did to lines. */
  follow(change: ChangeFact, commit: ParsedCommit, intent: Intent): readonly LineFact[];
  state(): LinesState;
}

/** What a change was made for. */
interface Intent {
  /** It takes something back or mends it. */
  readonly isCorrective: boolean;
  /** The repository has `git blame` ignore it, or something that it brought in: lines of both are not told apart. */
  readonly isFormatting: boolean;
}

export interface LinesState {
  readonly files: Map<string, Runs>;
  readonly works: readonly Work[];
  /** By change, in order: whose it was (a place among works), how many lines it added, and how many of them were gone soon. */
  readonly workOf: Float64Array;
  readonly born: Float64Array;
  readonly goneSoon: Float64Array;
}

/** Whose changes are: a few for all of them. */
type Work = Pick<Target, 'authorship' | 'pods'>;

type LineFact = LinesBornFact | LinesDiedFact | CorrectionFact;
const causes: readonly LineEnd[] = ['corrective', 'adaptive', 'deletion'];
const ends: readonly Pick<LinesDiedFact, 'cause' | 'isReformatted'>[] = causes.flatMap((cause) => [
  { cause },
  { cause, isReformatted: true },
]);

/** Follows lines along the first-parent line: memory is that of the files as they are, in runs, and a little per change. */
export function lineTracker({ kindOf, isCutOff, rewritten, changeAt }: Following, kept?: LinesState): LineTracker {
  const files = kept?.files ?? new Map<string, Runs>();
  const works = workTable(kept?.works);
  const [workOf, born, goneSoon] = [listOf(kept?.workOf), listOf(kept?.born), listOf(kept?.goneSoon)];

  function targetAt(place: number): Target | undefined {
    const work = works.all[workOf[place] ?? -1];
    return work === undefined ? undefined : { ...changeAt(place), ...work };
  }
  function follow(change: ChangeFact, commit: ParsedCommit, intent: Intent): readonly LineFact[] {
    const { id, mergedAt, authorship, pods } = change;
    const index = workOf.length;
    workOf.push(works.placeOf({ authorship, pods }));
    const tally = lineTally();
    const ownOrigin = isCutOff && commit.parents.length === 0 ? unknown : index;
    if (commit.depth === 'hunks') followFiles(commit.files, ownOrigin, intent, tally);
    else loseFiles(commit);
    const births = tally.births();
    const lines = births.reduce((sum, part) => sum + part.lines, 0);
    born.push(lines);
    goneSoon.push(0);
    const all = [...new Set(births.flatMap((part) => part.pods))];
    const parts = births.length > 1 ? { parts: births } : {};
    const fact: LinesBornFact = { kind: 'lines-born', id, at: mergedAt, authorship, lines, pods: all, ...parts };
    return [...(lines > 0 ? [fact] : []), ...deathsOf(change, tally), ...rewrites(change, tally)];
  }

  function followFiles(changed: readonly FileChange[], origin: number, intent: Intent, tally: LineTally): void {
    const before = new Map(changed.map(({ path, oldPath = path }) => [oldPath, files.get(oldPath) ?? unknownRuns]));
    for (const { oldPath } of changed) if (oldPath !== undefined) files.delete(oldPath);
    for (const { path, oldPath = path, status, what, hunks } of changed) {
      const { counts, pods } = kindOf(path);
      // Runs that are not there are unknown: so are binary files, and what was no file or did not count.
      files.delete(path);
      if (!counts || hunks === undefined) continue;
      const isNew = status === 'added' || status === 'retyped';
      const gone: Gone = (from, lines, hunk) => {
        if (from !== unknown) tally.died(from, endBy(hunk, intent), lines, pods);
      };
      const old = before.get(oldPath) ?? unknownRuns;
      // What becomes a link or a submodule loses its lines by the first of its two patches.
      if (what !== 'file' && status === 'retyped') applied(old, hunks.slice(0, 1), origin, gone);
      if (what !== 'file') continue;
      const runs = applied(isNew ? [] : old, hunks, origin, gone);
      if (origin !== unknown) for (const { newLines } of hunks) tally.born(newLines, pods);
      if (status !== 'deleted') files.set(path, runs);
    }
  }

  function loseFiles({ depth, files: changed }: ParsedCommit): void {
    if (depth === 'nothing') files.clear();
    for (const { path, oldPath = path } of changed) for (const one of [path, oldPath]) files.delete(one);
  }

  function deathsOf({ mergedAt }: ChangeFact, tally: LineTally): readonly LinesDiedFact[] {
    return tally.deaths().flatMap(({ origin, end, lines, pods }) => {
      const target = targetAt(origin);
      if (target === undefined) return [];
      const { id, mergedAt: at, authorship } = target;
      return [{ kind: 'lines-died', born: { id, at, authorship }, diedAt: mergedAt, ...end, lines, pods }];
    });
  }

  function rewrites(change: ChangeFact, tally: LineTally): readonly CorrectionFact[] {
    const found: CorrectionFact[] = [];
    for (const { origin, end, lines } of tally.deaths()) {
      const target = targetAt(origin);
      const all = born[origin] ?? 0;
      if (target === undefined || end.isReformatted || change.mergedAt - target.mergedAt > soon) continue;
      const before = goneSoon[origin] ?? 0;
      goneSoon[origin] = before + lines;
      if (all < fewestLines || before > all / 2 || before + lines <= all / 2) continue;
      const fact = rewritten(target, change);
      if (fact !== undefined) found.push(fact);
    }
    return found;
  }
  function state(): LinesState {
    return { files, works: works.all, workOf: copied(workOf), born: copied(born), goneSoon: copied(goneSoon) };
  }
  return { follow, state };
}

const listOf = (kept?: Float64Array): number[] => Array.from(kept ?? []);
const copied = (list: readonly number[]): Float64Array => Float64Array.from(list);

/** A place among ends. */
function endBy({ newLines, isRespaced }: Hunk, { isCorrective, isFormatting }: Intent): number {
  const cause = isCorrective ? 'corrective' : newLines > 0 ? 'adaptive' : 'deletion';
  return 2 * causes.indexOf(cause) + Number(isRespaced || isFormatting);
}

/** Each kind of work once. */
function workTable(kept: readonly Work[] = []) {
  const keyOf = ({ authorship, pods }: Work): string => [authorship, ...pods].join('\0');
  const all = [...kept];
  const places = new Map(all.map((work, place) => [keyOf(work), place]));
  function placeOf(work: Work): number {
    const key = keyOf(work);
    const place = places.get(key) ?? all.push(work) - 1;
    places.set(key, place);
    return place;
  }
  return { all, placeOf };
}

type LineTally = ReturnType<typeof lineTally>;

interface Sum {
  readonly pods: readonly string[];
  born: number;
  /** Lines by origin and end. */
  readonly died: Map<number, number>;
}

/** What one change did to lines, for each set of pods. */
function lineTally() {
  const sums = new Map<string, Sum>();
  function of(pods: readonly string[]): Sum {
    const key = pods.join('\0');
    const found = sums.get(key) ?? { pods, born: 0, died: new Map<number, number>() };
    sums.set(key, found);
    return found;
  }
  function deaths() {
    return [...sums.values()].flatMap(({ pods, died }) =>
      [...died].map(([key, lines]) => {
        const end = ends[key % ends.length] ?? { cause: 'adaptive' };
        return { origin: Math.floor(key / ends.length), end, lines, pods };
      }),
    );
  }
  return {
    born: (lines: number, pods: readonly string[]) => void (of(pods).born += lines),
    died(origin: number, end: number, lines: number, pods: readonly string[]): void {
      const { died } = of(pods);
      const key = origin * ends.length + end;
      died.set(key, (died.get(key) ?? 0) + lines);
    },
    deaths,
    births: () => [...sums.values()].flatMap(({ pods, born: lines }) => (lines > 0 ? [{ lines, pods }] : [])),
  };
}
