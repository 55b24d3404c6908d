import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGit } from '../src/host/git/git.ts';
import { takeTree } from '../src/host/git/tree-hash.ts';

/** Promise: the tree hash takes less than twice `git status` on a repository of 20,000 files. */
const files = 20_000;
const rounds = 15;
const limit = 2;

const room = mkdtempSync(join(tmpdir(), 'factum-bench-'));
const gitIn = (...args: readonly string[]) => execFileSync('git', args, { cwd: room, stdio: 'ignore' });

function fill(): void {
  for (let at = 0; at < files; at += 1) {
    const folder = join(room, `d${at % 100}`, `e${at % 10}`);
    if (at < 1000) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${at}.txt`), `content of file ${at}\n`);
  }
  gitIn('init', '--quiet');
  gitIn('add', '--all');
  gitIn('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--message=all');
}

/** A little work in progress, as a claim would be about. */
function edit(): void {
  for (let at = 0; at < 20; at += 1) writeFileSync(join(room, `d${at}`, `e${at % 10}`, `new-${at}.txt`), `new ${at}\n`);
  for (let at = 0; at < 20; at += 1)
    writeFileSync(join(room, `d${at}`, `e${at % 10}`, `file-${at}.txt`), `edited ${at}\n`);
}

async function timed(run: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function hash(): Promise<void> {
  const taken = await takeTree(openGit({ dir: room, trusted: false }), room);
  if (!taken.ok) throw new Error(taken.message);
}

async function ratio(state: string): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const status = await timed(() => gitIn('status', '--porcelain'));
    ratios.push((await timed(hash)) / status);
  }
  const found = median(ratios);
  console.log(`tree hash, ${files} files, ${state}: ${found.toFixed(2)} x git status (limit ${limit})`);
  return found;
}

try {
  fill();
  const clean = await ratio('nothing changed');
  edit();
  const edited = await ratio('20 edits and 20 new files');
  process.exitCode = Math.max(clean, edited) > limit ? 1 : 0;
} finally {
  rmSync(room, { recursive: true, force: true });
}
