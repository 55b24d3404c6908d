import { lstatSync, type Stats } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import { overlookedIn, submoduleSettings, submodulesIn } from '../../core/git/submodules.ts';
import { couldNotLook, type GitAnswer, type Seen, seen } from '../../core/ports.ts';
import { type Git, outputOf } from './git.ts';
import { type Entry, rawId } from './tree-object.ts';
import type { TreeSnapshot } from './tree-snapshot.ts';

type Take = (git: Git, dir: string) => Promise<Seen<TreeSnapshot>>;

/**
 * Submodules of the working tree at `top` that hold what no commit of theirs has, each as the folder that its content
 * would be. One that cannot be looked at, or that git was told to overlook, counts by its commit. Paths are latin1.
 */
export async function dirtySubmodules(git: Git, top: string, take: Take): Promise<Seen<ReadonlyMap<string, Entry>>> {
  const options = { dir: top, encoding: 'latin1' } as const;
  const stage = await outputOf(git, ['ls-files', '--stage', '-z'], options);
  if (!stage.ok) return stage;
  const settings: string[] = [];
  for (const args of submoduleSettings) {
    const listing = await git.run(args, options);
    if (!listing.ok) return listing;
    settings.push(listing.value.stdout);
  }
  const overlooked = overlookedIn(settings);
  const dirty = new Map<string, Entry>();
  for (const path of submodulesIn(stage.value).filter((each) => !overlooked.has(each))) {
    const folder = join(top, Buffer.from(path, 'latin1').toString());
    const content = isCheckedOut(folder) ? await take(git, folder) : undefined;
    if (content?.ok === true && content.value.tree !== content.value.base)
      dirty.set(path, { mode: '40000', id: rawId(content.value.tree) });
  }
  return seen(dirty);
}

/** A git command in a submodule; one that is not checked out answers as git does where there is no repository. */
export function runWithin(git: Git, submodule: string, args: readonly string[]): Promise<Seen<GitAnswer>> {
  if (isAbsolute(submodule) || submodule.split(/[\\/]/).includes('..'))
    return Promise.resolve(couldNotLook('not-allowed', `${submodule} is not a path inside the repository`));
  const dir = join(git.dir, submodule);
  if (isCheckedOut(dir)) return git.run(args, { dir });
  return Promise.resolve(seen({ exit: 128, stdout: '', stderr: `${submodule} is not checked out` }));
}

/** Without its own `.git` git would look at the repository around it. A link may lead anywhere. */
function isCheckedOut(folder: string): boolean {
  if (lookAt(folder)?.isDirectory() !== true) return false;
  const git = lookAt(join(folder, '.git'));
  return git?.isFile() === true || git?.isDirectory() === true;
}

/** What is at `path`; nothing where a folder above it is missing or, since the index was written, became a file. */
function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw thrown;
  }
}
