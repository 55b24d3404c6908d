import type { Fact } from './fact.ts';
import type { Place } from './signal.ts';

/** Fewer changes that added lines say nothing, however many lines these were. */
export const lineClusters = 8;

/** Lines count where they were added; what bots alone wrote is nobody's work. */
export function placeOfLines(fact: Fact): Place | undefined {
  if (fact.kind === 'lines-born' && fact.authorship !== 'bot') return { at: fact.at, cluster: fact.id };
  if (fact.kind !== 'lines-died' || fact.born.authorship === 'bot') return undefined;
  return { at: fact.born.at, cluster: fact.born.id };
}
