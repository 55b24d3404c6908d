import { conventionShare, isReviewed, isWork, looksAt, needsForge, placeOfWork } from '../../core/signal/changes.ts';
import type { ChangeFact } from '../../core/signal/fact.ts';
import { type Absence, type Estimate, notEnough, signal } from '../../core/signal/signal.ts';
import { count, mergeTally, type Tally } from '../../core/signal/tally.ts';
import { day, weekOf, type Window } from '../../core/signal/week.ts';
import { effectiveNumber } from '../../core/stats/concentration.ts';

interface State {
  /** Days (since 1970) on which somebody wrote or reviewed a merged change, by person. */
  readonly active: Map<string, Tally<number>>;
  /** Reviewed changes that somebody had a part in, by person and week. */
  readonly part: Map<string, Tally<number>>;
  readonly changes: Tally<number>;
  readonly reviewed: Tally<number>;
}

const fewest = 10;

/** Whether those who belong to the work still take part in deciding on it. */
export const engagement = signal<State>({
  id: 'engagement',
  title: 'Engagement',
  summary: 'How many of the people who belong to the work effectively take part in its reviews.',
  lifecycle: 'experimental',
  definition:
    'Effective number of people in the reviews of a window, as a share of everybody who wrote or reviewed a change in it or in the 13 weeks before.',
  formula:
    'N2 / n; N2 = 1 / HHI over who wrote or reviewed a change that another human looked at; n people who wrote or reviewed any',
  citation: '[F]; effective number: Hill 1973, Ecology 54',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'more people in reviews, in similar numbers',
  loweredBy: 'people who fall silent; reviews among few',
  cannotSee:
    'talk outside of git; who is on leave; which questions nobody answered; requests that nobody answered are a signal of their own',
  beside: {
    people: 'effective number of people in reviews, N2',
    eligible: 'people who wrote or reviewed a change',
    silent: 'share of them whose silence at the end is longer than 95 of 100 gaps between active days',
  },
  looksBackWeeks: 13,
  place: placeOfWork,
  run: {
    adds: true,
    empty: () => ({ active: new Map(), part: new Map(), changes: new Map(), reviewed: new Map() }),
    add(state, fact) {
      if (isWork(fact)) addChange(state, fact);
      return state;
    },
    merge(into, other) {
      mergeByPerson(into.active, other.active);
      mergeByPerson(into.part, other.part);
      mergeTally(into.changes, other.changes);
      mergeTally(into.reviewed, other.reviewed);
      return into;
    },
    read: (state, { window }) => engagedIn(state, window),
    beside(state, { window, asOf }) {
      const { people, eligible } = peopleIn(state, window);
      return { people, eligible, silent: silentShare([...state.active.values()], Math.min(window.to, asOf)) };
    },
    lean({ active, part, changes, reviewed }, { window }) {
      const from = weekOf(window.from);
      const sum = (tally: Tally<number>): Tally<number> => new Map([[from, sumFrom(tally, from)]]);
      return {
        active: new Map([...active.keys()].map((person) => [person, new Map()])),
        part: new Map([...part].map(([person, weeks]) => [person, sum(weeks)])),
        changes: sum(changes),
        reviewed: sum(reviewed),
      };
    },
  },
});

function addChange({ active, part, changes, reviewed }: State, change: ChangeFact): void {
  const at = weekOf(change.mergedAt);
  const reviewers = looksAt(change).map(({ by }) => by);
  const people = new Set([...change.authors, ...reviewers]);
  count(changes, at);
  if (isReviewed(change)) count(reviewed, at);
  for (const person of people) {
    count(tallyOf(active, person), Math.floor(change.mergedAt / day));
    if (reviewers.length > 0) count(tallyOf(part, person), at);
  }
}

function engagedIn(state: State, window: Window): Absence | Estimate {
  const from = weekOf(window.from);
  if (sumFrom(state.reviewed, from) < conventionShare * sumFrom(state.changes, from))
    return { state: 'not-observable', needs: needsForge };
  const { people, eligible, taken } = peopleIn(state, window);
  return taken < fewest ? notEnough(taken, fewest) : { state: 'measured', value: people / eligible, n: taken };
}

function peopleIn({ active, part }: State, window: Window) {
  const parts = [...part.values()].map((weeks) => sumFrom(weeks, weekOf(window.from))).filter((n) => n > 0);
  const eligible = active.size;
  return { people: effectiveNumber(parts, eligible), eligible, taken: parts.reduce((sum, n) => sum + n, 0) };
}

function sumFrom(tally: Tally<number>, from: number): number {
  let sum = 0;
  for (const [at, n] of tally) if (at >= from) sum += n;
  return sum;
}

function silentShare(active: readonly Tally<number>[], end: number): number {
  const days = active.map((tally) => [...tally.keys()].toSorted((a, b) => a - b));
  const gaps = days
    .flatMap((own) => own.slice(1).map((at, index) => at - (own[index] ?? at)))
    .toSorted((a, b) => a - b);
  const long = gaps[Math.ceil(0.95 * gaps.length) - 1] ?? Infinity;
  return days.filter((own) => end / day - (own.at(-1) ?? 0) > long).length / Math.max(1, days.length);
}

function mergeByPerson(into: Map<string, Tally<number>>, other: ReadonlyMap<string, Tally<number>>): void {
  other.forEach((tally, person) => {
    const own = into.get(person);
    if (own === undefined) into.set(person, new Map(tally));
    else if (tally.size > 0) mergeTally(own, tally);
  });
}

function tallyOf(by: Map<string, Tally<number>>, person: string): Tally<number> {
  const found = by.get(person) ?? new Map<number, number>();
  by.set(person, found);
  return found;
}
