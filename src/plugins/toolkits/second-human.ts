import { anybody, toolkit } from '../../core/debt/toolkit.ts';

export const secondHuman = toolkit({
  id: 'second-human',
  title: 'Second human',
  summary: 'A second human looks at each change before others rely on it.',
  lifecycle: 'experimental',
  when: 'Changes, of people or of agents, are merged without the look of a second human, or few people write most of them.',
  steps: [
    'Where there is one human, find a second first. Name two for each part of the work; nobody merges alone what they or their agent wrote.',
    'For a fortnight the second one reads the change, runs it once, and says on record what they looked at.',
    'What is complex is written by both together; what is simple is only read.',
    'Read the same figures again when a whole window has passed: 13 weeks, unless factum.yaml says otherwise.',
  ],
  time: '20 to 40 minutes a change for one more person',
  moves: ['review-density', 'agent-review-gap', 'contribution-asymmetry', 'corrected-changes'],
  source:
    'Hannay, Dybå, Arisholm & Sjøberg 2009, Inf. Softw. Technol. 51:7 (two write better code where it is complex, at more effort); the quorum of two is the framework’s',
  run: anybody,
});
