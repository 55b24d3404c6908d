import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { betweenShifts, type ByWeek, inOwnUnits, logMedian } from '../../core/signal/shifts.ts';
import {
  countOf,
  type Counted,
  logSpread,
  mergeSketch,
  momentsOf,
  note,
  quantileIn,
  type Sketch,
} from '../../core/signal/sketch.ts';
import { count, mergeTally, type Tally } from '../../core/signal/tally.ts';
import { day, weekOf } from '../../core/signal/week.ts';

interface State {
  changes: number;
  /** By ISO week, days from the first author date to the merge, of changes that show one. */
  readonly flow: Map<number, Sketch>;
  /** By ISO week, days between one change and the one before. */
  readonly gaps: Map<number, Sketch>;
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
    'How many times longer the slow changes (85th percentile) take from begin to merge than the middle one of their time, or than a day where that took less.',
  formula:
    'P85 of t / max(P50, 1 day), t = merged - earliest author date of changes that took a minute or more, where these are half of all; P50 of the weeks between two changes of level (PELT on the logarithm of weekly medians)',
  citation: 'ratio and its floor of a day [F]; burstiness: Kim & Jo 2016, Phys. Rev. E 94; Fano 1947, Phys. Rev. 72',
  unit: 'ratio',
  worse: 'higher',
  raisedBy: 'a few changes that wait for days or weeks, stop-and-go work',
  loweredBy: 'changes of similar size that are answered at a similar pace',
  cannotSee:
    'work in progress; a change of level within ten weeks or of a few weeks alone, which looks like volatility',
  beside: {
    middle: 'days that the middle one took',
    slow: 'days within which 85 of 100 were merged',
    logSd: 'standard deviation of the logarithm of flow time, by its median absolute deviation',
    burstiness:
      'of the gaps between changes, between changes of their number a week: -1 regular, 0 random, 1 bursty; 12 changes at least',
    fano: 'variance / mean of weekly counts, between changes of level; weeks without a change are missing, not zero',
    levels: 'different levels that the middle time had, one after the other',
  },
  place: placeOfWork,
  run: {
    adds: true,
    empty: () => ({ changes: 0, flow: new Map(), gaps: new Map(), weeks: new Map() }),
    add(state, fact) {
      if (!isWork(fact)) return state;
      const [at, days] = [weekOf(fact.mergedAt), (fact.mergedAt - fact.begunAt) / day];
      state.changes++;
      if (days >= leastFlow) note(sketchAt(state.flow, at), days);
      if (fact.sincePrevious !== undefined) note(sketchAt(state.gaps, at), fact.sincePrevious / day);
      count(state.weeks, at);
      return state;
    },
    merge(into, other) {
      into.changes += other.changes;
      other.flow.forEach((sketch, at) => void mergeSketch(sketchAt(into.flow, at), sketch));
      other.gaps.forEach((sketch, at) => void mergeSketch(sketchAt(into.gaps, at), sketch));
      mergeTally(into.weeks, other.weeks);
      return into;
    },
    lean: ({ changes, flow }) => ({ changes, flow, gaps: new Map(), weeks: new Map() }),
    read({ changes, flow }) {
      const ratios = flowRatios(betweenShifts(flow, logMedian));
      const n = countOf(ratios);
      if (changes >= fewest && n < tellsApart * changes) return { state: 'not-observable', needs };
      if (n < fewest) return notEnough(n, fewest);
      return { state: 'measured', value: quantileIn(ratios, 0.85) ?? 0, n };
    },
    beside({ flow, gaps, weeks }) {
      const parts = betweenShifts(flow, logMedian);
      const all = inOwnUnits(parts, () => 1);
      const [middle, slow] = [quantileIn(all, 0.5) ?? 0, quantileIn(all, 0.85) ?? 0];
      const logSd = logSpread(inOwnUnits(parts, medianOf)) ?? 0;
      return { middle, slow, levels: parts.length, logSd, ...burstinessOf(gaps, weeks), ...fanoOf(weeks) };
    },
  },
});

function sketchAt(by: Map<number, Sketch>, at: number): Sketch {
  const found = by.get(at) ?? new Map<number, number>();
  by.set(at, found);
  return found;
}

function medianOf(values: Counted): number {
  return quantileIn(values, 0.5) ?? 0;
}

/** How many times as long as usual at that time. */
function flowRatios(parts: readonly (readonly Sketch[])[]): Counted {
  return inOwnUnits(parts, (own) => Math.max(medianOf(own), unhurried));
}

/** Kim & Jo 2016, eq. 20: free of the bias that few events bring; n = gaps + 1. */
function burstinessOf(gaps: ByWeek<Sketch>, weeks: Tally<number>): { readonly burstiness?: number } {
  const counted = [...gaps].map(([at, sketch]) => [at, { sketch, changes: weeks.get(at) ?? 0 }] as const);
  const parts = betweenShifts(new Map(counted), ({ changes }) => Math.sqrt(changes));
  const own = inOwnUnits(
    parts.map((part) => part.map(({ sketch }) => sketch)),
    (part) => momentsOf(part).mean || 1,
  );
  const n = countOf(own) + 1;
  if (n < fewest) return {};
  const { mean, sd } = momentsOf(own);
  // All at one time, as a rebase writes them: that is no gap, and no rhythm.
  if (mean === 0) return {};
  const r = sd / mean;
  const [above, below] = [Math.sqrt(n + 1), Math.sqrt(n - 1)];
  return { burstiness: (above * r - below) / ((above - 2) * r + below) };
}

function fanoOf(weeks: Tally<number>): { readonly fano?: number } {
  const parts = betweenShifts(weeks, Math.sqrt);
  const free = weeks.size - parts.length;
  if (free < 1) return {};
  const squares = parts.reduce((sum, part) => sum + squaresAbout(meanOf(part), part), 0);
  return { fano: squares / free / meanOf([...weeks.values()]) };
}

function squaresAbout(mean: number, values: readonly number[]): number {
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
