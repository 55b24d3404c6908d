import {
  conventionShare,
  isReviewed,
  countingWork,
  looksAt,
  needsForge,
  placeOfWork,
  type SizeClass,
  sizeClassOf,
} from '../../core/signal/changes.ts';
import type { ChangeFact } from '../../core/signal/fact.ts';
import { type Share, shareOf, weeklyShare } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';
import type { Tally } from '../../core/signal/tally.ts';

type Counted = 'all' | 'reviewed' | SizeClass | `reviewed ${SizeClass}` | 'machines' | 'alone';

const fewest = 8;
const classes = ['small', 'medium', 'large'] as const;

/** How many changes another human looked at, as far as the history says. */
export const reviewDensity = signal<Tally<Counted>>({
  id: 'review-density',
  title: 'Review density',
  summary: 'How many merged changes a human other than the author reviewed.',
  lifecycle: 'experimental',
  definition:
    'Share of merged changes with a review on record by a human who is not among the authors; one who merges the pull request of another, where its merge commit shows it, has reviewed it.',
  formula:
    'changes with a review by another human / changes that people or agents wrote; a merge of 50 lines or more within 5 minutes is no review',
  citation: 'McIntosh, Kamei, Adams & Hassan 2014, MSR; the rule for merges is [F]',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'reviews that are put on record: trailers, merges by others, notes',
  loweredBy: 'direct pushes, self-merged work, reviews that leave no trace in git',
  cannotSee:
    'reviews on a forge that git does not record; how well somebody looked; reviews by bots and agents do not count',
  beside: {
    small: 'the same share of changes of less than 50 lines, if there are 8',
    medium: 'of 50 to 400 lines',
    large: 'of more than 400 lines',
    machines: 'share of all changes that bots or agents reviewed and no other human did',
    alone: 'share of all changes that an author merged without any look on record',
  },
  place: placeOfWork,
  run: {
    ...countingWork(countedIn),
    readWeek: (state) => weeklyShare(sharedBy(state)),
    read(state) {
      const { hits, all } = sharedBy(state);
      if (hits < conventionShare * all) return { state: 'not-observable', needs: needsForge };
      const found = shareOf({ hits, all });
      return found.state === 'measured' ? { ...found, beside: besideOf(state) } : found;
    },
  },
});

function countedIn(change: ChangeFact): readonly Counted[] {
  const size = sizeClassOf(change);
  if (isReviewed(change)) return ['all', size, 'reviewed', `reviewed ${size}`];
  const byMachine = change.reviews.some(({ byKind }) => byKind === 'bot' || byKind === 'agent');
  const { merger, authors } = change;
  const isAlone = merger !== undefined && authors.includes(merger) && looksAt(change).length === 0;
  return ['all', size, ...(byMachine ? (['machines'] as const) : []), ...(isAlone ? (['alone'] as const) : [])];
}

function sharedBy(state: Tally<Counted>): Share {
  return { hits: state.get('reviewed') ?? 0, all: state.get('all') ?? 0 };
}

function besideOf(state: Tally<Counted>): Readonly<Record<string, number>> {
  const of = (what: Counted): number => state.get(what) ?? 0;
  const known = classes.filter((size) => of(size) >= fewest);
  const shares = known.map((size) => [size, of(`reviewed ${size}`) / of(size)] as const);
  const ofAll = (what: Counted): number => of(what) / Math.max(1, of('all'));
  return { ...Object.fromEntries(shares), machines: ofAll('machines'), alone: ofAll('alone') };
}
