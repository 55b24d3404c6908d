import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bareNode, benchRepository, factum, median, output, rounds } from './processes.ts';
import { promised } from './promise.ts';
import { entries, filledStore } from './ten-thousand-entries.ts';

// What starting the program costs, against a bare `node -e 0` of the same round.

const repository = benchRepository();
try {
  await filledStore(join(repository.dir, '.git', 'factum'), join(repository.parent, 'factum'));
  const version = [...factum, '--version'];
  const list = [...factum, 'list'];
  // The first one makes the index and fills the compile cache.
  if (!output(list, repository).includes('supported')) throw new Error('factum list shows no claim');
  const times = rounds(21, { bare: bareNode, version, help: [...factum, '--help'], list }, repository);
  const of = (name: 'version' | 'help' | 'list'): number => median(times.map((round) => round[name] / round.bare));
  console.log(`bare node takes ${median(times.map(({ bare }) => bare)).toFixed(0)} ms`);
  promised({ what: 'factum --version', measured: of('version'), unit: 'x bare node', bound: 'limit', value: 2 });
  console.log(`factum --help takes ${of('help').toFixed(2)} x bare node`);
  promised({
    what: `factum list, ${entries} entries`,
    measured: of('list'),
    unit: 'x bare node',
    bound: 'limit',
    value: 5,
  });
} finally {
  rmSync(repository.parent, { recursive: true, force: true });
}
