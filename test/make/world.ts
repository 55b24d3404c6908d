import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFactum, type World } from '../../src/compose.ts';

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** The questions that were answered. */
  readonly asked: readonly string[];
}

export interface TestWorld {
  /** Runs one command line in the folder; `answers` are typed at its questions, in order. */
  factum(cwd: string, argv: readonly string[], answers?: readonly string[]): Promise<Ran>;
  /** The user's configuration folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** What several users share: a clock that moves a second per look at it, and ids that count. */
export type Ticking = Pick<World, 'now' | 'newId'>;

export function aClock(): Ticking {
  let seconds = 0;
  let ids = 0;
  return {
    now: () => new Date(Date.UTC(2026, 0, 2, 3, 4, seconds++)).toISOString(),
    newId: () => `01900000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`,
  };
}

/** A user with a home of their own. */
export function aWorld(env?: Readonly<Record<string, string>>, ticking?: Ticking): Promise<TestWorld> {
  return Promise.resolve(worldOf(env, ticking));
}

/** The same, at once. */
export function worldOf(env: Readonly<Record<string, string>> = {}, ticking: Ticking = aClock()): TestWorld {
  const home = mkdtempSync(join(tmpdir(), 'factum-home-'));
  const own = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ...env,
  };
  return inWorld(own, home, ticking);
}

/** Somebody with exactly these variables. */
export function inWorld(env: Readonly<Record<string, string>>, home: string, ticking: Ticking): TestWorld {
  async function factum(cwd: string, argv: readonly string[], answers: readonly string[] = []): Promise<Ran> {
    const printed = { out: '', err: '' };
    const typed = [...answers];
    const asked: string[] = [];
    const world: World = {
      cwd,
      env,
      ...ticking,
      terminal: {
        out: (text) => void (printed.out += text),
        err: (text) => void (printed.err += text),
        isInteractive: false,
        paper: { width: 80, colour: false },
      },
      ...(answers.length === 0 ? {} : { ask: async (question) => (asked.push(question), typed.shift() ?? '') }),
    };
    const exit = await runFactum(argv, '0.0.0', world);
    return { exit, ...printed, asked };
  }

  return { factum, home, env, remove: () => rm(home, { recursive: true, force: true }) };
}
