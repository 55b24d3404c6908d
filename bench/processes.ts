import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The built program: what people install. */
export const factum = [process.execPath, resolve('dist/main.cjs')] as const;

/** What nothing that runs under Node can beat. */
export const bareNode = [process.execPath, '-e', '0'] as const;

export interface BenchRepository {
  /** Its parent holds everything; remove that. */
  readonly parent: string;
  readonly dir: string;
  /** The environment of every command: this user's own configuration is left alone. */
  readonly env: NodeJS.ProcessEnv;
}

/** A repository with one commit in a temporary folder. */
export function benchRepository(): BenchRepository {
  if (!existsSync(factum[1])) throw new Error('there is no built program: npm run build');
  const parent = mkdtempSync(join(tmpdir(), 'factum-bench-'));
  const dir = join(parent, 'repository');
  mkdirSync(dir);
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: parent,
    XDG_CACHE_HOME: parent,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: dir, env, stdio: 'ignore' });
  git('init', '--quiet');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--allow-empty', '-m', 'first');
  return { parent, dir, env };
}

/** Runs a command to its end and answers what it printed; fails when it does. */
export function output(argv: readonly string[], { dir, env }: BenchRepository): string {
  const [program = '', ...args] = argv;
  const ran = spawnSync(program, args, { cwd: dir, env, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${argv.join(' ')} ended with ${ran.status}: ${ran.stderr}`);
  return ran.stdout;
}

const warmUps = 2;

/** Milliseconds of each command, round by round, so that whatever else the machine does meets all of them. */
export function rounds<Name extends string>(
  count: number,
  commands: Readonly<Record<Name, readonly string[]>>,
  repository: BenchRepository,
): readonly Readonly<Record<Name, number>>[] {
  const names = Object.keys(commands) as Name[];
  const timed = Array.from({ length: count + warmUps }, () => {
    const times = names.map((name) => [name, milliseconds(() => output(commands[name], repository))] as const);
    return Object.fromEntries(times) as Record<Name, number>;
  });
  return timed.slice(warmUps);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function milliseconds(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
