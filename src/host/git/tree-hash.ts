import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { couldNotLook, type CouldNotLook, type Seen, seen } from '../../core/ports.ts';
import { messageOf } from '../../core/errors.ts';
import type { Git } from './git.ts';
import { type Dirt, readDirt } from './dirt.ts';
import { mayHideChanges } from './index-file.ts';

/** The state of a working tree at one moment. Its objects live in a folder of their own until it is disposed of. */
export interface TreeSnapshot {
  /** Object name: what `git write-tree` answers when every file that is not ignored was added. */
  readonly tree: string;
  /** Folder with the tree objects that the repository does not have. */
  readonly objects: string;
  dispose(): Promise<void>;
}

/** What is thrown away at once need not survive a power cut, nor be small. */
const unsaved = [
  ['core.fsync', 'none'],
  ['core.compression', '0'],
] as const;

/** A throw-away index: nothing is written to the repository, and no file content is written anywhere. */
interface Scratch {
  readonly objects: string;
  /** True: the index may have been told to overlook changes. */
  readonly hides: boolean;
  git(args: readonly string[], input?: string): Promise<Seen<string>>;
}

/** The hash of the working tree at `dir`, untracked files that are not ignored included. Takes about one `git status`. */
export async function takeTree(git: Git, dir: string): Promise<Seen<TreeSnapshot>> {
  const filtered = await filterNotTrusted(git, dir);
  if (filtered !== undefined) return filtered;
  const room = await mkdtemp(join(tmpdir(), 'factum-tree-'));
  const dispose = (): Promise<void> => rm(room, { recursive: true, force: true });
  try {
    const scratch = await openScratch(git, dir, room);
    const tree = scratch.ok ? await writeTree(scratch.value) : scratch;
    if (tree.ok && scratch.ok) return seen({ tree: tree.value, objects: scratch.value.objects, dispose });
    await dispose();
    return tree.ok ? couldNotLook('broken', `the tree of ${dir} was lost`) : tree;
  } catch (error) {
    await dispose();
    return couldNotLook('broken', `the working tree ${dir} could not be hashed: ${messageOf(error)}`);
  }
}

/** Paths that differ between two snapshots, at most 20. */
export async function changedBetween(
  git: Git,
  before: TreeSnapshot,
  after: TreeSnapshot,
): Promise<Seen<readonly string[]>> {
  if (before.tree === after.tree) return seen([]);
  const env = { GIT_OBJECT_DIRECTORY: before.objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(after.objects) };
  const diff = await git.run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', before.tree, after.tree], {
    env,
  });
  if (!diff.ok) return diff;
  if (diff.value.exit !== 0) return couldNotLook('broken', `git diff-tree failed: ${diff.value.stderr.trim()}`);
  return seen(diff.value.stdout.split('\0').filter(Boolean).slice(0, 20));
}

/** Without its filter a file hashes to something else: better no answer than a wrong one. */
async function filterNotTrusted(git: Git, dir: string): Promise<CouldNotLook | undefined> {
  const settings = await git.neutralised(dir);
  if (!settings.ok) return settings;
  const filter = settings.value.find(([key]) => /^filter\..*\.(?:clean|process)$/s.test(key));
  if (filter === undefined) return undefined;
  return couldNotLook(
    'not-allowed',
    `${filter[0]} in this repository's own configuration is a program nobody trusted yet`,
  );
}

async function openScratch(git: Git, dir: string, room: string): Promise<Seen<Scratch>> {
  const facts = ['--show-object-format', '--git-path', 'index', '--git-path', 'objects', '--show-toplevel'];
  const places = await git.run(['rev-parse', ...facts], { dir });
  if (!places.ok) return places;
  const [format, index = '', shared = '', top = ''] = places.value.stdout.split('\n');
  if (places.value.exit !== 0)
    return couldNotLook('broken', `${dir} has no working tree: ${places.value.stderr.trim()}`);
  const objects = join(room, 'objects');
  await mkdir(join(objects, 'info'), { recursive: true });
  await writeFile(join(objects, 'info', 'alternates'), `${quoted(resolve(dir, shared))}\n`);
  const copied = await copyIndex(resolve(dir, index), join(room, 'index'));
  const env = { GIT_INDEX_FILE: join(room, 'index'), GIT_OBJECT_DIRECTORY: objects };
  return seen({
    objects,
    hides: copied !== undefined && mayHideChanges(copied, format === 'sha256' ? 32 : 20),
    async git(args: readonly string[], input = ''): Promise<Seen<string>> {
      const options = { env, input, dir: top, settings: unsaved, encoding: 'latin1', timeoutMs: 300_000 } as const;
      const answer = await git.run(args, options);
      if (!answer.ok) return answer;
      if (answer.value.exit === 0) return seen(answer.value.stdout);
      return couldNotLook('broken', `git ${args[0] ?? ''} in ${top} failed: ${answer.value.stderr.trim()}`);
    },
  });
}

/**
 * Keeps the time of modification, which is how git knows that a file may have changed after the index was written.
 * Node's times lose nanoseconds, so it is put back by up to two microseconds: too early only costs a second look.
 */
async function copyIndex(from: string, to: string): Promise<Buffer | undefined> {
  try {
    const { mtimeNs } = await stat(from, { bigint: true });
    const index = await readFile(from);
    await writeFile(to, index);
    const seconds = Number(mtimeNs / 1000n - 1n) / 1e6;
    await utimes(to, seconds, seconds);
    return index;
  } catch (error) {
    // A repository in which nothing was ever added has no index yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeTree(scratch: Scratch): Promise<Seen<string>> {
  if (scratch.hides) {
    const refreshed = await scratch.git(['update-index', '-q', '--really-refresh', '--unmerged', '--ignore-missing']);
    if (!refreshed.ok && refreshed.why !== 'broken') return refreshed;
  }
  const flags = ['--porcelain=v1', '-z', '--untracked-files=all', '--ignored=no', '--no-renames'];
  const status = await scratch.git(['status', ...flags]);
  if (!status.ok) return status;
  const added = await addDirt(scratch, readDirt(status.value));
  if (added !== undefined) return added;
  const tree = await scratch.git(['write-tree', '--missing-ok']);
  return tree.ok ? seen(tree.value.trim()) : tree;
}

/** What `git add -A` does, except that this never enters a submodule, whose own filters would run. */
async function addDirt(scratch: Scratch, { gone, changed, nested }: Dirt): Promise<CouldNotLook | undefined> {
  if (gone.length > 0) {
    const removed = await scratch.git(['update-index', '-z', '--force-remove', '--stdin'], gone.join('\0'));
    if (!removed.ok) return removed;
  }
  const add = ['update-index', '-z', '--add', '--remove', '--replace', '--info-only', '--stdin'];
  if (changed.length > 0) {
    const added = await scratch.git(add, changed.join('\0'));
    if (!added.ok) return added;
  }
  for (const repository of nested) {
    // A nested repository counts by its head; one without a commit has nothing that could be added.
    const added = await scratch.git(add, repository);
    if (!added.ok && added.why !== 'broken') return added;
  }
  return undefined;
}

/** Git reads a path in double quotes as a C string, whatever separators it has. */
function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
