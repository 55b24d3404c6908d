import type { ChangeFact, Fact } from './fact.ts';
import type { Place } from './signal.ts';
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

function isRubberStamp({ size, begunAt, mergedAt }: ChangeFact): boolean {
  return size !== undefined && size.added + size.deleted >= stampLines && mergedAt - begunAt <= stampTime;
}

/** Somebody else looked: a human who is not among the authors, and not by merging it unseen. */
export function isReviewed(change: ChangeFact): boolean {
  const seen = change.reviews.filter(({ byKind, by }) => byKind === 'human' && !change.authors.includes(by));
  return seen.some(({ from }) => from !== 'merge') || (seen.length > 0 && !isRubberStamp(change));
}

/** Open time of a merged branch, in days; undefined where git shows no opening. */
export function daysOpen({ form, begunAt, mergedAt }: ChangeFact): number | undefined {
  return form === 'merge' ? Math.max(0, mergedAt - begunAt) / day : undefined;
}

/** Of an observed convention of reviews: at least this share of the changes of a window shows one. */
export const conventionShare = 0.1;
export const needsForge = 'a forge (GitHub, GitLab, Gerrit): this history keeps no record of reviews';
