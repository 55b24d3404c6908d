import { conventionShare, isReviewed, isWork, needsForge, placeOfWork } from '../../core/signal/changes.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { concentration, count, mergeTally, type Tally, total } from '../../core/signal/tally.ts';
import { effectiveNumber, unevenness, unevennessDrawing } from '../../core/stats/concentration.ts';

interface State {
  readonly reviewers: Tally;
  readonly eligible: Tally;
  changes: number;
  reviewed: number;
}

const fewest = 10;

/** How far reviewing rests on few. */
export const reviewerConcentration = signal<State>({
  id: 'reviewer-concentration',
  title: 'Reviewer concentration',
  summary: 'How far reviews rest on fewer people than could give them.',
  lifecycle: 'experimental',
  definition: 'How unevenly reviews are spread over the people who take part: 0 evenly, 1 all by one.',
  formula: '1 - (N2 - 1) / (n - 1), N2 over reviews given, n people who wrote or reviewed a change',
  citation: 'Simpson 1949, Nature 163; Hill 1973, Ecology 54; the scale is [F]',
  unit: 'index',
  worse: 'higher',
  raisedBy: 'one person who reviews everything',
  loweredBy: 'rotating reviews',
  cannotSee: 'reviews that git does not record; how long each took',
  watched: 'chance that two reviews of a week are by one person',
  beside: { people: 'effective number of reviewers, N2' },
  place: placeOfWork,
  dependsOnLength: true,
  run: {
    adds: true,
    empty: () => ({ reviewers: new Map(), eligible: new Map(), changes: 0, reviewed: 0 }),
    add(state, fact) {
      if (!isWork(fact)) return state;
      state.changes += 1;
      state.reviewed += isReviewed(fact) ? 1 : 0;
      const seen = fact.reviews.filter(({ byKind, by }) => byKind === 'human' && !fact.authors.includes(by));
      const reviewers = new Set(seen.map(({ by }) => by));
      for (const reviewer of reviewers) count(state.reviewers, reviewer);
      for (const person of new Set([...fact.authors, ...reviewers])) count(state.eligible, person);
      return state;
    },
    merge(into, other) {
      mergeTally(into.reviewers, other.reviewers);
      mergeTally(into.eligible, other.eligible);
      into.changes += other.changes;
      into.reviewed += other.reviewed;
      return into;
    },
    watch: ({ reviewers }) => concentration(reviewers, fewest),
    read({ reviewers, eligible, changes, reviewed }) {
      if (reviewed < conventionShare * changes) return { state: 'not-observable', needs: needsForge };
      const given = total(reviewers);
      if (given < fewest) return notEnough(given, fewest);
      const counts = [...reviewers.values()];
      const people = effectiveNumber(counts, eligible.size);
      const value = unevenness(people, eligible.size);
      return { state: 'measured', value, n: given, beside: { people }, ...unevennessDrawing(counts, eligible.size) };
    },
  },
});
