import { daysOpen, isWork, placeOfWork, type SizeClass, sizeClasses, sizeClassOf } from '../../core/signal/changes.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { mergeSketch, note, quantileOf, type Sketch, sizeOf, weeklyMedian } from '../../core/signal/sketch.ts';

const fewest = 8;

type State = Readonly<Record<SizeClass, Sketch>>;

/** How long a branch waits to be merged. */
export const decisionLatency = signal<State>({
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
  beside: {
    p85: 'days within which 85 of 100 are merged',
    small: 'median days of changes of less than 50 lines, if there are 8',
    medium: 'of 50 to 400 lines',
    large: 'of more than 400 lines',
  },
  place: (fact) => (isWork(fact) && daysOpen(fact) !== undefined ? placeOfWork(fact) : undefined),
  run: {
    adds: true,
    empty: nothing,
    add(state, fact) {
      const days = isWork(fact) ? daysOpen(fact) : undefined;
      if (days !== undefined && isWork(fact)) note(state[sizeClassOf(fact)], days);
      return state;
    },
    merge(into, other) {
      for (const each of sizeClasses) mergeSketch(into[each], other[each]);
      return into;
    },
    read(state) {
      const all = together(state);
      const [n, value] = [sizeOf(all), quantileOf(all, 0.5)];
      return n < fewest || value === undefined ? notEnough(n, fewest) : { state: 'measured', value, n };
    },
    beside: (state) => ({ p85: quantileOf(together(state), 0.85) ?? 0, ...mediansOf(state) }),
    lean: (state) => ({ ...nothing(), unsized: together(state) }),
    readWeek: (state) => weeklyMedian(together(state)),
  },
});

function nothing(): State {
  return { small: new Map(), medium: new Map(), large: new Map(), unsized: new Map() };
}

function together(state: State): Sketch {
  return sizeClasses.reduce((all, each) => mergeSketch(all, state[each]), new Map<number, number>());
}

function mediansOf(state: State): Readonly<Record<string, number>> {
  const found = (['small', 'medium', 'large'] as const).flatMap((each) => {
    const median = quantileOf(state[each], 0.5);
    return sizeOf(state[each]) < fewest || median === undefined ? [] : [[each, median] as const];
  });
  return Object.fromEntries(found);
}
