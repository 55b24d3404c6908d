import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { couldNotLook, type CouldNotLook, type Seen, seen } from '../../core/ports.ts';
import { messageOf } from '../../core/errors.ts';
import { type Dirt, readDirt } from './dirt.ts';
import { type FoldersOfHead, readFoldersOfHead } from './head-folders.ts';
import type { Git, GitOptions } from './git.ts';
import { flagsOf, type IndexFlags, readIndex, writeIndex } from './index-file.ts';
import { type Entry, foldersAbove, idWithChanges, isFolder, type ObjectFormat, placeOf } from './tree-object.ts';
import type { TreeSnapshot } from './tree-snapshot.ts';

/** A working tree, and a folder outside of it that is thrown away afterwards. */
interface Place {
  readonly git: Git;
  readonly dir: string;
  readonly room: string;
}

interface Layout extends IndexFlags {
  readonly format: ObjectFormat;
  readonly index: string;
  readonly objects: string;
  readonly top: string;
  /** The commit and the tree of the head; absent before the first commit. */
  readonly head: string | undefined;
  readonly tree: string | undefined;
}

/**
 * The hash of the working tree at `dir`, untracked files that are not ignored included. Costs one `git status`, and
 * where something changed the objects around it. Nothing is written to the repository, and no file content anywhere.
 */
export async function takeTree(git: Git, dir: string): Promise<Seen<TreeSnapshot>> {
  const filtered = await filterNotTrusted(git, dir);
  if (filtered !== undefined) return filtered;
  const room = await mkdtemp(join(tmpdir(), 'factum-tree-'));
  try {
    return await lookAt({ git, dir, room });
  } catch (error) {
    return couldNotLook('broken', `the working tree ${dir} could not be hashed: ${messageOf(error)}`);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
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

async function lookAt(place: Place): Promise<Seen<TreeSnapshot>> {
  // What takes longest begins first.
  const [asItIs, layout] = await Promise.all([statusOf(place), layoutOf(place)]);
  if (!layout.ok) return layout;
  const status = layout.value.hides ? await statusOfCopy(place, layout.value.index) : asItIs;
  if (!status.ok) return status;
  const dirt = readDirt(status.value);
  const { head, tree } = layout.value;
  const isClean = dirt.known.size + dirt.unknown.size + dirt.nested.length === 0;
  if (isClean && tree !== undefined && dirt.head === head) return seen({ tree, base: tree, changes: new Map() });
  return withChanges(place, layout.value, dirt);
}

async function layoutOf({ git, dir }: Place): Promise<Seen<Layout>> {
  const facts = ['--show-object-format', '--git-path', 'index', '--git-path', 'objects', '--show-toplevel'];
  // Unlike others, a revision that is not there is no error after --revs-only.
  const answer = await answered(git, ['rev-parse', ...facts, '--revs-only', 'HEAD', 'HEAD^{tree}'], { dir });
  if (!answer.ok) return answer;
  const [name, index = '', objects = '', top = '', head, tree] = answer.value.trimEnd().split('\n');
  const format = name === 'sha256' ? 'sha256' : 'sha1';
  const layout = { format, index: resolve(dir, index), objects: resolve(dir, objects), top, head, tree } as const;
  const content = await contentOf(layout.index);
  return seen({ ...layout, ...(content === undefined ? { hides: false, sparse: false } : flagsOf(content, format)) });
}

/** On the index itself, whose time of modification is how git knows what may have changed after it was written. */
function statusOf({ git, dir }: Place, options: GitOptions = {}): Promise<Seen<string>> {
  const flags = ['--untracked-files=all', '--ignored=no', '--no-renames', '--branch', '--no-ahead-behind'];
  return answered(git, ['status', '--porcelain=v2', '-z', ...flags], { ...options, dir });
}

/** After git was told to look at all files again, in a copy of the index. */
async function statusOfCopy(place: Place, index: string): Promise<Seen<string>> {
  const { git, dir, room } = place;
  const env = { GIT_INDEX_FILE: join(room, 'copy') };
  await copyIndex(index, env.GIT_INDEX_FILE);
  const again = ['update-index', '-q', '--really-refresh', '--unmerged', '--ignore-missing'];
  const refreshed = await answered(git, again, { dir, env });
  // Its exit code says only that something is not up to date.
  return refreshed.ok || refreshed.why === 'broken' ? statusOf(place, { env }) : refreshed;
}

/** Node's times lose nanoseconds, so the copy's is put back by up to two microseconds: that only costs a second look. */
async function copyIndex(from: string, to: string): Promise<void> {
  const { mtimeNs } = await stat(from, { bigint: true });
  await writeFile(to, await readFile(from));
  const seconds = Number(mtimeNs / 1000n - 1n) / 1e6;
  await utimes(to, seconds, seconds);
}

async function withChanges(place: Place, layout: Layout, dirt: Dirt): Promise<Seen<TreeSnapshot>> {
  const paths = [...dirt.known.keys(), ...dirt.unknown.keys(), ...dirt.nested];
  const options = { dir: layout.top, format: layout.format };
  const folders = readFoldersOfHead(place.git, dirt.head, foldersAbove(paths), options);
  const attributes = layout.sparse ? attributesIn(await folders, dirt.known) : new Map<string, Entry>();
  const [before, found] = await Promise.all([folders, hashed(place, layout, dirt, attributes)]);
  if (!before.ok) return before;
  if (!found.ok) return found;
  const changes = new Map(
    [...dirt.known, ...found.value].filter(([path, entry]) => !isSame(before.value, path, entry)),
  );
  const tree = idWithChanges(before.value.folders, changes, layout.format);
  return seen({ tree, base: before.value.tree, changes });
}

function isSame({ folders }: FoldersOfHead, path: string, entry: Entry | 'gone'): boolean {
  const [folder, name] = placeOf(path);
  const before = folders.get(folder)?.get(name);
  return entry === 'gone' ? before === undefined : before?.mode === entry.mode && before.id === entry.id;
}

/**
 * What `git add` makes of the paths whose content is not known, in an index that has nothing else: `git hash-object`
 * would convert line ends that adding leaves alone. This never enters a submodule, whose own filters would run.
 */
async function hashed(
  { git, room }: Place,
  { format, objects, top }: Layout,
  { unknown, nested }: Dirt,
  attributes: ReadonlyMap<string, Entry>,
): Promise<Seen<ReadonlyMap<string, Entry | 'gone'>>> {
  if (unknown.size + nested.length === 0) return seen(new Map());
  const env = {
    GIT_INDEX_FILE: join(room, 'index'),
    GIT_OBJECT_DIRECTORY: room,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(objects),
  };
  const inIndex = [...unknown].flatMap(([path, entry]) => (entry === undefined ? [] : [[path, entry] as const]));
  await writeFile(env.GIT_INDEX_FILE, writeIndex(new Map([...attributes, ...inIndex]), format));
  const add = ['update-index', '-z', '--add', '--remove', '--replace', '--info-only', '--stdin'];
  if (unknown.size > 0) {
    const added = await answered(git, add, { dir: top, env, input: [...unknown.keys()].join('\0') });
    if (!added.ok) return added;
  }
  for (const repository of nested) {
    // A nested repository counts by its head; one without a commit has nothing that could be added.
    const added = await answered(git, add, { dir: top, env, input: repository });
    if (!added.ok && added.why !== 'broken') return added;
  }
  const entries = readIndex(await readFile(env.GIT_INDEX_FILE), format);
  return seen(new Map([...unknown.keys(), ...nested].map((path) => [path, entries.get(path) ?? 'gone'])));
}

/** Git looks for attributes in the index where a sparse checkout left their file out. */
function attributesIn(head: Seen<FoldersOfHead>, known: Dirt['known']): ReadonlyMap<string, Entry> {
  const attributes = new Map<string, Entry>();
  if (!head.ok) return attributes;
  for (const [folder, entries] of head.value.folders) {
    const path = folder === '' ? '.gitattributes' : `${folder}/.gitattributes`;
    const entry = known.get(path) ?? entries.get('.gitattributes');
    if (entry !== undefined && entry !== 'gone' && !isFolder(entry)) attributes.set(path, entry);
  }
  return attributes;
}

async function contentOf(index: string): Promise<Buffer | undefined> {
  try {
    return await readFile(index);
  } catch (error) {
    // A repository in which nothing was ever added has no index yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function answered(git: Git, args: readonly string[], options: GitOptions): Promise<Seen<string>> {
  const answer = await git.run(args, { encoding: 'latin1', timeoutMs: 300_000, ...options });
  if (!answer.ok) return answer;
  if (answer.value.exit === 0) return seen(answer.value.stdout);
  return couldNotLook('broken', `git ${args[0] ?? ''} in ${options.dir ?? ''} failed: ${answer.value.stderr.trim()}`);
}

/** Git reads a path in double quotes as a C string, whatever separators it has. */
function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
