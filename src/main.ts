#!/usr/bin/env node
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import type * as Program from './program.ts';

// Everything else is imported only when it is needed: `--version` must not wait for it, and an old Node, which lacks
// names that the others import, must come as far as the check below.

const needed = 24;

// An answer that never comes is Factum's failure, and no yes.
process.exitCode = 3;
void start(process.argv.slice(2)).catch(broke).then(end);

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
  const { runProgram } = await program(argv[0]);
  return runProgram(argv, manifest.version);
}

/** From source as it is; built, with the code that an earlier run of the same command compiled. */
async function program(command = ''): Promise<typeof Program> {
  if (import.meta.url.endsWith('.ts')) return import('./program.ts');
  const { compiledFor, loadCompiled } = await import('./compiled-code.ts');
  const built = join(import.meta.dirname, 'program.cjs');
  return loadCompiled(built, compiledFor(command, process.env)) as typeof Program;
}

/** Node would end with 1, which says that the answer is no. */
function broke(thrown: unknown): number {
  process.stderr.write(`INTERNAL: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
  return 3;
}

/** When all is written, or has failed to be: freeing what it holds would take Node as long as a small command. */
function end(exit: number): void {
  process.exitCode = exit;
  process.stdout.write('', () => process.stderr.write('', () => setImmediate(() => process.exit())));
}
