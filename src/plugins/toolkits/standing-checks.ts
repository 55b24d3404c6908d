import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const standingChecks = toolkit({
  id: 'standing-checks',
  title: 'Standing checks',
  summary: 'What was said to be done is checked again, by itself, for as long as others rely on it.',
  lifecycle: 'experimental',
  when: 'Nobody notices when something that worked stops working, or what is found stays unanswered.',
  steps: [
    'Write down the five outcomes that others rely on, each with the command or page that shows it.',
    'Put them into factum.yaml as intents, so that factum verify looks at them.',
    'Agree who answers within a day when one of them is contradicted, and who stands in.',
    'Each contradiction ends with a revert, a fix that names its commit, or a changed intent.',
  ],
  time: 'half a day, then minutes a week',
  moves: ['failing-checks', 'answered-breaks'],
  source: '[F]; that monitoring belongs to the loop is the framework’s',
  run: anybody,
});
