import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Seen, seen } from '../../core/ports.ts';
import type { Dirt } from './dirt.ts';
import { type Git, outputOf } from './git.ts';
import type { FoldersOfHead } from './head-folders.ts';
import { readIndex, writeIndex } from './index-file.ts';
import { type Entry, isFolder, type ObjectFormat } from './tree-object.ts';

interface Place {
  readonly format: ObjectFormat;
  /** Folder with the repository's objects. */
  readonly objects: string;
  /** Top of the working tree. */
  readonly top: string;
  /** A folder of its own, thrown away afterwards. */
  room(): string;
}

const add = ['update-index', '-z', '--add', '--remove', '--replace', '--info-only', '--stdin'];

type Scratch = Readonly<Record<'GIT_INDEX_FILE' | 'GIT_OBJECT_DIRECTORY' | 'GIT_ALTERNATE_OBJECT_DIRECTORIES', string>>;

/** The environment in which git reads and writes an index in `room`, and would write objects there too. */
export function scratchFor(room: string, objects: string): Scratch {
  return {
    GIT_INDEX_FILE: join(room, 'index'),
    GIT_OBJECT_DIRECTORY: room,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(objects),
  };
}

/**
 * What `git add` makes of the paths whose content is not known, in an index that has nothing else: `git hash-object`
 * would convert line ends that adding leaves alone. This never enters a submodule, whose own filters would run.
 */
export async function hashChanged(
  git: Git,
  { format, objects, top, room }: Place,
  { unknown, nested }: Dirt,
  attributes: ReadonlyMap<string, Entry>,
): Promise<Seen<ReadonlyMap<string, Entry | 'gone'>>> {
  if (unknown.size + nested.length === 0) return seen(new Map());
  const env = scratchFor(room(), objects);
  const inIndex = [...unknown].flatMap(([path, entry]) => (entry === undefined ? [] : [[path, entry] as const]));
  writeFileSync(env.GIT_INDEX_FILE, writeIndex(new Map([...attributes, ...inIndex]), format));
  const options = { dir: top, env, encoding: 'latin1', timeoutMs: 300_000 } as const;
  if (unknown.size > 0) {
    const added = await outputOf(git, add, { ...options, input: [...unknown.keys()].join('\0') });
    if (!added.ok) return added;
  }
  for (const repository of nested) {
    // A nested repository counts by its head; one without a commit has nothing that could be added.
    const added = await outputOf(git, add, { ...options, input: repository });
    if (!added.ok && added.why !== 'broken') return added;
  }
  const entries = readIndex(readFileSync(env.GIT_INDEX_FILE), format);
  return seen(new Map([...unknown.keys(), ...nested].map((path) => [path, entries.get(path) ?? 'gone'])));
}

/** Git looks for attributes in the index where a sparse checkout left their file out. */
export function attributesIn(head: Seen<FoldersOfHead>, known: Dirt['known']): ReadonlyMap<string, Entry> {
  const attributes = new Map<string, Entry>();
  if (!head.ok) return attributes;
  for (const [folder, entries] of head.value.folders) {
    const path = folder === '' ? '.gitattributes' : `${folder}/.gitattributes`;
    const entry = known.get(path) ?? entries.get('.gitattributes');
    if (entry !== undefined && entry !== 'gone' && !isFolder(entry)) attributes.set(path, entry);
  }
  return attributes;
}

/** Git reads a path in double quotes as a C string, whatever separators it has. */
function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
