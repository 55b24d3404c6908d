import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold, yes } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

/** Changes that nobody can inspect later. */
export const inspectabilityGap = signal({
  id: 'inspectability-gap',
  title: 'Inspectability gap',
  summary: 'How many merged changes carry no reason, no link and no test.',
  lifecycle: 'experimental',
  definition: 'Share of merged changes that give no reason, link to nothing and touch no test.',
  formula: 'changes without reason, link and test / changes that people or agents wrote',
  citation: '[F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'one-line messages on untested direct pushes',
  loweredBy: 'messages that say why, links, tests in the same change',
  cannotSee: 'whether the reason is a good one; reasons kept elsewhere',
  place: placeOfWork,
  run: shareFold((fact) => {
    if (!isWork(fact)) return undefined;
    const { issue, discussion, decision, reason } = fact.traces;
    return yes(!(issue || discussion || decision || reason || fact.touchesTests === true));
  }),
});
