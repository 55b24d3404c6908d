import type { Fact } from './fact.ts';
import type { Estimate, Place } from './signal.ts';

/** Fewer changes that added lines say nothing, however many lines these were. */
export const lineClusters = 8;

/** Lines count where they were added; what bots alone wrote is nobody's work. */
export function placeOfLines(fact: Fact): Place | undefined {
  if (fact.kind === 'lines-born' && fact.authorship !== 'bot') return { at: fact.at, cluster: fact.id };
  if (fact.kind !== 'lines-died' || fact.born.authorship === 'bot') return undefined;
  return { at: fact.born.at, cluster: fact.born.id };
}

/** Lines that changes added, and the squares of how many each added. */
export interface LineSizes {
  readonly lines: number;
  readonly squares: number;
}

/**
 * Lines of a change stand and fall together, so changes are what was seen: as many as would tell as much were they of one
 * size (Kish 1965, "Survey Sampling", 11.7).
 */
export function worthInChanges({ lines, squares }: LineSizes): Pick<Estimate, 'among'> {
  return { among: squares > 0 ? lines ** 2 / squares : 0 };
}
