import type { ChangeFact, Fact, ReviewFact } from './fact.ts';
import type { Place } from './signal.ts';
import { count, mergeTally, type Tally } from './tally.ts';
import { day } from './week.ts';

/** What people and agents changed; what bots alone did is nobody's work. */
export function isWork(fact: Fact): fact is ChangeFact {
  return fact.kind === 'change' && fact.authorship !== 'bot';
}

export function placeOfWork(fact: Fact): Place | undefined {
  return isWork(fact) ? { at: fact.mergedAt, cluster: fact.id } : undefined;
}

/** McIntosh et al. 2014: large, and merged at once. */
const stampLines = 50;
const stampTime = 5 * 60_000;
/** Lines an hour that a reader can take in (Kemerer & Paulk 2009; McIntosh et al. 2014). */
const readable = 200;
const hour = 3_600_000;

export function linesOf({ size }: ChangeFact): number | undefined {
  return size === undefined ? undefined : size.added + size.deleted;
}

/** By lines: where inspection begins to count (McIntosh et al. 2014), and where it finds little (Cohen et al. 2006). */
export const sizeClasses = ['small', 'medium', 'large', 'unsized'] as const;
export type SizeClass = (typeof sizeClasses)[number];

export function sizeClassOf(change: ChangeFact): SizeClass {
  const lines = linesOf(change);
  if (lines === undefined) return 'unsized';
  return lines < stampLines ? 'small' : lines <= 400 ? 'medium' : 'large';
}

export function isRubberStamp(change: ChangeFact): boolean {
  const begun = Math.min(change.begunAt, change.openedAt ?? Infinity);
  return (linesOf(change) ?? 0) >= stampLines && mergedAt(change) - begun <= stampTime;
}

/** What humans other than its authors said of it; comments to an agent steer its work and are no look at the result. */
export function looksAt({ authorship, authors, reviews }: ChangeFact): readonly ReviewFact[] {
  return reviews.filter(
    ({ byKind, by, voice }) =>
      byKind === 'human' && !authors.includes(by) && (voice !== 'comments' || authorship !== 'agent'),
  );
}

/** Somebody else looked: a human who is not among the authors, and not by merging it unseen. */
export function isReviewed(change: ChangeFact): boolean {
  const seen = looksAt(change);
  return seen.some(({ from }) => from !== 'merge') || (seen.length > 0 && !isRubberStamp(change));
}

/** When it was put up; undefined where git shows no opening. */
function openedAt({ form, begunAt, openedAt: recorded }: ChangeFact): number | undefined {
  return recorded ?? (form === 'merge' ? begunAt : undefined);
}

/** When it was approved last, as far as approvals say when. */
function approvedAt(change: ChangeFact): number | undefined {
  const times = looksAt(change).flatMap(({ voice, at }) => (voice === 'approves' && at !== undefined ? [at] : []));
  return times.length === 0 ? undefined : Math.max(...times);
}

/** A commit that was approved after it was made was merged after that, whatever its own time says. */
function mergedAt(change: ChangeFact): number {
  return Math.max(change.mergedAt, approvedAt(change) ?? 0);
}

/** Days from its opening to its merge; undefined where git shows no opening. */
export function daysOpen(change: ChangeFact): number | undefined {
  const opened = openedAt(change);
  return opened === undefined ? undefined : Math.max(0, mergedAt(change) - opened) / day;
}

/**
 * Approved faster than anybody reads; undefined where size or opening are not known. Small changes never are. A time of
 * approval that is not on record counts as the latest that it can have been.
 */
export function isHasty(change: ChangeFact): boolean | undefined {
  const [lines, opened] = [linesOf(change), openedAt(change)];
  if (lines === undefined || opened === undefined) return undefined;
  const approved = approvedAt(change) ?? change.mergedAt;
  return lines >= stampLines && lines > (readable * Math.max(0, approved - opened)) / hour;
}

/** Of an observed convention of reviews: at least this share of the changes of a window shows one. */
export const conventionShare = 0.1;
export const needsForge = 'a forge (GitHub, GitLab, Gerrit): this history keeps no record of reviews';

/** A fold that counts, of each change by a human or an agent, what is so of it. */
export function countingWork<What extends string>(of: (change: ChangeFact) => readonly What[]) {
  return {
    adds: true,
    empty: (): Tally<What> => new Map(),
    add(state: Tally<What>, fact: Fact): Tally<What> {
      if (isWork(fact)) for (const what of of(fact)) count(state, what);
      return state;
    },
    merge: mergeTally<What>,
  } as const;
}
