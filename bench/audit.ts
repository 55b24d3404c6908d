import { spawnSync } from 'node:child_process';
import { globSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeTranscript } from './make-transcript.ts';
import { benchRepository, factum } from './processes.ts';
import { promised } from './promise.ts';

// How fast sessions are audited: MB for each second of processor time, beside what reading and parsing the lines takes alone.
// FACTUM_BENCH_SESSIONS names a folder of real ones (`*.jsonl`); else one is made, denser in runs and words than most are.

const bytes = 128_000_000;
const rounds = 3;
const bare = `for (const path of process.argv.slice(1))
  for await (const line of require('node:readline').createInterface(require('node:fs').createReadStream(path)))
    try { JSON.parse(line) } catch {}`;
const given = process.env['FACTUM_BENCH_SESSIONS'];
const { parent, dir, env } = benchRepository();
try {
  if (given === undefined) await makeTranscript(join(dir, 'session.jsonl'), bytes);
  const folder = resolve(given ?? dir);
  const paths = globSync('**/*.jsonl', { cwd: folder }).map((path) => join(folder, path));
  const size = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  const audit = [...factum, 'audit', ...paths];
  if (!spawnSync(process.execPath, audit.slice(1), { encoding: 'utf8' }).stdout.includes('supported'))
    throw new Error('factum audit found nothing');
  const times = Array.from({ length: rounds }, () => ({
    audit: processorSeconds(audit),
    parsing: processorSeconds([process.execPath, '-e', `(async () => { ${bare} })()`, ...paths]),
  }));
  const least = (name: 'audit' | 'parsing'): number => Math.min(...times.map((round) => round[name]));
  console.log(`reading and parsing the lines alone: ${(size / least('parsing')).toFixed(0)} MB/s`);
  console.log(`factum audit takes ${(least('audit') / least('parsing')).toFixed(2)} x reading and parsing`);
  promised({ what: 'factum audit', measured: size / least('audit'), unit: 'MB/s', bound: 'at least', value: 40 });
} finally {
  rmSync(parent, { recursive: true, force: true });
}

/** Of all threads of a program, as its shell counts them; the machine may be doing other work. */
function processorSeconds(argv: readonly string[]): number {
  const timed = ['-c', `TIMEFORMAT='%U %S'; time "$@" >/dev/null`, 'bash', ...argv];
  const { stderr } = spawnSync('bash', timed, { cwd: dir, env, encoding: 'utf8' });
  const [user, system] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return (user ?? Number.NaN) + (system ?? Number.NaN);
}
