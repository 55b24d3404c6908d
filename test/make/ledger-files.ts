import { encodeEntries } from '../../src/core/ledger/bundle.ts';
import type { LedgerReader } from '../../src/core/ledger/check/reader.ts';
import { formatCheckpoint } from '../../src/core/ledger/checkpoint.ts';
import { leafHashOf } from '../../src/core/ledger/merkle.ts';
import { formatNote, signNote } from '../../src/core/ledger/note.ts';
import { entriesPath, growTiles, grownBundles, hashTilePath } from '../../src/core/ledger/tile.ts';
import { formatVkey } from '../../src/core/ledger/vkey.ts';
import type { NoteKey } from './note-keys.ts';
import { naiveRoot, sha256, tileStore } from './trees.ts';

export type LedgerFiles = Map<string, Uint8Array>;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a log over these entries publishes at one size, signed by the log and then by `cosigners`. */
export async function logFiles(
  entries: readonly Uint8Array[],
  log: NoteKey,
  cosigners: readonly NoteKey[] = [],
): Promise<LedgerFiles> {
  const leaves = entries.map((entry) => leafHashOf(entry, sha256));
  const files: LedgerFiles = new Map();
  const none = tileStore();
  for (const { tile, bytes } of await growTiles(0, leaves, none.read, sha256)) files.set(hashTilePath(tile), bytes);
  for (const { index, width } of grownBundles(0, entries.length)) {
    files.set(entriesPath({ index, width }), encodeEntries(entries.slice(index * 256, index * 256 + width)));
  }
  files.set('vkey', encode(`${formatVkey(log.key)}\n`));
  files.set('checkpoint', encode(await signedCheckpoint(log, entries.length, naiveRoot(leaves), cosigners)));
  return files;
}

/** The same as Factum's own folder, with entries that are not published yet. */
export async function storeFiles(
  entries: readonly Uint8Array[],
  log: NoteKey,
  published: number,
): Promise<LedgerFiles> {
  const files: LedgerFiles = new Map();
  for (const [path, bytes] of await logFiles(entries.slice(0, published), log)) files.set(`public/${path}`, bytes);
  for (const { index, width } of grownBundles(0, entries.length)) {
    const path = entriesPath({ index, width: 256 }).replace('tile/entries/', 'journal/');
    files.set(path, encodeEntries(entries.slice(index * 256, index * 256 + width)));
  }
  const checkpoint = new TextDecoder().decode(files.get('public/checkpoint'));
  files.set('head', encode(JSON.stringify({ size: published, checkpoint })));
  return files;
}

export async function signedCheckpoint(
  { key, signer }: NoteKey,
  size: number,
  root: Uint8Array,
  cosigners: readonly NoteKey[] = [],
): Promise<string> {
  const text = formatCheckpoint({ origin: key.name, size, root });
  const note = await signNote(text, signer, ...cosigners.map((each) => each.signer));
  if (typeof note === 'string') throw new Error(note);
  return formatNote(note);
}

export function readerOf(files: LedgerFiles, layout: LedgerReader['layout'] = 'log'): LedgerReader {
  return { place: 'memory', layout, read: (path) => Promise.resolve(files.get(path)) };
}
