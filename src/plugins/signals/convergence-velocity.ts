import { conventionShare, daysOpen, isWork, looksAt, placeOfWork } from '../../core/signal/changes.ts';
import type { ChangeFact, CorrectionFact, DecisionFact } from '../../core/signal/fact.ts';
import { notEnough, type Place, signal } from '../../core/signal/signal.ts';
import {
  countOf,
  mergeSketch,
  note,
  quantileIn,
  quantileOf,
  type Sketch,
  sizeOf,
  valuesOf,
} from '../../core/signal/sketch.ts';
import { count, mergeTally, type Tally, total } from '../../core/signal/tally.ts';
import { day, week, weekOf } from '../../core/signal/week.ts';
import { kaplanMeier, type Life, medianSurvival } from '../../core/stats/survival.ts';

interface State {
  /** Days from opening to merge, and from proposal to decision. */
  readonly changes: Sketch;
  readonly decisions: Sketch;
  /** Proposals by day, less those that were decided: what is still open. */
  readonly open: Tally<number>;
  /** Changes by how many rounds their review took. */
  readonly rounds: Tally<number>;
  /** By ISO week of the merge: changes that show an opening, and those of them that another human spoke on. */
  readonly merged: Tally<number>;
  readonly heard: Tally<number>;
  /** By the same: days open of those that few decided and that were soon taken back or mended. */
  readonly mistaken: Map<number, Sketch>;
}

const fewest = 8;
/** Other humans who spoke. */
const few = 1;
const soon = 30 * day;

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
    'discussion before something is written down; changes that were given up; documents that were decided when they first came in; how often documents came back, and who decided them; a quick decision that was right',
  beside: {
    changes: 'median days of changes alone',
    decisions: 'of documents alone, by Kaplan-Meier; Python PEPs took 107 to acceptance, Rust RFCs 80',
    documents: 'documents decided',
    open: 'documents still open',
    rounds:
      'median rounds of review, where Gerrit tells: 1, and 1 for each time that a change was put up anew, not merely rebased, after another human had spoken',
    premature:
      'share of changes (30 days old at least) that were among the fastest quarter, on which at most one other human spoke, and that were reverted or fixed by name within 30 days; where reviews are on record',
  },
  place(fact) {
    if (isWork(fact)) return daysOpen(fact) === undefined ? undefined : placeOfWork(fact);
    if (fact.kind === 'correction') return placeOfMistake(fact);
    return fact.kind === 'decision' && fact.step !== 'superseded' ? { at: fact.at, cluster: fact.id } : undefined;
  },
  run: {
    adds: true,
    empty: nothing,
    add(state, fact) {
      if (isWork(fact)) addChange(state, fact);
      if (fact.kind === 'decision') addStep(state, fact);
      if (fact.kind === 'correction') addMistake(state, fact);
      return state;
    },
    merge(into, other) {
      mergeSketch(into.changes, other.changes);
      mergeSketch(into.decisions, other.decisions);
      for (const which of ['open', 'rounds', 'merged', 'heard'] as const) mergeTally(into[which], other[which]);
      other.mistaken.forEach((sketch, at) => void mergeSketch(mistakenAt(into, at), sketch));
      return into;
    },
    // What was decided on, a change or a document, is only told beside it.
    lean: ({ changes, decisions, open }) => ({
      ...nothing(),
      changes: mergeSketch(mergeSketch(new Map(), changes), decisions),
      open,
    }),
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
      return { state: 'measured', value, n: decided };
    },
    beside(state, { window, asOf }) {
      const waiting = waitingOf(state.open, window.from, Math.min(window.to, asOf));
      const documents = medianSurvival(kaplanMeier([...livesOf(state.decisions), ...waiting]));
      const [median, rounds] = [quantileOf(state.changes, 0.5), quantileIn([...state.rounds], 0.5)];
      return {
        ...(median === undefined ? {} : { changes: median }),
        ...(documents === undefined ? {} : { decisions: documents }),
        documents: sizeOf(state.decisions),
        open: waiting.reduce((sum, { many = 1 }) => sum + many, 0),
        ...(rounds === undefined || total(state.rounds) < fewest ? {} : { rounds }),
        ...prematureIn(state, asOf),
      };
    },
  },
});

function nothing(): State {
  const tallies = { open: new Map(), rounds: new Map(), merged: new Map(), heard: new Map() };
  return { changes: new Map(), decisions: new Map(), mistaken: new Map(), ...tallies };
}

function addChange(state: State, change: ChangeFact): void {
  const days = daysOpen(change);
  if (days === undefined) return;
  note(state.changes, days);
  count(state.merged, weekOf(change.mergedAt));
  if (looksAt(change).length > 0) count(state.heard, weekOf(change.mergedAt));
  if (change.course?.rounds !== undefined) count(state.rounds, change.course.rounds);
}

/** Fast, by few, and wrong: of those that waited long or that many judged nobody would say so. */
function placeOfMistake({ isFirstByName, at, target }: CorrectionFact): Place | undefined {
  const { decided, mergedAt = 0, id = '', authorship } = target ?? {};
  const isMistake = isFirstByName && authorship !== 'bot' && at - mergedAt <= soon;
  return isMistake && decided !== undefined && decided.voices <= few ? { at: mergedAt, cluster: id } : undefined;
}

function addMistake(state: State, fact: CorrectionFact): void {
  const place = placeOfMistake(fact);
  if (place !== undefined) note(mistakenAt(state, weekOf(place.at)), fact.target?.decided?.days ?? 0);
}

function mistakenAt({ mistaken }: State, at: number): Sketch {
  const found = mistaken.get(at) ?? new Map<number, number>();
  mistaken.set(at, found);
  return found;
}

/** Nothing where reviews are not on record: that nobody spoke would be told of everybody. */
function prematureIn({ changes, merged, heard, mistaken }: State, asOf: number): { readonly premature?: number } {
  const isOld = (at: number): boolean => at + week + soon <= asOf;
  const old = [...merged].reduce((sum, [at, n]) => (isOld(at) ? sum + n : sum), 0);
  const fast = quantileOf(changes, 0.25);
  if (fast === undefined || old < fewest || total(heard) < conventionShare * total(merged)) return {};
  const wrong = [...mistaken].flatMap(([at, sketch]) => (isOld(at) ? valuesOf(sketch) : []));
  return { premature: Math.min(1, countOf(wrong.filter(([days]) => days <= fast)) / old) };
}

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
