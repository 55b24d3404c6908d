import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const testRepairWeek = toolkit({
  id: 'test-repair-week',
  title: 'Test repair week',
  summary: 'For one week nothing new: tests that fail, flicker or are missing are put right.',
  lifecycle: 'experimental',
  when: 'Checks fail or are skipped, or merged work comes back as faults that a test would have found.',
  steps: [
    'List the tests that are skipped, that fail on the main branch, and that pass and fail without a change.',
    'For each: mend it, or delete it and say what is no longer checked.',
    'For each of the last ten reverts or fixes, add the test that would have found it.',
    'From then on a red main branch is mended or taken back before anything else is merged.',
  ],
  time: 'one week for the whole pod',
  moves: ['failing-checks', 'corrected-changes'],
  source: 'Luo, Hariri, Eloussi & Marinov 2014, FSE; Memon et al. 2017, ICSE-SEIP',
  run: anybody,
});
