import { signal } from '../../core/signal/signal.ts';
import { shareFold, yes } from '../../core/signal/share.ts';

/** Whether a decision's document says who decided, between what, and how it came out. */
export const decisionRecords = signal({
  id: 'decision-records',
  title: 'Complete decision records',
  summary: 'How many decided documents name deciders, alternatives and outcome.',
  lifecycle: 'experimental',
  definition:
    'Share of decision documents (ADR, RFC, PEP-like) that name deciders, alternatives and outcome when they are decided.',
  formula: 'documents with all three / documents accepted, rejected or withdrawn',
  citation: '[F]',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'records that say who decided, what else was weighed, and what follows',
  loweredBy: 'records with a verdict alone',
  cannotSee:
    'decisions that nobody wrote down; whether what is written is true; what the headings of a document do not show',
  place: (fact) =>
    fact.kind === 'decision' && fact.step !== 'superseded' && fact.step !== 'proposed'
      ? { at: fact.at, cluster: fact.id }
      : undefined,
  run: shareFold((fact) =>
    fact.kind === 'decision' ? yes(fact.hasDeciders && fact.hasAlternatives && fact.hasOutcome) : undefined,
  ),
});
