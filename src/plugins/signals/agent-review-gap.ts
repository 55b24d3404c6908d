import { conventionShare, isReviewed, isWork, needsForge, placeOfWork } from '../../core/signal/changes.ts';
import { type Share, shareOf, weeklyShare } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

interface State {
  /** Of all changes, how many were reviewed: whether reviews are on record at all. */
  readonly reviewed: Share;
  readonly unseen: Share;
}

/** Agents' work that no human is on record to have looked at. */
export const agentReviewGap = signal<State>({
  id: 'agent-review-gap',
  title: "Agents' changes without a human look",
  summary: "How many disclosed agents' changes no human reviewed.",
  lifecycle: 'experimental',
  definition: 'Share of changes with the mark of an agent as author that no human reviewed on record.',
  formula: "agents' changes without a review by a human / agents' changes",
  citation: '[F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'agents whose work is merged unseen',
  loweredBy: "reviews of agents' work that are put on record",
  cannotSee:
    'agents that leave no mark; reviews that git does not record: where merges are the only record, this is who merged their own',
  place: placeOfWork,
  run: {
    empty: () => ({ reviewed: { hits: 0, all: 0 }, unseen: { hits: 0, all: 0 } }),
    add(state, fact) {
      if (!isWork(fact)) return state;
      const seen = isReviewed(fact);
      state.reviewed.all += 1;
      state.reviewed.hits += seen ? 1 : 0;
      if (fact.authorship !== 'agent') return state;
      state.unseen.all += 1;
      state.unseen.hits += seen ? 0 : 1;
      return state;
    },
    merge(into, other) {
      for (const part of ['reviewed', 'unseen'] as const) {
        into[part].hits += other[part].hits;
        into[part].all += other[part].all;
      }
      return into;
    },
    read({ reviewed, unseen }) {
      if (reviewed.hits < conventionShare * reviewed.all) return { state: 'not-observable', needs: needsForge };
      return shareOf(unseen);
    },
    readWeek: ({ unseen }) => weeklyShare(unseen),
  },
});
