import { notEnough, signal } from '../../core/signal/signal.ts';
import { mergeSketch, note, quantileOf, type Sketch, sizeOf, weeklyMedian } from '../../core/signal/sketch.ts';
import { day } from '../../core/signal/week.ts';

interface State {
  /** Days from the begin of the correction to its merge, and from the fault to the merge. */
  readonly repair: Sketch;
  readonly latent: Sketch;
}

const fewest = 8;
/** Of so many corrections at least git must show the begin: few of them do not speak for all. */
const showsBegin = 0.5;
const needs = 'corrections that show when they were begun (a squash merge has the time of its merge alone); or a forge';

/** How long it takes to put right what was found wrong. */
export const correctionLatency = signal<State>({
  id: 'correction-latency',
  title: 'Correction latency',
  summary: 'How long a revert or named fix takes from begin to merge.',
  lifecycle: 'experimental',
  definition: 'Median days from the begin of a correction to its merge.',
  formula:
    'median of (merged - earliest author date) of reverts and fixes whose target is known and that show a begin, where these are half of all',
  citation: '[F]: in git alone a fault counts as found when its correction was begun',
  unit: 'days',
  worse: 'higher',
  raisedBy: 'corrections that wait for review or release',
  loweredBy: 'corrections that go first',
  cannotSee: 'when a fault was first noticed; whether the correction was verified; when a squash merge was begun',
  beside: { latent: 'median days the fault was in place before it was corrected' },
  place: (fact) =>
    fact.kind === 'correction' && fact.target !== undefined && fact.how !== 'rewrite'
      ? { at: fact.at, cluster: fact.target.id }
      : undefined,
  run: {
    adds: true,
    empty: () => ({ repair: new Map(), latent: new Map() }),
    add(state, fact) {
      if (fact.kind !== 'correction' || fact.target === undefined) return state;
      if (fact.begunAt !== undefined) note(state.repair, (fact.at - fact.begunAt) / day);
      note(state.latent, (fact.at - fact.target.mergedAt) / day);
      return state;
    },
    merge(into, other) {
      mergeSketch(into.repair, other.repair);
      mergeSketch(into.latent, other.latent);
      return into;
    },
    read({ repair, latent }) {
      const n = sizeOf(repair);
      const all = sizeOf(latent);
      if (all >= fewest && n < showsBegin * all) return { state: 'not-observable', needs };
      const [value, hidden] = [quantileOf(repair, 0.5), quantileOf(latent, 0.5)];
      if (n < fewest || value === undefined || hidden === undefined) return notEnough(n, fewest);
      return { state: 'measured', value, n, beside: { latent: hidden } };
    },
    readWeek: ({ repair }) => weeklyMedian(repair),
  },
});
