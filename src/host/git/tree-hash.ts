import { rmSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { couldNotLook, type CouldNotLook, type Seen, seen } from '../../core/ports.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import { makeTemporary } from '../process/temporary.ts';
import { attributesIn, hashChanged, scratchFor } from './changed-files.ts';
import { type Dirt, readDirt } from './dirt.ts';
import { type FoldersOfHead, readFoldersOfHead } from './head-folders.ts';
import { type Git, type GitOptions, outputOf } from './git.ts';
import { flagsOf, type IndexFlags } from './index-file.ts';
import { type Entry, foldersAbove, idWithChanges, isFolder, type ObjectFormat, placeOf } from './tree-object.ts';
import { dirtySubmodules } from './submodules.ts';
import type { TreeSnapshot } from './tree-snapshot.ts';

/** A working tree, and a folder outside of it that is thrown away afterwards. */
interface Place {
  readonly git: Git;
  readonly dir: string;
  /** Made when it is first needed. */
  room(): string;
  readonly layout: Layout | undefined;
}

/** Reading a large working tree for the first time takes long. */
const patient = { timeoutMs: 300_000 } as const;

/** Where things are, and the head: the same for every look at one folder until the head moves. */
export interface Layout {
  readonly format: ObjectFormat;
  readonly index: string;
  readonly objects: string;
  readonly top: string;
  /** The commit and the tree of the head; absent before the first commit. */
  readonly head: string | undefined;
  readonly tree: string | undefined;
}

const layouts = new WeakMap<TreeSnapshot, Layout>();

/** What needs not be asked again when the same folder is looked at later. */
export function layoutAt(snapshot: TreeSnapshot): Layout | undefined {
  return layouts.get(snapshot);
}

/**
 * The hash of the working tree at `dir`, untracked files that are not ignored included. Costs one `git status`, and
 * where something changed the objects around it; as much again for each submodule. Nothing is written to the repository, and no file content anywhere.
 * `layout`, as it was known earlier, saves asking again what cannot have changed.
 */
export async function takeTree(git: Git, dir: string, layout?: Layout): Promise<Seen<TreeSnapshot>> {
  const filtered = await filterNotTrusted(git, dir);
  if (filtered !== undefined) return filtered;
  let made: string | undefined;
  const room = (): string => (made ??= makeTemporary({ prefix: 'factum-tree-' }));
  try {
    return await lookAt({ git, dir, room, layout });
  } catch (error) {
    if (error instanceof FactumError) throw error;
    return couldNotLook('broken', `the working tree ${dir} could not be hashed: ${messageOf(error)}`);
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
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
  const [asItIs, known] = await Promise.all([statusOf(place), place.layout ? seen(place.layout) : layoutOf(place)]);
  if (!known.ok) return known;
  const flags = await flagsIn(known.value);
  const status = flags.hides ? await statusOfCopy(place, known.value) : asItIs;
  if (!status.ok) return status;
  const inside = flags.submodules ? await dirtySubmodules(place.git, place.dir, takeTree) : seen(none);
  if (!inside.ok) return inside;
  const dirt = withSubmodules(readDirt(status.value), inside.value);
  const layout = dirt.head === known.value.head ? known : await layoutOf(place);
  if (!layout.ok) return layout;
  const { head, tree } = layout.value;
  const isClean = dirt.known.size + dirt.unknown.size + dirt.nested.length === 0;
  const taken: Seen<TreeSnapshot> =
    isClean && tree !== undefined && dirt.head === head
      ? seen({ tree, base: tree, changes: new Map() })
      : await withChanges(place, { ...layout.value, ...flags }, dirt);
  if (taken.ok) layouts.set(taken.value, layout.value);
  return taken;
}

const none: ReadonlyMap<string, Entry> = new Map();

/** What a submodule holds tells more than at which commit it is. */
function withSubmodules(dirt: Dirt, inside: ReadonlyMap<string, Entry>): Dirt {
  if (inside.size === 0) return dirt;
  const unknown = new Map([...dirt.unknown].filter(([path]) => !inside.has(path)));
  return { ...dirt, known: new Map([...dirt.known, ...inside]), unknown };
}

async function layoutOf({ git, dir }: Place): Promise<Seen<Layout>> {
  const facts = ['--show-object-format', '--git-path', 'index', '--git-path', 'objects', '--show-toplevel'];
  // Unlike others, a revision that is not there is no error after --revs-only.
  const answer = await outputOf(git, ['rev-parse', ...facts, '--revs-only', 'HEAD', 'HEAD^{tree}'], { dir });
  if (!answer.ok) return answer;
  const [name, index = '', objects = '', top = '', head, tree] = answer.value.replace(/\n$/, '').split('\n');
  const format = name === 'sha256' ? 'sha256' : 'sha1';
  return seen({ format, index: resolve(dir, index), objects: resolve(dir, objects), top, head, tree });
}

async function flagsIn({ index, format }: Layout): Promise<IndexFlags> {
  const content = await contentOf(index);
  return content === undefined ? { hides: false, sparse: false, submodules: false } : flagsOf(content, format);
}

/** On the index itself, whose time of modification is how git knows what may have changed after it was written. */
function statusOf({ git, dir }: Place, options: GitOptions = {}): Promise<Seen<string>> {
  const flags = ['--untracked-files=all', '--ignored=no', '--no-renames', '--branch', '--no-ahead-behind'];
  const settings = { ...patient, ...options, dir, encoding: 'latin1' } as const;
  return outputOf(git, ['status', '--porcelain=v2', '-z', ...flags], settings);
}

/** After git was told to look at all files again, in a copy of the index. */
async function statusOfCopy(place: Place, { index, objects }: Layout): Promise<Seen<string>> {
  const { git, dir, room } = place;
  const env = scratchFor(room(), objects);
  await copyIndex(index, env.GIT_INDEX_FILE);
  const again = ['update-index', '-q', '--really-refresh', '--unmerged', '--ignore-missing'];
  const refreshed = await outputOf(git, again, { ...patient, dir, env });
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

async function withChanges(place: Place, layout: Layout & IndexFlags, dirt: Dirt): Promise<Seen<TreeSnapshot>> {
  const paths = [...dirt.known.keys(), ...dirt.unknown.keys(), ...dirt.nested];
  const { git, dir, room } = place;
  const folders = readFoldersOfHead(git, dirt.head, foldersAbove(paths), { dir, format: layout.format });
  const attributes = layout.sparse ? attributesIn(await folders, dirt.known) : new Map<string, Entry>();
  const [before, found] = await Promise.all([folders, hashChanged(git, { ...layout, room }, dirt, attributes)]);
  if (!before.ok) return before;
  if (!found.ok) return found;
  // What git only forgot is both gone from the index and an untracked file.
  const all = new Map([...dirt.known, ...found.value]);
  const changes = new Map([...all].filter(([path, entry]) => !isSame(before.value, path, entry)));
  const tree = idWithChanges(before.value.folders, changes, layout.format);
  return seen({ tree, base: before.value.tree, changes });
}

function isSame({ folders }: FoldersOfHead, path: string, entry: Entry | 'gone'): boolean {
  const [folder, name] = placeOf(path);
  const before = folders.get(folder)?.get(name);
  if (entry === 'gone') return before === undefined || isFolder(before);
  return before?.mode === entry.mode && before.id === entry.id;
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
