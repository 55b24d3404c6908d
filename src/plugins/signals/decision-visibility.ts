import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold, yes } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

/** Whether one can find out why something was changed. */
export const decisionVisibility = signal({
  id: 'decision-visibility',
  title: 'Decision visibility',
  summary: 'How many merged changes lead to an issue, a discussion or a decision on record.',
  lifecycle: 'experimental',
  definition: 'Share of merged changes that trace to an issue, a pull request or discussion, or a decision document.',
  formula: 'changes with such a trace / changes that people or agents wrote',
  citation: '[F]',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'links to issues, pull requests, decision documents',
  loweredBy: 'direct pushes without a link',
  cannotSee: 'whether the record says who decided, on what grounds; records that git does not name',
  place: placeOfWork,
  run: shareFold((fact) => {
    if (!isWork(fact)) return undefined;
    const { issue, discussion, decision } = fact.traces;
    return yes(issue || discussion || decision);
  }),
});
