import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';
import { day } from '../../core/signal/week.ts';

const withinDays = 30;

/** Merged work that had to be taken back or mended. */
export const correctedChanges = signal({
  id: 'corrected-changes',
  title: 'Corrected changes',
  summary: 'How many merged changes were reverted or fixed by name within 30 days.',
  lifecycle: 'experimental',
  definition: 'Share of merged changes that a later change reverted, or fixed by naming it, within 30 days.',
  formula:
    'changes with a first revert or fix within 30 days / changes that people or agents wrote, at least 30 days old',
  citation: '[F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'work that is merged before it works; also better detection and the habit of naming what is mended',
  loweredBy: 'careful work; also faults that nobody finds or names',
  cannotSee: 'repairs that do not name what they mend; few reverts alone are no sign of health',
  maturesAfterDays: withinDays,
  place(fact) {
    if (isWork(fact)) return placeOfWork(fact);
    if (fact.kind !== 'correction' || fact.target === undefined || fact.target.authorship === 'bot') return undefined;
    return { at: fact.target.mergedAt, cluster: fact.target.id };
  },
  run: shareFold((fact) => {
    if (isWork(fact)) return { hits: 0, all: 1 };
    if (fact.kind !== 'correction' || fact.target === undefined || !fact.isFirstByName) return undefined;
    const isSoon = fact.at - fact.target.mergedAt <= withinDays * day;
    return { hits: isSoon ? 1 : 0, all: 0 };
  }),
});
