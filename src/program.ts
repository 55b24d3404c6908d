import { realWorld } from './world.ts';

// What `main.ts` begins: one command line in the real world.

export async function runProgram(argv: readonly string[], version: string): Promise<number> {
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
  return runFactum(argv, version, begun, endOnSignals);
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
