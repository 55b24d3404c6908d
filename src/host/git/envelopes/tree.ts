import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refused } from '../../../core/ledger/admission.ts';
import type { EnvelopeSource } from '../../../core/ledger/peer.ts';
import { makeTemporary } from '../../process/temporary.ts';
import { type Git, type GitOptions, outputOf } from '../git.ts';
import { errorOf } from '../repository.ts';
import { bytesOfId, entriesOf, type Entry, isFolder, type ObjectFormat } from '../tree-object.ts';
import { readObjects } from './objects.ts';

// Envelopes in git: a commit whose tree has folders named by the first two digits, in them files named by the hash.

/** About 2,000 files per folder, half a million in all: what is more is refused before it is read. */
const maxFolderBytes = 192 * 1024;
const mostRefused = 1000;
const fileMode = '100644';

export interface EnvelopeTree {
  /** Object names of files that may be envelopes, by the name they claim. */
  readonly files: ReadonlyMap<string, string>;
  /** What can be no envelope, whatever is in it. */
  readonly refused: readonly Refused[];
}

/** Never deeper than its two levels, so that a tree cannot be larger than it looks. */
export async function readEnvelopeTree(git: Git, commit: string, format: ObjectFormat): Promise<EnvelopeTree> {
  const files = new Map<string, string>();
  const refused: Refused[] = [];
  const top = await readFolders(git, new Map([['', `${commit}^{tree}`]]), { format, refused });
  const folders = new Map<string, string>();
  for (const [name, { mode, id }] of top.get('') ?? []) {
    if (/^[0-9a-f]{2}$/.test(name) && isFolder({ mode, id })) folders.set(name, id);
    else refuse(refused, name, whyNone(mode));
  }
  for (const [folder, entries] of await readFolders(git, folders, { format, refused })) {
    for (const [name, { mode, id }] of entries) {
      if (mode !== fileMode) refuse(refused, `${folder}/${name}`, whyNone(mode));
      else if (/^[0-9a-f]{64}$/.test(name) && name.startsWith(folder)) files.set(name, id);
      else refuse(refused, `${folder}/${name}`, 'not-a-name');
    }
  }
  return { files, refused };
}

const meanings = {
  'not-a-name': 'it is not named by a SHA-256, in the folder of its first two digits',
  'not-a-file': 'it is no plain file: a link, a submodule or a program',
  'name-twice': 'its name stands there twice',
  'too-many': 'its folder has more than this version reads',
  missing: 'its folder is not there',
  damaged: 'its folder is no tree as git writes it',
} as const;

function refuse(refused: Refused[], name: string, code: keyof typeof meanings): void {
  if (refused.length < mostRefused) refused.push({ name: name.slice(0, 200), code, why: meanings[code] });
}

function whyNone(mode: string): 'not-a-name' | 'not-a-file' {
  return mode === fileMode || isFolder({ mode, id: '' }) ? 'not-a-name' : 'not-a-file';
}

interface Named {
  readonly mode: string;
  /** Hexadecimal. */
  readonly id: string;
}

interface Reading {
  readonly format: ObjectFormat;
  readonly refused: Refused[];
}

async function readFolders(
  git: Git,
  folders: ReadonlyMap<string, string>,
  { format, refused }: Reading,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Named>>> {
  const objects = await readObjects(git, [...folders.values()], { kind: 'tree', maxBytes: maxFolderBytes });
  const read = new Map<string, ReadonlyMap<string, Named>>();
  for (const [at, folder] of [...folders.keys()].entries()) {
    const content = objects[at]?.content;
    if (content === undefined) refuse(refused, `${folder}/`, objects[at]?.kind === 'tree' ? 'too-many' : 'missing');
    else read.set(folder, entriesIn(folder, content, { format, refused }));
  }
  return read;
}

/** Of two with one name neither is taken: git would show another one to each reader. */
function entriesIn(folder: string, content: string, { format, refused }: Reading): ReadonlyMap<string, Named> {
  const entries = new Map<string, Named>();
  const twice = new Set<string>();
  for (const [name, { mode, id }] of soundEntries(content, format) ?? []) {
    if (entries.has(name)) twice.add(name);
    entries.set(name, { mode, id: Buffer.from(id, 'latin1').toString('hex') });
  }
  if (entries.size === 0 && content !== '') refuse(refused, `${folder}/`, 'damaged');
  for (const name of twice) {
    entries.delete(name);
    refuse(refused, folder === '' ? name : `${folder}/${name}`, 'name-twice');
  }
  return entries;
}

/** Undefined when it ends in the middle: half an object name would stand for another object. */
function soundEntries(content: string, format: ObjectFormat): readonly (readonly [string, Entry])[] | undefined {
  try {
    const entries = [...entriesOf(content, format)];
    return entries.every(([, { id }]) => id.length === bytesOfId(format)) ? entries : undefined;
  } catch {
    return undefined;
  }
}

/** Writes envelopes as objects of the repository, without filters; answers their object names. */
export async function writeEnvelopes(git: Git, { names, read }: EnvelopeSource): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  const folder = makeTemporary({ prefix: 'factum-run-' });
  try {
    for (let at = 0; at < names.length; at += 256) {
      const piece = names.slice(at, at + 256);
      const room = join(folder, String(at));
      await mkdir(room);
      const read256 = await read(piece);
      const there = piece.flatMap((name, n) => (read256[n] instanceof Uint8Array ? [[name, read256[n]] as const] : []));
      for (const [name, bytes] of there) await writeFile(join(room, name), bytes);
      const input = there.map(([name]) => `${join(room, name)}\n`).join('');
      const ids = (await must(git, ['hash-object', '-w', '--stdin-paths'], { input })).split('\n');
      for (const [n, [name]] of there.entries()) written.set(name, ids[n] ?? '');
      await rm(room, { recursive: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return written;
}

/** The tree that has these files; its object name. */
export async function writeEnvelopeTree(git: Git, files: ReadonlyMap<string, string>): Promise<string> {
  const folders = new Map<string, string[]>();
  for (const [name, id] of files) {
    const folder = name.slice(0, 2);
    const lines = folders.get(folder) ?? [];
    folders.set(folder, lines);
    lines.push(`${fileMode} blob ${id}\t${name}\n`);
  }
  // `--batch` takes one tree after the other, with an empty line behind each.
  const input = [...folders.values()].map((lines) => lines.join('')).join('\n');
  const trees = folders.size === 0 ? [] : (await must(git, ['mktree', '--batch'], { input })).trimEnd().split('\n');
  const top = [...folders.keys()].map((folder, at) => `040000 tree ${trees[at]}\t${folder}\n`);
  return (await must(git, ['mktree'], { input: top.join('') })).trimEnd();
}

const identity = { NAME: 'factum', EMAIL: 'sync@factum.internal', DATE: '2000-01-01T00:00:00Z' } as const;

/** With one identity and one date everywhere: equal content on an equal parent is an equal commit. */
export async function writeCommit(git: Git, tree: string, parent: string | undefined): Promise<string> {
  const roles = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(identity).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  );
  const args = ['commit-tree', ...(parent === undefined ? [] : ['-p', parent]), '-m', 'envelopes', tree];
  const settings = [['i18n.commitEncoding', 'UTF-8']] as const;
  return (await must(git, args, { env: Object.fromEntries(roles), settings })).trimEnd();
}

/** Throws GIT_FAILED. */
export async function must(git: Git, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const output = await outputOf(git, args, options);
  if (!output.ok) throw errorOf(output);
  return output.value;
}
