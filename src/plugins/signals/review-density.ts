import { conventionShare, isReviewed, isWork, needsForge, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold, yes } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

/** How many changes another human looked at, as far as the history says. */
export const reviewDensity = signal({
  id: 'review-density',
  title: 'Review density',
  summary: 'How many merged changes a human other than the author reviewed.',
  lifecycle: 'experimental',
  definition: 'Share of merged changes with a review on record by a human who is not among the authors.',
  formula:
    'changes with a review by another human / changes that people or agents wrote; a merge of 50 lines or more within 5 minutes is no review',
  citation: 'McIntosh, Kamei, Adams & Hassan 2014, MSR; the rule for merges is [F]',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'reviews that are put on record: trailers, merges by others, notes',
  loweredBy: 'direct pushes, self-merged work, reviews that leave no trace in git',
  cannotSee:
    'reviews on a forge that git does not record; how well somebody looked; reviews by bots and agents do not count',
  place: placeOfWork,
  run: shareFold(
    (fact) => (isWork(fact) ? yes(isReviewed(fact)) : undefined),
    ({ hits, all }) => (hits < conventionShare * all ? { state: 'not-observable', needs: needsForge } : undefined),
  ),
});
