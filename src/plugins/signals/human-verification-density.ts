import {
  conventionShare,
  isHasty,
  isReviewed,
  isWork,
  looksAt,
  needsForge,
  placeOfWork,
} from '../../core/signal/changes.ts';
import type { ChangeFact } from '../../core/signal/fact.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';

interface State {
  all: number;
  reviewed: number;
  /** Verifications by their weights, and changes that had one of full weight. */
  weight: number;
  seen: number;
}

const fewest = 8;
/** An approval that is faster than reading. */
const hasty = 0.5;

/** How often a human checks work before others rely on it. */
export const humanVerificationDensity = signal<State>({
  id: 'human-verification-density',
  title: 'Human verification density',
  summary: 'How many independent human checks a merged change had, by their weight.',
  lifecycle: 'experimental',
  definition: 'Weighted number of independent human verifications per merged change, before the merge.',
  formula:
    'sum of weights / changes that people or agents wrote; each other human once: 1, approved at over 200 lines an hour 0.5, comments to an agent 0, a bare merge of 50 lines or more within 5 minutes 0',
  citation: '[F]; the pace is that of McIntosh et al. 2014, MSR, and Kemerer & Paulk 2009, IEEE TSE 35:4',
  unit: 'ratio',
  worse: 'lower',
  raisedBy: 'reviews by more people, on record, at a pace at which one can read',
  loweredBy: 'work merged by its author, hasty approvals, steering an agent instead of looking at its result',
  cannotSee:
    'checks that git does not record; whether what git-appraise keeps was said before the merge; how well somebody looked; attestations of claims, which no signal reads yet',
  beside: { seen: 'share of changes with at least one verification of full weight' },
  place: placeOfWork,
  run: {
    empty: () => ({ all: 0, reviewed: 0, weight: 0, seen: 0 }),
    add(state, fact) {
      if (!isWork(fact)) return state;
      const weights = weightsOf(fact);
      state.all += 1;
      state.reviewed += isReviewed(fact) ? 1 : 0;
      state.weight += weights.reduce((sum, weight) => sum + weight, 0);
      state.seen += weights.includes(1) ? 1 : 0;
      return state;
    },
    merge(into, other) {
      for (const part of ['all', 'reviewed', 'weight', 'seen'] as const) into[part] += other[part];
      return into;
    },
    read({ all, reviewed, weight, seen }) {
      if (reviewed < conventionShare * all) return { state: 'not-observable', needs: needsForge };
      if (all < fewest) return notEnough(all, fewest);
      return { state: 'measured', value: weight / all, n: all, among: all, beside: { seen: seen / all } };
    },
  },
});

/** One per human: an objection or a remark is a look whatever its pace. */
function weightsOf(change: ChangeFact): readonly number[] {
  if (!isReviewed(change)) return [];
  const isFast = isHasty(change) === true;
  const looks = looksAt(change);
  return [...new Set(looks.map(({ by }) => by))].map((person) => {
    const only = looks.filter(({ by }) => by === person).every(({ voice }) => voice === 'approves');
    return only && isFast ? hasty : 1;
  });
}
