import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const decisionRecord = toolkit({
  id: 'decision-record',
  title: 'Decision record',
  summary: 'Each decision gets half a page: who decided, between what, on what grounds, and how one will know.',
  lifecycle: 'experimental',
  when: 'Changes do not lead to a reason, and nobody can say later why something is as it is.',
  steps: [
    'Make a folder for decisions, with a template of five headings: context, choices, decision, deciders, consequences.',
    'From now on whatever is hard to undo gets a record before it is merged; its change names the record.',
    'Every other change names its issue, request or record in its text, or says why in one sentence.',
    'Once a quarter: which decisions came out otherwise than expected?',
  ],
  time: '30 minutes a decision',
  moves: ['decision-visibility', 'inspectability-gap'],
  source: 'Nygard 2011, Documenting Architecture Decisions; Tyree & Akerman 2005, IEEE Software 22:2',
  run: anybody,
});
