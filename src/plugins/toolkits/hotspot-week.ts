import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const hotspotWeek = toolkit({
  id: 'hotspot-week',
  title: 'Hotspot week',
  summary: 'The few files that change most are made easier to change.',
  lifecycle: 'experimental',
  when: 'A small share of the files takes most of the churn, or new lines do not live long.',
  steps: [
    'List the files with most churn in the last 60 days, and the faults that were mended in them.',
    'Take the first three. Write down what makes them change together with others.',
    'Split, move or simplify until the next change there touches one place; behaviour stays the same.',
    'Look at the same files again after 60 days.',
  ],
  time: 'three to five days for two people',
  moves: ['hotspots', 'change-survival', 'early-churn'],
  source:
    'Tornhill & Borg 2022, TechDebt (defects and time by code health); Nagappan & Ball 2005, ICSE (relative churn)',
  run: anybody,
});
