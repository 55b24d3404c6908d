import { daysOpen, isWork, placeOfWork } from '../../core/signal/changes.ts';
import type { DecisionFact } from '../../core/signal/fact.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { mergeSketch, note, quantileOf, type Sketch, sizeOf, valuesOf } from '../../core/signal/sketch.ts';
import { count, mergeTally, type Tally } from '../../core/signal/tally.ts';
import { day } from '../../core/signal/week.ts';
import { kaplanMeier, type Life, medianSurvival } from '../../core/stats/survival.ts';

interface State {
  /** Days from opening to merge, and from proposal to decision. */
  readonly changes: Sketch;
  readonly decisions: Sketch;
  /** Proposals by day, less those that were decided: what is still open. */
  readonly open: Tally<number>;
}

const fewest = 8;

/** How long it takes from a proposal to a decision. */
export const convergenceVelocity = signal<State>({
  id: 'convergence-velocity',
  title: 'Convergence velocity',
  summary: 'How long proposals take until they are decided.',
  lifecycle: 'experimental',
  definition:
    'Median days from proposal to decision: changes from being put up to their merge, decision documents from proposed to accepted, rejected or withdrawn.',
  formula:
    'Kaplan-Meier median over what was decided in the window; documents proposed in it and still open at its end are censored',
  citation: 'Kaplan & Meier 1958, JASA 53; that changes and documents are put together is [F]',
  unit: 'days',
  worse: 'higher',
  raisedBy: 'proposals that wait, discussions without an end',
  loweredBy: 'small proposals, someone who decides; also decisions without discussion: fast is not good by itself',
  cannotSee:
    'discussion before something is written down; changes that were given up; documents that were decided when they first came in; whether few decided, and wrongly',
  beside: {
    changes: 'median days of changes alone',
    decisions: 'of documents alone, by Kaplan-Meier; Python PEPs took 107 to acceptance, Rust RFCs 80',
    documents: 'documents decided',
    open: 'documents still open',
  },
  place(fact) {
    if (isWork(fact)) return daysOpen(fact) === undefined ? undefined : placeOfWork(fact);
    return fact.kind === 'decision' && fact.step !== 'superseded' ? { at: fact.at, cluster: fact.id } : undefined;
  },
  run: {
    adds: true,
    empty: () => ({ changes: new Map(), decisions: new Map(), open: new Map() }),
    add(state, fact) {
      const days = isWork(fact) ? daysOpen(fact) : undefined;
      if (days !== undefined) note(state.changes, days);
      if (fact.kind === 'decision') addStep(state, fact);
      return state;
    },
    merge(into, other) {
      mergeSketch(into.changes, other.changes);
      mergeSketch(into.decisions, other.decisions);
      mergeTally(into.open, other.open);
      return into;
    },
    read({ changes, decisions, open }, { window, asOf }) {
      const waiting = waitingOf(open, window.from, Math.min(window.to, asOf));
      const [ofChanges, ofDecisions] = [livesOf(changes), livesOf(decisions)];
      const [decided, undecided] = [
        sizeOf(changes) + sizeOf(decisions),
        waiting.reduce((sum, { many = 1 }) => sum + many, 0),
      ];
      const value = medianSurvival(kaplanMeier([...ofChanges, ...ofDecisions, ...waiting]));
      // While most wait, there is no median.
      if (decided < fewest || value === undefined)
        return notEnough(decided, Math.max(fewest, Math.ceil((decided + undecided) / 2)));
      const median = quantileOf(changes, 0.5);
      const documents = medianSurvival(kaplanMeier([...ofDecisions, ...waiting]));
      const beside = {
        ...(median === undefined ? {} : { changes: median }),
        ...(documents === undefined ? {} : { decisions: documents }),
        documents: sizeOf(decisions),
        open: undecided,
      };
      return { state: 'measured', value, n: decided, beside };
    },
  },
});

function addStep(state: State, { at, step, proposedAt }: DecisionFact): void {
  if (step === 'proposed') count(state.open, Math.floor(at / day));
  else if (step !== 'superseded' && proposedAt !== undefined) {
    note(state.decisions, (at - proposedAt) / day);
    count(state.open, Math.floor(proposedAt / day), -1);
  }
}

function livesOf(sketch: Sketch): readonly Life[] {
  return valuesOf(sketch).map(([time, many]) => ({ time, cause: 1, many }));
}

function waitingOf(open: Tally<number>, from: number, to: number): readonly Life[] {
  const waiting = [...open].filter(([at, many]) => at * day >= from && many > 0);
  return waiting.map(([at, many]) => ({ time: Math.max(0, to / day - at), cause: 0, many }));
}
