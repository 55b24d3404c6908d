import { conventionShare, isReviewed, isWork, looksAt, needsForge, placeOfWork } from '../../core/signal/changes.ts';
import type { ChangeFact } from '../../core/signal/fact.ts';
import { type Absence, type Estimate, notEnough, signal } from '../../core/signal/signal.ts';
import { count, mergeTally, type Tally } from '../../core/signal/tally.ts';
import { day, weekOf, type Window } from '../../core/signal/week.ts';
import { effectiveNumber } from '../../core/stats/concentration.ts';

interface State {
  /** By day (since 1970), who wrote or reviewed a merged change. A Map for each person and day would be ten times as many. */
  readonly active: Map<number, Tally>;
  /** By week, reviewed changes that somebody had a part in. */
  readonly part: Map<number, Tally>;
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
  dependsOnLength: true,
  run: {
    adds: true,
    empty: () => ({ active: new Map(), part: new Map(), changes: new Map(), reviewed: new Map() }),
    add(state, fact) {
      if (isWork(fact)) addChange(state, fact);
      return state;
    },
    merge(into, other) {
      mergeByTime(into.active, other.active);
      mergeByTime(into.part, other.part);
      mergeTally(into.changes, other.changes);
      mergeTally(into.reviewed, other.reviewed);
      return into;
    },
    read: (state, { window }) => engagedIn(state, window),
    beside(state, { window, asOf }) {
      const { people, eligible } = peopleIn(state, window);
      return { people, eligible, silent: silentShare(state.active, Math.min(window.to, asOf)) };
    },
    lean({ active, part, changes, reviewed }, { window }) {
      const from = weekOf(window.from);
      const sum = (tally: Tally<number>): Tally<number> => new Map([[from, sumFrom(tally, from)]]);
      return {
        active: new Map([[from, new Map([...peopleOf(active)].map((person) => [person, 0]))]]),
        part: new Map([[from, partsFrom(part, from)]]),
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
    count(tallyOf(active, Math.floor(change.mergedAt / day)), person);
    if (reviewers.length > 0) count(tallyOf(part, at), person);
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
  const parts = [...partsFrom(part, weekOf(window.from)).values()];
  const eligible = peopleOf(active).size;
  return { people: effectiveNumber(parts, eligible), eligible, taken: parts.reduce((sum, n) => sum + n, 0) };
}

function sumFrom(tally: Tally<number>, from: number): number {
  let sum = 0;
  for (const [at, n] of tally) if (at >= from) sum += n;
  return sum;
}

function partsFrom(part: ReadonlyMap<number, Tally>, from: number): Tally {
  const parts: Tally = new Map();
  for (const [at, tally] of part) if (at >= from) mergeTally(parts, tally);
  return parts;
}

function peopleOf(active: ReadonlyMap<number, Tally>): ReadonlySet<string> {
  const people = new Set<string>();
  for (const tally of active.values()) for (const person of tally.keys()) people.add(person);
  return people;
}

function silentShare(active: ReadonlyMap<number, Tally>, end: number): number {
  const byPerson = new Map<string, number[]>();
  for (const [at, tally] of [...active].toSorted(([a], [b]) => a - b)) {
    for (const person of tally.keys()) {
      const own = byPerson.get(person) ?? [];
      own.push(at);
      byPerson.set(person, own);
    }
  }
  const days = [...byPerson.values()];
  const gaps = days
    .flatMap((own) => own.slice(1).map((at, index) => at - (own[index] ?? at)))
    .toSorted((a, b) => a - b);
  const long = gaps[Math.ceil(0.95 * gaps.length) - 1] ?? Infinity;
  return days.filter((own) => end / day - (own.at(-1) ?? 0) > long).length / Math.max(1, days.length);
}

function mergeByTime(into: Map<number, Tally>, other: ReadonlyMap<number, Tally>): void {
  other.forEach((tally, at) => void mergeTally(tallyOf(into, at), tally));
}

function tallyOf(by: Map<number, Tally>, at: number): Tally {
  const found = by.get(at) ?? new Map<string, number>();
  by.set(at, found);
  return found;
}
