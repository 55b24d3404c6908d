import { atLeast, toolkit } from '../../core/debt/toolkit.ts';

export const reviewRotation = toolkit({
  id: 'review-rotation',
  title: 'Review rotation',
  summary: 'Reviews go round instead of to the one who always does them.',
  lifecycle: 'experimental',
  when: 'Few people give most of the reviews.',
  steps: [
    'List who may review what; add one person per area who is to learn it.',
    'Assign by turn: an expert where several people know the files, a learner with the expert at hand where only one does.',
    'Whoever has three open reviews is passed over.',
    'Look at the spread of reviews every month.',
  ],
  time: 'an hour to set up, ten minutes a week',
  moves: ['reviewer-concentration', 'review-density'],
  source: 'Mirsaeedi & Rigby 2020, ICSE (files at risk fell by 28 % in simulation, expertise in reviews rose)',
  run: atLeast(3),
});
