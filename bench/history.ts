import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeHistory } from './make-history.ts';
import { median } from './processes.ts';
import { promised } from './promise.ts';

// What reading a history costs over `git log --numstat` of it, in the same rounds: without and with following lines.
// FACTUM_BENCH_HISTORY names a clone; else one is made, of FACTUM_BENCH_COMMITS commits (100,000).

interface Reading {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Below so many seconds of git's own, a ratio leaves less than it takes to start a process (docs/decisions/0014). */
const short = 0.1;
const readings = [
  { which: 'plain', what: 'reading a history', ratio: 1.15, more: 0.1 },
  { which: 'lines', what: 'reading a history and its lines', ratio: 2.5, more: 0.15 },
] as const;

const room = mkdtempSync(join(tmpdir(), 'factum-bench-built-'));
const given = process.env['FACTUM_BENCH_HISTORY'];
const made = given === undefined ? mkdtempSync(join(tmpdir(), 'factum-bench-history-')) : undefined;
try {
  if (made !== undefined) await writeHistory(made, Number(process.env['FACTUM_BENCH_COMMITS'] ?? 100_000));
  const dir = resolve(given ?? made ?? '.');
  execFileSync(process.execPath, [resolve('bench/bundle.process.ts'), room], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // The code that it compiles is kept, as that of the command is, which always follows lines.
  reading(dir, true);
  const rounds = Array.from({ length: Number(process.env['FACTUM_BENCH_ROUNDS'] ?? 3) }, () => ({
    floor: floorOf(dir),
    plain: reading(dir, false),
    lines: reading(dir, true),
  }));
  for (const { floor, plain, lines } of rounds)
    console.log(`git ${floor.toFixed(2)} s; all but lines ${shown(plain)}; with lines ${shown(lines)}`);
  const floor = median(rounds.map((round) => round.floor));
  const memory = Math.max(...rounds.flatMap(({ plain, lines }) => [plain.megabytes, lines.megabytes]));
  for (const { which, what, ratio, more } of readings) {
    const [unit, value] = floor < short ? ['s more than git log --numstat', more] : ['x git log --numstat', ratio];
    const over = rounds.map((round) => {
      const { seconds } = round[which];
      return floor < short ? seconds - round.floor : seconds / round.floor;
    });
    promised({ what, measured: median(over), unit, bound: 'limit', value });
  }
  if (made !== undefined) promised({ ...secondRun(made), unit: 's beside git', bound: 'limit', value: 1 });
  promised({ what: 'memory of reading a history', measured: memory, unit: 'MB', bound: 'limit', value: 600 });
} finally {
  for (const folder of made === undefined ? [room] : [room, made]) rmSync(folder, { recursive: true, force: true });
}

/** The whole command, after ten new commits, without what git needs to tell of these. */
function secondRun(dir: string): { readonly what: string; readonly measured: number } {
  const cache = mkdtempSync(join(tmpdir(), 'factum-bench-cache-'));
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const timed = (command: string, ...args: readonly string[]): number => {
    const from = performance.now();
    execFileSync(command, args, { cwd: dir, env, stdio: ['ignore', 'ignore', 'inherit'], maxBuffer: Infinity });
    return (performance.now() - from) / 1000;
  };
  const diagnosed = (): number => timed(process.execPath, resolve('dist/main.cjs'), 'diagnose', '--json');
  try {
    diagnosed();
    execFileSync('git', ['fast-import', '--quiet'], {
      cwd: dir,
      input: tenCommits(),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    return { what: 'a second diagnosis', measured: diagnosed() - timed('git', 'log', '--numstat', '--max-count=10') };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function tenCommits(): string {
  const by = `person 1 <p1@example.org> ${Math.floor(Date.now() / 1000)} +0000`;
  const one = (n: number): string =>
    `commit refs/heads/main\ncommitter ${by}\ndata 3\nnew\n${n === 0 ? 'from refs/heads/main^0\n' : ''}M 100644 inline src/new.ts\ndata 2\n${n}\n\n`;
  return Array.from({ length: 10 }, (_, n) => one(n)).join('');
}

function shown({ seconds, megabytes }: Reading): string {
  return `${seconds.toFixed(2)} s, ${megabytes} MB`;
}

function floorOf(dir: string): number {
  const from = performance.now();
  const ran = spawnSync('git', ['log', '--numstat', 'HEAD'], { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  if (ran.status !== 0) throw new Error(`git log ended with ${ran.status}`);
  return (performance.now() - from) / 1000;
}

/** In a process of its own, whose memory is measured; the start of Node itself is another promise. */
function reading(dir: string, lines: boolean): Reading {
  const bundled = ['history.cjs', 'kept'].map((name) => join(room, name));
  const argv = [join(room, 'compiled.cjs'), dir, String(lines), ...bundled];
  const ran = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as Reading;
}
