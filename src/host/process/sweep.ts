import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Git } from '../git/git.ts';
import { goneOwnerOf } from './owner.ts';
import { endProcesses } from './process-tree.ts';
import { temporaryBases } from './temporary.ts';

/**
 * Clears up after a factum that was killed: ends what is left of its runs, then removes its temporary folders and this
 * repository's checkouts. Never fails, since no run depends on it; what cannot be removed stays for the next time.
 */
export async function sweepAbandoned(git: Git | undefined): Promise<void> {
  const abandoned = temporaryBases()
    .flatMap(foldersIn)
    .filter((folder) => goneOwnerOf(folder) !== undefined);
  for (const folder of abandoned.filter((each) => !isCheckout(each))) await removeRun(folder).catch(() => undefined);
  if (git !== undefined && abandoned.some(isCheckout)) await removeAbandonedCheckouts(git);
}

function isCheckout(folder: string): boolean {
  return basename(folder).startsWith('factum-checkout-');
}

function foldersIn(base: string): readonly string[] {
  try {
    const names = readdirSync(base).filter((name) => /^factum-(?:run|tree|checkout|clone)-/.test(name));
    return names.map((name) => join(base, name));
  } catch {
    return [];
  }
}

async function removeRun(folder: string): Promise<void> {
  const owner = goneOwnerOf(folder);
  if (owner === undefined) return;
  const left = owner.mark === '' ? [] : await endProcesses({ mark: owner.mark });
  if (left.length === 0) await rm(folder, { recursive: true, force: true });
}

/**
 * Never `git worktree prune`: it would also forget the user's own worktrees on a disk that is not mounted just now.
 * Finds those of this repository wherever TMPDIR was.
 */
export async function removeAbandonedCheckouts(git: Git): Promise<void> {
  const list = await git.run(['worktree', 'list', '--porcelain', '-z']);
  if (!list.ok || list.value.exit !== 0) return;
  const ours = list.value.stdout.match(/(?<=^|\0)worktree [^\0]*\/factum-checkout-[^/\0]+\/checkout(?=\0)/g) ?? [];
  for (const entry of ours) {
    const folder = dirname(entry.slice('worktree '.length));
    if (goneOwnerOf(folder) !== undefined) await removeCheckout(git, folder).catch(() => undefined);
  }
}

export async function removeCheckout(git: Git, folder: string): Promise<void> {
  // Git refuses what it does not know as a worktree; either way the folder goes.
  await git.run(['worktree', 'remove', '--force', '--force', join(folder, 'checkout')]);
  await rm(folder, { recursive: true, force: true });
}
