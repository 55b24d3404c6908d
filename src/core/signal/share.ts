import type { Fact } from './fact.ts';
import { type Absence, type Fold, notEnough, type Sample } from './signal.ts';

export interface Share {
  hits: number;
  all: number;
}

/** Fewer say nothing of a share. */
const fewest = 8;

/**
 * A share of what counts. `judge`: of how many it is one (0: it only adds a hit, to one that counts elsewhere), and how
 * many hits it is; undefined: it does not count.
 */
export function shareFold(
  judge: (fact: Fact) => { readonly hits: number; readonly all: number } | undefined,
  refuse: (share: Share) => Absence | undefined = () => undefined,
): Fold<Share> {
  return {
    empty: () => ({ hits: 0, all: 0 }),
    add(state, fact) {
      const judged = judge(fact);
      state.hits += judged?.hits ?? 0;
      state.all += judged?.all ?? 0;
      return state;
    },
    merge(into, other) {
      into.hits += other.hits;
      into.all += other.all;
      return into;
    },
    read: (state) => refuse(state) ?? shareOf(state),
    readWeek: weeklyShare,
  };
}

/** Few are enough for one week of many: its count goes with it. */
export function weeklyShare({ hits, all }: Share): Sample | undefined {
  return all > 0 ? { value: Math.min(1, hits / all), n: all } : undefined;
}

export function shareOf({ hits, all }: Share): ReturnType<Fold<Share>['read']> {
  if (all < fewest) return notEnough(all, fewest);
  const counted = Number.isInteger(hits) ? { isCounted: true as const } : {};
  return { state: 'measured', value: Math.min(1, hits / all), n: all, ...counted };
}

export function yes(is: boolean): { readonly hits: number; readonly all: number } {
  return { hits: is ? 1 : 0, all: 1 };
}
