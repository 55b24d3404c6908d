import { atLeast, toolkit } from '../../core/debt/toolkit.ts';

export const quietVoicesRound = toolkit({
  id: 'quiet-voices-round',
  title: 'Quiet-voices round',
  summary: 'Before a decision everybody writes, then everybody speaks once, before anybody speaks twice.',
  lifecycle: 'experimental',
  when: 'Objections have become rare while reversals have not, or few people take part.',
  steps: [
    'Put the question in writing the day before.',
    'In the meeting everybody writes for five minutes, alone: for, against, and what they would need to know.',
    'Go round, newest member first, one point each, without discussion.',
    'Discuss, then vote in writing. Keep the objections with the decision.',
  ],
  time: '30 minutes a decision',
  moves: ['dissent-suppression', 'unanswered'],
  source: 'Van de Ven & Delbecq 1974, Acad. Manage. J. 17:4 (nominal groups); Edmondson 1999, Adm. Sci. Q. 44:2',
  run: atLeast(3),
});
