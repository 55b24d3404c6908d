import { atLeast, toolkit } from '../../core/debt/toolkit.ts';

export const premortem = toolkit({
  id: 'premortem',
  title: 'Premortem',
  summary: 'Before it starts, everybody writes down why it will have failed.',
  lifecycle: 'experimental',
  when: 'Much of what is merged is reverted or mended soon, or doubts come up only afterwards.',
  steps: [
    'Take the next piece of work that is expensive to undo. Say: it is three months later, and it failed.',
    'Everybody writes for five minutes, alone, why.',
    'Go round, one reason each, until all are told. The most senior one speaks last.',
    'Choose the three that matter, and change the plan or add a check for each.',
  ],
  time: 'one hour for each larger piece of work',
  moves: ['corrected-changes', 'dissent-suppression'],
  source: 'Klein 2007, Harvard Business Review 85:9',
  run: atLeast(2),
});
