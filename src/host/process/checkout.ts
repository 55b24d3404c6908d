import { join } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type Seen, seen, type Workspace } from '../../core/ports.ts';
import type { Git } from '../git/git.ts';
import { removeAbandonedCheckouts, removeCheckout } from './sweep.ts';
import { temporaryFolder } from './temporary.ts';

/** Clean checkouts of commits outside the repository, one per commit, kept until closed. Submodules are left to the set-up. */
export interface Checkouts {
  open(commit: string): Promise<Seen<Workspace>>;
  closeAll(): Promise<void>;
}

export function openCheckouts(git: Git): Checkouts {
  const folders = new Set<string>();
  const known = new Map<string, Promise<Seen<Workspace>>>();
  let swept: Promise<void> | undefined;

  async function make(commit: string): Promise<Seen<Workspace>> {
    try {
      await (swept ??= removeAbandonedCheckouts(git));
      const folder = temporaryFolder({ prefix: 'factum-checkout-' }, git.dir);
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
      for (const folder of folders) await removeCheckout(git, folder);
      folders.clear();
      known.clear();
    },
  };
}

async function checkOut(git: Git, commit: string, folder: string): Promise<Seen<Workspace>> {
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
