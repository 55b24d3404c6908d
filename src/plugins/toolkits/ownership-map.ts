import { atLeast, toolkit } from '../../core/debt/toolkit.ts';

export const ownershipMap = toolkit({
  id: 'ownership-map',
  title: 'Ownership map',
  summary: 'Each part of the code has a named owner and a named second.',
  lifecycle: 'experimental',
  when: 'Work has no named owner or verifier.',
  steps: [
    'List the parts of the code and who changed each in the last year.',
    'Name an owner and a second for each, as teams or pairs, and write them into CODEOWNERS.',
    'Where only one person knows a part, the second makes its next three changes.',
    'Whoever leaves hands over in pairs, before the last week.',
  ],
  time: 'half a day, then an hour a quarter',
  moves: ['accountability'],
  source: 'Bird, Nagappan, Murphy, Gall & Devanbu 2011, ESEC/FSE; Avelino, Passos, Hora & Valente 2016, ICPC',
  run: atLeast(2),
});
