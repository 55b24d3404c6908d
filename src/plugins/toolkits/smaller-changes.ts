import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const smallerChanges = toolkit({
  id: 'smaller-changes',
  title: 'Smaller changes',
  summary: 'Work is cut so that each change can be read in one sitting.',
  lifecycle: 'experimental',
  when: 'Changes wait long, a few of them very long, or are approved faster than anybody reads.',
  steps: [
    'Agree on a limit: 200 to 400 changed lines without tests and generated files.',
    'Cut before writing: first what prepares, then what changes behaviour, then what cleans up.',
    'What is larger needs a reason in its text and a reviewer who was asked before.',
    'Merge what is ready the same day.',
  ],
  time: 'no time of its own; about two weeks until it is a habit',
  moves: ['decision-latency', 'workflow-volatility', 'hasty-reviews', 'early-churn'],
  source:
    'Cohen, Teleki & Brown 2006, Best Kept Secrets of Peer Code Review; Kemerer & Paulk 2009, IEEE TSE 35:4; Sadowski et al. 2018, ICSE-SEIP',
  run: anybody,
});
