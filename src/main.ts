#!/usr/bin/env node
import { randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import type { World } from './compose.ts';

// Everything else is imported only when it is needed: `--version` must not wait for it.

const needed = 24;

process.exitCode = await start(process.argv.slice(2));

async function start(argv: readonly string[]): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < needed) {
    process.stderr.write(`NODE_TOO_OLD: Factum needs Node ${needed} or later; this is ${process.versions.node}\n`);
    process.stderr.write('next: install Node 24, or in a clone run it through npm, which brings its own\n');
    return 3;
  }
  const version = versionOf();
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  enableCompileCache();
  const { runFactum } = await import('./compose.ts');
  const { killRunsNow } = await import('./host/process/shell.ts');
  process.once('exit', killRunsNow);
  return runFactum(argv, version, realWorld(), endOnSignals);
}

/** One folder up from `src/` and from `dist/` alike. */
function versionOf(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function realWorld(): World {
  const { env, stdin, stdout, stderr } = process;
  const hasColour = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    cwd: process.cwd(),
    env,
    now: () => new Date().toISOString(),
    newId: () => randomUUIDv7(),
    terminal: {
      out: (text) => void stdout.write(text),
      err: (text) => void stderr.write(text),
      isInteractive: stderr.isTTY,
      paper: { width: Math.min(stdout.columns ?? 80, 120), colour: hasColour },
    },
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
  };
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** Ctrl-C ends what runs, with all its processes, before Factum itself ends; a second one does not wait. */
function endOnSignals(close: () => Promise<void>): void {
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
