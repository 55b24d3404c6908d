import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type Seen, seen, type Workspace } from '../../core/ports.ts';
import type { Git } from '../git/git.ts';
import { processIdentity } from './process-tree.ts';
import { temporaryFolder } from './temporary.ts';

/** Clean checkouts of commits outside the repository, one per commit, kept until closed. Submodules are left to the set-up. */
export interface Checkouts {
  open(commit: string): Promise<Seen<Workspace>>;
  closeAll(): Promise<void>;
}

const ownerFile = 'owner';

export function openCheckouts(git: Git): Checkouts {
  const folders = new Set<string>();
  const known = new Map<string, Promise<Seen<Workspace>>>();
  let swept: Promise<void> | undefined;

  async function make(commit: string): Promise<Seen<Workspace>> {
    try {
      await (swept ??= removeOrphans(git));
      const folder = temporaryFolder('factum-checkout-', git.dir);
      if (!folder.ok) return folder;
      folders.add(folder.value);
      return await checkOut(git, commit, folder.value);
    } catch (error) {
      return couldNotLook('broken', `commit ${commit} could not be checked out: ${messageOf(error)}`);
    }
  }

  return {
    open(commit) {
      const checkout = known.get(commit) ?? make(commit);
      known.set(commit, checkout);
      return checkout;
    },
    async closeAll() {
      await Promise.allSettled(known.values());
      for (const folder of folders) await remove(git, folder);
      folders.clear();
      known.clear();
    },
  };
}

async function checkOut(git: Git, commit: string, folder: string): Promise<Seen<Workspace>> {
  await writeFile(join(folder, ownerFile), processIdentity(process.pid) ?? '');
  const dir = join(folder, 'checkout');
  const added = await git.run(['worktree', 'add', '--detach', '--quiet', dir, commit], { timeoutMs: 600_000 });
  if (!added.ok) return added;
  if (added.value.exit !== 0) {
    return couldNotLook('broken', `commit ${commit} could not be checked out: ${added.value.stderr.trim()}`);
  }
  const tree = await git.run(['rev-parse', 'HEAD^{tree}', 'HEAD'], { dir });
  if (!tree.ok) return tree;
  const [name, head] = tree.value.stdout.split('\n');
  if (tree.value.exit !== 0 || !name || !head) return couldNotLook('broken', `${dir} has no commit`);
  return seen({ dir, place: 'worktree', tree: name, commit: head });
}

async function remove(git: Git, folder: string): Promise<void> {
  // Git refuses what it does not know as a worktree; either way the folder goes.
  await git.run(['worktree', 'remove', '--force', '--force', join(folder, 'checkout')]);
  await rm(folder, { recursive: true, force: true });
}

/**
 * Checkouts whose factum was killed. Never `git worktree prune`: it would also forget the user's own worktrees
 * on a disk that is not mounted just now.
 */
async function removeOrphans(git: Git): Promise<void> {
  const list = await git.run(['worktree', 'list', '--porcelain', '-z']);
  if (!list.ok || list.value.exit !== 0) return;
  const ours = list.value.stdout.match(/(?<=^|\0)worktree [^\0]*\/factum-checkout-[^/\0]+\/checkout(?=\0)/g) ?? [];
  for (const entry of ours) {
    const folder = dirname(entry.slice('worktree '.length));
    if (await isOrphan(folder)) await remove(git, folder);
  }
}

/** Without its owner file it may be just being made, or belong to a container with a temporary folder of its own. */
async function isOrphan(folder: string): Promise<boolean> {
  const owner = await readFile(join(folder, ownerFile), 'utf8').catch(() => undefined);
  return owner !== undefined && processIdentity(Number.parseInt(owner, 10)) !== owner;
}
