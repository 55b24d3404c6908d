import { rmSync } from 'node:fs';
import { bareNode, benchRepository, factum, median, output, rounds } from './processes.ts';
import { promised } from './promise.ts';

// What `factum verify` of one claim costs over the command that the claim is checked by.

const command = 'sleep 0.5';
const repository = benchRepository();
try {
  const part = `command-succeeds:${JSON.stringify({ command })}`;
  output([...factum, 'claim', 'The build succeeds.', '--part', part], repository);
  const verify = [...factum, 'verify', '--fresh', '--trust'];
  if (!output(verify, repository).includes('1 look taken')) throw new Error('factum verify did not look');
  const alone = ['bash', '-o', 'pipefail', '-c', command];
  const times = rounds(15, { bare: bareNode, alone, verify }, repository);
  const overhead = median(times.map((round) => round.verify - round.alone));
  const bare = median(times.map((round) => round.bare));
  console.log(`bare node takes ${bare.toFixed(0)} ms, so verify costs ${(overhead / bare).toFixed(2)} x bare node`);
  promised({ what: 'factum verify over its command', measured: overhead, unit: 'ms', bound: 'limit', value: 150 });
} finally {
  rmSync(repository.parent, { recursive: true, force: true });
}
