import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const revertDrill = toolkit({
  id: 'revert-drill',
  title: 'Revert drill',
  summary: 'The pod practises going back to a known-good state, and names what it mends.',
  lifecycle: 'experimental',
  when: 'Corrections take long, or nobody answers what was found to be broken.',
  steps: [
    'Choose a change of last week. Somebody who did not write it takes it back in a test environment while a clock runs.',
    'Write down what stood in the way: missing rights, migrations, people who had to be asked.',
    'Mend the largest of these within the week.',
    'Agree that a revert names its commit and a fix says Fixes: and the commit, so that repairs can be found.',
  ],
  time: 'two hours a month',
  moves: ['correction-latency', 'answered-breaks'],
  source:
    'Krishnan 2012, ACM Queue 10:9 (disaster recovery drills); Linux kernel, Documentation/process/submitting-patches (the Fixes: tag)',
  run: anybody,
});
