import type { Fact, SpreadFact } from './fact.ts';
import { type Fold, notEnough, type Place } from './signal.ts';
import { day } from './week.ts';

/** Fewer weeks say little of a window. */
const fewest = 4;

/** Sums over 60 days overlap from week to week: weeks of the same 60 days stand and fall together. */
export function placeOfSpread(fact: Fact): Place | undefined {
  if (fact.kind !== 'spread') return undefined;
  return { at: fact.week, cluster: `spread ${Math.floor(fact.week / (60 * day))}` };
}

interface Weeks {
  sum: number;
  weeks: number;
}

/** The mean over the weeks that closed with something merged. Undefined: a week that says nothing. */
export function weeklyMean(valueOf: (fact: SpreadFact) => number | undefined): Fold<Weeks> {
  return {
    empty: () => ({ sum: 0, weeks: 0 }),
    add(state, fact) {
      const value = fact.kind === 'spread' ? valueOf(fact) : undefined;
      if (value === undefined) return state;
      state.sum += value;
      state.weeks++;
      return state;
    },
    merge(into, { sum, weeks }) {
      into.sum += sum;
      into.weeks += weeks;
      return into;
    },
    read: ({ sum, weeks }) =>
      weeks < fewest ? notEnough(weeks, fewest, 'weeks') : { state: 'measured', value: sum / weeks, n: weeks },
    readWeek: ({ sum, weeks }) => (weeks === 0 ? undefined : { value: sum / weeks, n: weeks }),
  };
}
