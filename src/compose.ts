import { resolve } from 'node:path';
import { z } from 'zod';
import { redact } from './core/claim/redact.ts';
import { secretsOf } from './host/secrets.ts';
import { type Program, runCli, type Terminal } from './cli/run.ts';
import { forms } from './cli/forms.ts';
import { texts } from './cli/texts.ts';
import { refuseUnwritable, writeReport } from './host/report-file.ts';
import type { Opening } from './opening.ts';
import { groups, operations } from './ops/index.ts';
import { openSession } from './session.ts';

// A command parses each of its values once: compiling a parser for it costs more than it saves.
z.config({ jitless: true });

/** The world around one command; tests inject their own clock and ids. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal & { readonly isInteractive: boolean };
  /** Asks one question; undefined where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** The repository around `cwd`, where opening it began already. */
  readonly opening?: Opening;
  /** RFC 3339, UTC. */
  now(): string;
  /** A UUIDv7. */
  newId(): string;
}

/** Runs one command line in this world; `onOpen` gets the way to end it early. */
export function runFactum(
  argv: readonly string[],
  version: string,
  world: World,
  onOpen: (close: () => Promise<void>) => void = () => undefined,
): Promise<number> {
  const program: Program = {
    version,
    operations,
    groups,
    texts,
    forms,
    write: (path, text) => writeReport(resolve(world.cwd, path), text),
    refuseUnwritable: (path) => refuseUnwritable(resolve(world.cwd, path)),
    redact: (text) => redact(text, secretsOf(world.env)),
    async open({ scope, opensItself }, options) {
      const session = await openSession(world, scope, { ...options, ...(opensItself === true ? { opensItself } : {}) });
      onOpen(session.close);
      return session;
    },
  };
  return runCli(program, argv, world.terminal);
}
