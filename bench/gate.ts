import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareNode, benchRepository, factum, median, output, rounds } from './processes.ts';
import { promised } from './promise.ts';

// What a stop hook costs: with nothing to check, over the check itself, and once more on the same tree.

const check = 'sleep 0.5';
const repository = benchRepository();
try {
  const { parent, dir } = repository;
  const checks = [{ kind: 'build-succeeds', options: { command: check } }];
  // JSON is YAML, too.
  writeFileSync(join(dir, 'factum.yaml'), JSON.stringify({ version: 1, pods: [{ id: 'bench', checks }] }));
  output([...factum, 'trust'], repository);
  stopInput('quiet', 'I had a look around. What should I do next?');
  stopInput('claim', 'Done! The build succeeds.');
  const another = `date +%N > ${join(dir, 'work.txt')}`;
  const times = rounds(
    15,
    {
      bare: bareNode,
      nothing: gate('quiet'),
      alone: ['bash', '-o', 'pipefail', '-c', check],
      first: gate('claim', another),
      again: gate('claim'),
    },
    repository,
  );
  if (!output(gate('claim'), repository).includes('build-succeeds supported')) throw new Error('the gate did not look');
  const of = (time: (round: (typeof times)[number]) => number): number => median(times.map(time));
  const bare = of((round) => round.bare);
  const overhead = of((round) => round.first - round.alone);
  const told = { nothing: of((round) => round.nothing), overhead, again: of((round) => round.again) };
  console.log(`bare node takes ${bare.toFixed(0)} ms`);
  for (const [name, ms] of Object.entries(told)) console.log(`${name}: ${(ms / bare).toFixed(2)} x bare node`);
  const limit = { unit: 'ms', bound: 'limit' } as const;
  promised({ what: 'gate with nothing to check', measured: told.nothing, ...limit, value: 150 });
  promised({ what: 'gate over its check', measured: told.overhead, ...limit, value: 250 });
  promised({ what: 'gate, second stop on the same tree', measured: told.again, ...limit, value: 400 });

  function stopInput(name: string, message: string): void {
    const stop = { session_id: 's', cwd: dir, hook_event_name: 'Stop', stop_hook_active: false };
    const input = { ...stop, last_assistant_message: message, background_tasks: [] };
    writeFileSync(join(parent, `${name}.json`), JSON.stringify(input));
  }

  function gate(input: string, before = ':'): readonly string[] {
    const hook = factum.map((word) => `'${word}'`).join(' ');
    return shell(`${before}; exec ${hook} gate claude-code < ${join(parent, `${input}.json`)}`);
  }
} finally {
  rmSync(repository.parent, { recursive: true, force: true });
}

function shell(command: string): readonly string[] {
  return ['bash', '-c', command];
}
