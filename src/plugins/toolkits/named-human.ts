import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const namedHuman = toolkit({
  id: 'named-human',
  title: 'Named human for agents',
  summary: 'Each piece of work of an agent has one human who answers for it, on record.',
  lifecycle: 'experimental',
  when: 'Agents merge without a human look, or their marks contradict each other.',
  steps: [
    'Agree which trailer each tool writes, one per tool, and that no tool writes Signed-off-by.',
    'The human who asked for the work reads it, runs it, and signs off under their own name.',
    'Protect the branch so that an agent’s account cannot merge by itself.',
    'Once a week, one change of an agent is read by a second human.',
  ],
  time: 'an hour to set up, then the time of reading',
  moves: ['agent-accountability', 'agent-review-gap', 'disclosure-conflicts'],
  source: 'Linux kernel, Documentation/process/coding-assistants (only humans certify; Assisted-by)',
  run: anybody,
});
