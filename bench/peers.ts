import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { factum } from './processes.ts';

// A whole `factum diagnose` beside the tools for git histories that are installed here, on the clone that
// FACTUM_BENCH_HISTORY names. It promises nothing: each of them answers other questions.

interface Contender {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
}

const dir = resolve(process.env['FACTUM_BENCH_HISTORY'] ?? '.');
const cache = mkdtempSync(join(tmpdir(), 'factum-bench-peers-'));
const env = { ...process.env, XDG_CACHE_HOME: cache, _GIT_SINCE: '1970-01-01', _GIT_LIMIT: '100000' };
const diagnose: Contender['argv'] = [...factum, 'diagnose', '--json'];

const contenders: readonly Contender[] = [
  { name: 'git log --numstat', argv: ['git', 'log', '--numstat', 'HEAD'] },
  { name: 'factum diagnose', argv: diagnose },
  { name: 'factum diagnose again', argv: diagnose },
  { name: 'git shortlog -sne', argv: ['git', 'shortlog', '-sne', 'HEAD'] },
  { name: 'git-quick-stats -T', argv: ['git-quick-stats', '-T'] },
  { name: 'gitinspector, all files', argv: ['gitinspector', '-T', '-r', '-m', '-f', '**'] },
];

try {
  const floor = seconds(contenders[0]);
  for (const contender of contenders) {
    const took = seconds(contender);
    const shown =
      took === undefined ? 'not installed' : `${took.toFixed(2)} s, ${(took / (floor ?? NaN)).toFixed(2)} x`;
    console.log(`${contender.name}: ${shown}`);
  }
} finally {
  rmSync(cache, { recursive: true, force: true });
}

function seconds(contender: Contender | undefined): number | undefined {
  const [program, ...args] = contender?.argv ?? ['git'];
  const from = performance.now();
  const { error, status, signal } = spawnSync(program, args, { cwd: dir, env, stdio: 'ignore', timeout: 900_000 });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return undefined;
  if (status !== 0) throw new Error(`${program} ended with ${status ?? signal}`);
  return (performance.now() - from) / 1000;
}
