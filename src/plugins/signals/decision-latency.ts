import { daysOpen, isWork, placeOfWork } from '../../core/signal/changes.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { mergeSketch, note, quantileOf, type Sketch, sizeOf, weeklyMedian } from '../../core/signal/sketch.ts';

const fewest = 8;

/** How long a branch waits to be merged. */
export const decisionLatency = signal<Sketch>({
  id: 'decision-latency',
  title: 'Decision latency',
  summary: 'How long work is open before it is merged.',
  lifecycle: 'experimental',
  definition: 'Median days from putting a change up, or the first commit of its branch, to its merge.',
  formula:
    'median of (merged - put up for review, or else earliest author date) over recorded reviews and merge commits',
  citation: '[F]; quantiles by Masson, Rim & Lee 2019, VLDB 12 (to 1 %)',
  unit: 'days',
  worse: 'higher',
  raisedBy: 'waiting for reviews, long-lived branches, late rebases',
  loweredBy: 'small changes, quick answers',
  cannotSee: 'squash merges and direct pushes show no opening; what was given up is not in the history',
  beside: { p85: 'days within which 85 of 100 are merged' },
  place: (fact) => (isWork(fact) && daysOpen(fact) !== undefined ? placeOfWork(fact) : undefined),
  run: {
    empty: () => new Map(),
    add(state, fact) {
      const days = isWork(fact) ? daysOpen(fact) : undefined;
      return days === undefined ? state : note(state, days);
    },
    merge: mergeSketch,
    read(state) {
      const n = sizeOf(state);
      const [value, p85] = [quantileOf(state, 0.5), quantileOf(state, 0.85)];
      if (n < fewest || value === undefined || p85 === undefined) return notEnough(n, fewest);
      return { state: 'measured', value, n, beside: { p85 } };
    },
    readWeek: weeklyMedian,
  },
});
