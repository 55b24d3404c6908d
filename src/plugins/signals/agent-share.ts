import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold, yes } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

/** How much of the work agents are on record to have made. */
export const agentShare = signal({
  id: 'agent-share',
  title: "Agents' disclosed share",
  summary: 'How many merged changes carry the mark of an agent.',
  lifecycle: 'experimental',
  definition: 'Share of merged changes that carry the mark of an AI agent; the rest is undisclosed, not human.',
  formula: 'changes with a mark / changes that people or agents wrote',
  citation: '[F]; marks as the tools write them',
  unit: 'share',
  worse: 'neither',
  raisedBy: 'more work by agents, or more honest marks',
  loweredBy: 'less of either',
  cannotSee: 'agents that leave no mark: it is a lower bound',
  place: placeOfWork,
  run: shareFold((fact) => (isWork(fact) ? yes(fact.authorship === 'agent') : undefined)),
});
