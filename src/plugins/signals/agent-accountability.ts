import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold, yes } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

/** Agents' work that a human answers for. */
export const agentAccountability = signal({
  id: 'agent-accountability',
  title: "Agents' work with a named human",
  summary: "How many disclosed agents' changes a named human answers for.",
  lifecycle: 'experimental',
  definition: "Share of agents' changes with a human author, co-author, signer or merger on record.",
  formula: "agents' changes that name such a human / agents' changes",
  citation: '[F]; that only a human certifies: Linux kernel, Documentation/process/coding-assistants',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'humans who co-author, sign off or merge what agents wrote',
  loweredBy: 'agents that push by themselves',
  cannotSee: 'agents that leave no mark; whether the named human looked at it',
  place: placeOfWork,
  run: shareFold((fact) => (isWork(fact) && fact.authorship === 'agent' ? yes(fact.answeredBy.length > 0) : undefined)),
});
