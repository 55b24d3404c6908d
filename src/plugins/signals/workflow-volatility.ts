import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { logSpread, mergeSketch, momentsOf, note, quantilesOf, type Sketch, sizeOf } from '../../core/signal/sketch.ts';
import { count, mergeTally, type Tally } from '../../core/signal/tally.ts';
import { day, weekOf } from '../../core/signal/week.ts';

interface State {
  /** Days from the first author date to the merge, of changes that show one, and how many changes there are. */
  readonly flow: Sketch;
  changes: number;
  /** Days between one change and the next. */
  readonly gaps: Sketch;
  readonly weeks: Tally<number>;
}

const fewest = 12;
/** A commit is written before it is committed; less than this is no waiting. */
const leastFlow = 1 / 24 / 60;
/** Of so many of the changes at least git must tell begin from merge. */
const tellsApart = 0.5;
/** What is done within a day did not wait: shorter times differ by how somebody commits, and a ratio of them explodes. */
const unhurried = 1;
const needs = 'changes whose writing and merging git tells apart (most are committed as they are merged); or a forge';

/** How unsteady the flow of work is. */
export const workflowVolatility = signal<State>({
  id: 'workflow-volatility',
  title: 'Workflow volatility',
  summary: 'How far slow changes lie behind ordinary ones.',
  lifecycle: 'experimental',
  definition:
    'How many times longer the slow changes (85th percentile) take from begin to merge than the middle one, or than a day where that took less.',
  formula:
    'P85 / max(P50, 1 day) of (merged - earliest author date), of changes that took a minute or more, where these are half of all',
  citation: 'ratio and its floor of a day [F]; burstiness: Kim & Jo 2016, Phys. Rev. E 94; Fano 1947, Phys. Rev. 72',
  unit: 'ratio',
  worse: 'higher',
  raisedBy: 'a few changes that wait for days or weeks, stop-and-go work',
  loweredBy: 'changes of similar size that are answered at a similar pace',
  cannotSee: 'work in progress; a change of the mean looks like volatility',
  beside: {
    middle: 'days that the middle one took',
    slow: 'days within which 85 of 100 were merged',
    logSd: 'standard deviation of the logarithm of flow time, by its median absolute deviation',
    burstiness: 'of the gaps between changes, -1 regular, 0 random, 1 bursty; 12 changes at least',
    fano: 'variance / mean of weekly counts; weeks without a change are missing, not zero',
  },
  place: placeOfWork,
  run: {
    adds: true,
    empty: () => ({ changes: 0, flow: new Map(), gaps: new Map(), weeks: new Map() }),
    add(state, fact) {
      if (!isWork(fact)) return state;
      const days = (fact.mergedAt - fact.begunAt) / day;
      state.changes++;
      if (days >= leastFlow) note(state.flow, days);
      if (fact.sincePrevious !== undefined) note(state.gaps, fact.sincePrevious / day);
      count(state.weeks, weekOf(fact.mergedAt));
      return state;
    },
    merge(into, other) {
      into.changes += other.changes;
      mergeSketch(into.flow, other.flow);
      mergeSketch(into.gaps, other.gaps);
      mergeTally(into.weeks, other.weeks);
      return into;
    },
    lean: ({ changes, flow }) => ({ changes, flow, gaps: new Map(), weeks: new Map() }),
    read({ changes, flow }) {
      const n = sizeOf(flow);
      if (changes >= fewest && n < tellsApart * changes) return { state: 'not-observable', needs };
      if (n < fewest) return notEnough(n, fewest);
      const [middle = 0, slow = 0] = quantilesOf(flow, [0.5, 0.85]);
      return { state: 'measured', value: slow / Math.max(middle, unhurried), n };
    },
    beside({ flow, gaps, weeks }) {
      const [middle = 0, slow = 0] = quantilesOf(flow, [0.5, 0.85]);
      return { middle, slow, logSd: logSpread(flow) ?? 0, ...burstinessOf(gaps), ...fanoOf([...weeks.values()]) };
    },
  },
});

/** Kim & Jo 2016, eq. 20: free of the bias that few events bring; n = gaps + 1. */
function burstinessOf(gaps: Sketch): { readonly burstiness?: number } {
  const n = sizeOf(gaps) + 1;
  if (n < fewest) return {};
  const { mean, sd } = momentsOf(gaps);
  const r = sd / mean;
  const [above, below] = [Math.sqrt(n + 1), Math.sqrt(n - 1)];
  return { burstiness: (above * r - below) / ((above - 2) * r + below) };
}

function fanoOf(counts: readonly number[]): { readonly fano?: number } {
  if (counts.length < 2) return {};
  const mean = counts.reduce((sum, each) => sum + each, 0) / counts.length;
  const variance = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (counts.length - 1);
  return { fano: variance / mean };
}
