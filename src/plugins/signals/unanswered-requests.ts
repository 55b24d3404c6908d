import { conventionShare, isWork, placeOfWork } from '../../core/signal/changes.ts';
import type { RequestFact } from '../../core/signal/fact.ts';
import { type Absence, type Estimate, notEnough, type ReadAt, signal } from '../../core/signal/signal.ts';
import { countAbove, mergeSketch, note, quantileOf, type Sketch, sizeOf } from '../../core/signal/sketch.ts';
import { count, mergeTally, type Tally } from '../../core/signal/tally.ts';
import { day, week, weekOf } from '../../core/signal/week.ts';

/** By ISO week in which a request was put up, or a change merged. */
interface State {
  /** Days until the first answer. */
  readonly answered: Map<number, Sketch>;
  /** Days that it waited for one in vain. */
  readonly waited: Map<number, Sketch>;
  readonly changes: Tally<number>;
}

const fewest = 8;
const needs =
  'records of requests and who answered (Gerrit, git-appraise, a forge): a branch shows only what was merged';

/** Whether those who ask get an answer. */
export const unansweredRequests = signal<State>({
  id: 'unanswered-requests',
  title: 'Unanswered requests',
  summary: 'How many requests for review wait longer than is usual here.',
  lifecycle: 'experimental',
  definition:
    'Share of requests for review that no other human answered within the time in which nine of ten answers came in the 52 weeks before.',
  formula:
    'requests with the first answer after q, or none though they waited for longer / these and those answered within q; q = 90th percentile of days to the first answer (vote on code, comment, merge by another) in the 52 weeks before; those put up less than q before the end do not count',
  citation: '[F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'requests that nobody takes up; few who answer',
  loweredBy: 'answers, whatever they say; fewer requests at a time; reviewers who are named',
  cannotSee:
    'questions and proposals outside of reviews; answers by word of mouth; whether an answer helps. Where answers always took long, long is usual',
  beside: {
    limit: 'days in which nine of ten answers came before',
    never: 'share of the requests that nobody answered up to the end',
    middle: 'median days to the first answer, of those that were answered',
  },
  looksBackWeeks: 52,
  place(fact) {
    if (fact.kind === 'request') return { at: fact.at, cluster: fact.id };
    return placeOfWork(fact);
  },
  dependsOnLength: true,
  run: {
    adds: true,
    empty: () => ({ answered: new Map(), waited: new Map(), changes: new Map() }),
    add(state, fact) {
      if (isWork(fact)) count(state.changes, weekOf(fact.mergedAt));
      if (fact.kind === 'request') addRequest(state, fact);
      return state;
    },
    merge(into, other) {
      for (const which of ['answered', 'waited'] as const) {
        other[which].forEach((sketch, at) => void mergeSketch(sketchOf(into[which], at), sketch));
      }
      mergeTally(into.changes, other.changes);
      return into;
    },
    lean({ answered, waited, changes }, { window }) {
      const from = weekOf(window.from);
      const isNow = ([at]: readonly [number, unknown]): boolean => at >= from;
      const usual = together(answered, (at) => at < from);
      return {
        answered: new Map([[from - week, usual], ...[...answered].filter(isNow)]),
        waited: new Map([...waited].filter(isNow)),
        changes: new Map([...changes].filter(isNow)),
      };
    },
    read: unansweredIn,
    beside: besideIn,
  },
});

/** Answers after it ended are none: a word on what was merged already stops nobody's waiting. */
function addRequest({ answered, waited }: State, { at, answeredAt = Infinity, endedAt }: RequestFact): void {
  const isAnswered = answeredAt <= endedAt;
  note(sketchOf(isAnswered ? answered : waited, weekOf(at)), ((isAnswered ? answeredAt : endedAt) - at) / day);
}

function sketchOf(by: Map<number, Sketch>, at: number): Sketch {
  const found = by.get(at) ?? new Map<number, number>();
  by.set(at, found);
  return found;
}

interface Judged {
  readonly limit: number;
  /** Answered within it, answered later, and never: of those that were put up long enough ago. */
  readonly soon: number;
  readonly late: number;
  readonly never: number;
  readonly isRipe: (at: number) => boolean;
}

function judged({ answered, waited, changes }: State, { window, asOf }: ReadAt): Absence | Judged {
  const from = weekOf(window.from);
  const isNow = (at: number): boolean => at >= from;
  const asked = sumOf(answered, isNow, sizeOf) + sumOf(waited, isNow, sizeOf);
  const merged = sumOf(changes, isNow, (n) => n);
  if (merged > 0 && asked < conventionShare * merged) return { state: 'not-observable', needs };
  const usual = together(answered, (at) => !isNow(at));
  const [known, limit] = [sizeOf(usual), quantileOf(usual, 0.9)];
  if (limit === undefined || known < fewest) return notEnough(known, fewest, 'answers before');
  const isRipe = (at: number): boolean => isNow(at) && at + 7 * day + limit * day <= asOf;
  const late = sumOf(answered, isRipe, (sketch) => countAbove(sketch, limit));
  const never = sumOf(waited, isRipe, (sketch) => countAbove(sketch, limit));
  return { limit, soon: sumOf(answered, isRipe, sizeOf) - late, late, never, isRipe };
}

function unansweredIn(state: State, at: ReadAt): Absence | Estimate {
  const found = judged(state, at);
  if ('state' in found) return found;
  const { soon, late, never } = found;
  const n = soon + late + never;
  return n < fewest ? notEnough(n, fewest) : { state: 'measured', value: (late + never) / n, n, among: n };
}

function besideIn(state: State, at: ReadAt): Readonly<Record<string, number>> {
  const found = judged(state, at);
  if ('state' in found) return {};
  const { limit, soon, late, never, isRipe } = found;
  const middle = quantileOf(together(state.answered, isRipe), 0.5);
  return { limit, never: never / (soon + late + never), ...(middle === undefined ? {} : { middle }) };
}

function sumOf<Value>(
  by: ReadonlyMap<number, Value>,
  holds: (at: number) => boolean,
  numberOf: (value: Value) => number,
): number {
  let sum = 0;
  by.forEach((value, at) => (sum += holds(at) ? numberOf(value) : 0));
  return sum;
}

/** Of one week alone its very sketch: each draw asks for what `lean` put together. */
function together(by: ReadonlyMap<number, Sketch>, holds: (at: number) => boolean): Sketch {
  const found: Sketch[] = [];
  by.forEach((sketch, at) => (holds(at) ? void found.push(sketch) : undefined));
  const [first = new Map<number, number>(), ...others] = found;
  return others.length === 0 ? first : found.reduce(mergeSketch, new Map<number, number>());
}
