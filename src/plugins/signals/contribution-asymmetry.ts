import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { concentration, count, mergeTally, type Tally, total } from '../../core/signal/tally.ts';
import { effectiveNumber, unevenness, unevennessDrawing } from '../../core/stats/concentration.ts';

interface State {
  readonly authored: Tally;
  /** Everybody who wrote or reviewed. */
  readonly eligible: Tally;
}

const fewest = 10;

/** How unevenly the changes are spread over the people who take part. */
export const contributionAsymmetry = signal<State>({
  id: 'contribution-asymmetry',
  title: 'Contribution asymmetry',
  summary: 'How far the work rests on fewer people than take part.',
  lifecycle: 'experimental',
  definition:
    'How unevenly merged changes are spread over the people who wrote or reviewed one: 0 evenly, 1 all by one.',
  formula: '1 - (N2 - 1) / (n - 1); N2 = 1 / HHI, HHI = sum n_i (n_i - 1) / (N (N - 1)); n people, N authorships',
  citation: 'Simpson 1949, Nature 163; Hill 1973, Ecology 54; the scale is [F]',
  unit: 'index',
  worse: 'higher',
  raisedBy: 'one person writing most changes while others only review',
  loweredBy: 'more people authoring in similar numbers',
  cannotSee: 'work that leaves no commit; the size of changes; what people wrote through an agent without a mark',
  watched: 'chance that two changes of a week are by one person',
  beside: { people: 'effective number of contributors, N2', eligible: 'people who wrote or reviewed a change' },
  place: placeOfWork,
  dependsOnLength: true,
  run: {
    adds: true,
    empty: () => ({ authored: new Map(), eligible: new Map() }),
    add(state, fact) {
      if (!isWork(fact)) return state;
      for (const author of fact.authors) count(state.authored, author);
      const reviewers = fact.reviews.filter(({ byKind }) => byKind === 'human').map(({ by }) => by);
      for (const person of new Set([...fact.authors, ...reviewers])) count(state.eligible, person);
      return state;
    },
    merge(into, other) {
      mergeTally(into.authored, other.authored);
      mergeTally(into.eligible, other.eligible);
      return into;
    },
    watch: ({ authored }) => concentration(authored, fewest),
    read({ authored, eligible }) {
      const [n, all] = [eligible.size, total(authored)];
      if (all < fewest) return notEnough(all, fewest);
      const counts = [...authored.values()];
      const people = effectiveNumber(counts, n);
      const single = n === 1 ? { note: 'a single person' } : {};
      return {
        state: 'measured',
        value: unevenness(people, n),
        n: all,
        beside: { people, eligible: n },
        ...single,
        ...unevennessDrawing(counts, n),
      };
    },
  },
});
