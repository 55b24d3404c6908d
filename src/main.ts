#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };

// Everything else is imported only when it is needed: `--version` must not wait for it, and an old Node, which lacks
// names that the others import, must come as far as the check below.

const needed = 24;

// An answer that never comes is Factum's failure, and no yes.
process.exitCode = 3;
void start(process.argv.slice(2))
  .catch(broke)
  .then((exit) => void (process.exitCode = exit));

async function start(argv: readonly string[]): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < needed) {
    process.stderr.write(`NODE_TOO_OLD: Factum needs Node ${needed} or later; this is ${process.versions.node}\n`);
    process.stderr.write('next: install Node 24, or in a clone run it through npm, which brings its own\n');
    return 3;
  }
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${manifest.version}\n`);
    return 0;
  }
  await useCompileCache();
  const { realWorld } = await import('./world.ts');
  const world = realWorld();
  const [command, agent, ...others] = argv;
  if (command === 'gate' && agent !== undefined && !agent.startsWith('-') && others.length === 0) {
    const { runGate } = await import('./gate.ts');
    return runGate(agent, world, endOnSignals);
  }
  const { beginOpening } = await import('./opening.ts');
  const begun = Object.assign(
    world,
    beginOpening(argv, () => world.cwd),
  );
  const { runFactum } = await import('./compose.ts');
  return runFactum(argv, manifest.version, begun, endOnSignals);
}

/** Node would end with 1, which says that the answer is no. */
function broke(thrown: unknown): number {
  process.stderr.write(`INTERNAL: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
  return 3;
}

/** In a folder of this user: in Node's own choice, the temporary folder, others could plant code. */
async function useCompileCache(): Promise<void> {
  const { enableCompileCache } = await import('node:module');
  const { isAbsolute, join } = await import('node:path');
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = process.env;
  const parent = isAbsolute(cache) ? cache : join(home, '.cache');
  if (isAbsolute(parent)) enableCompileCache(join(parent, 'factum', 'compiled'));
}

/** Ctrl-C ends what runs, with all its processes, before Factum itself ends; a second one does not wait. */
function endOnSignals(close: () => Promise<void>): void {
  void import('./host/process/shell.ts').then(({ killRunsNow }) => process.once('exit', killRunsNow));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(code));
      void close().finally(() => process.exit(code));
    });
  }
}
