import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import { shareFold, yes } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';

/** What agents' marks say against each other. */
export const disclosureConflicts = signal({
  id: 'disclosure-conflicts',
  title: 'Disclosure conflicts',
  summary: "How many agents' changes carry marks that contradict each other.",
  lifecycle: 'experimental',
  definition:
    "Share of changes with an agent's mark whose marks contradict each other, or in which an agent certifies what only a human can (Signed-off-by).",
  formula: 'changes with contradicting marks / changes with a mark of an agent, whatever its part',
  citation: '[F]; who may sign off: Linux kernel, Documentation/process/coding-assistants',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'trailers written by several tools, agents that sign off',
  loweredBy: 'one mark per tool, a human who signs off',
  cannotSee: 'agents that leave no mark',
  place: placeOfWork,
  run: shareFold((fact) =>
    isWork(fact) && (fact.marks.length > 0 || fact.conflictingMarks) ? yes(fact.conflictingMarks) : undefined,
  ),
});
