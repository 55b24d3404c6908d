import { atLeast, toolkit } from '../../core/debt/toolkit.ts';

export const blindReview = toolkit({
  id: 'blind-review',
  title: 'Blind review',
  summary: 'Two reviewers look without seeing what the other one said.',
  lifecycle: 'experimental',
  when: 'Approvals follow each other within minutes, or the second reviewer never finds anything that the first did not.',
  steps: [
    'Draw one change a week that matters: large, risky, or made by an agent.',
    'Two people review it apart from each other and write down what they found before they see the other list.',
    'Compare: what both found, what only one found. What only one found tells how much both may have missed.',
    'Mend it, and keep both lists with the change.',
  ],
  time: 'two hours a week for two people',
  moves: ['hasty-reviews', 'dissent-suppression'],
  source:
    'El Emam & Laitenberger 2001, IEEE TSE 27:11 (two independent lists estimate what is left); that seeing others’ comments makes reviewers miss other faults was not found by Spadini, Çalikli & Bacchelli 2020, ICSE',
  run: atLeast(3),
});
