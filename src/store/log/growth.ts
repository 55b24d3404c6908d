import { FactumError } from '../../core/errors.ts';
import { encodeEntries, entriesPerBundle } from '../../core/ledger/bundle.ts';
import { growTree, type GrowingTree, rootOfTree, type WrittenTile } from '../../core/ledger/growing-tree.ts';
import { type Hash, isSameHash } from '../../core/ledger/hash.ts';
import { leafHashOf, verifyConsistency } from '../../core/ledger/merkle.ts';
import {
  entriesPath,
  grownBundles,
  grownTiles,
  hashesIn,
  hashesOfLevel,
  hashesPerTile,
  hashTilePath,
  type ReadTile,
} from '../../core/ledger/tile.ts';
import { treeProofs } from '../../core/ledger/tree-proof.ts';
import type { Journal } from '../journal/journal.ts';
import { entriesAtOnce, type LogPlace, type PublicFile } from './log-place.ts';
import { sha256 } from './sha256.ts';

export interface GrowthPorts {
  readonly place: Pick<LogPlace, 'write'>;
  readonly journal: Pick<Journal, 'read' | 'placeOf'>;
  /** Looks at what is about to be signed. Default: it was signed before. */
  readonly vouch?: Vouch;
}

/** Throws JOURNAL_CORRUPT for an entry that is not what was acknowledged under this index; `before`: the one before it. */
export type Vouch = (entry: Uint8Array, index: number, before: Uint8Array | undefined) => Promise<void>;

/** Reads the entries from the end of `tree` up to `size` again and writes what a log shows of them, all of it durable. */
export async function writeGrowth(tree: GrowingTree, size: number, ports: GrowthPorts): Promise<GrowingTree> {
  let grown = tree;
  while (grown.size < size) {
    // Pieces end where bundles end, so that only the last one has partial tiles worth keeping.
    const to = Math.min(size, (Math.floor(grown.size / entriesAtOnce) + 1) * entriesAtOnce);
    grown = await writePiece(grown, to, { ...ports, isLast: to === size });
  }
  return grown;
}

async function writePiece(
  tree: GrowingTree,
  to: number,
  { place, journal, vouch, isLast }: GrowthPorts & { readonly isLast: boolean },
): Promise<GrowingTree> {
  const first = Math.floor(tree.size / entriesPerBundle) * entriesPerBundle;
  const entries = await journal.read(first, to);
  const leaves = entries.map((entry) => leafHashOf(entry, sha256));
  refuseOther(tree, leaves, journal.placeOf);
  if (vouch !== undefined) {
    const [before] = first === tree.size && first > 0 ? await journal.read(first - 1, first) : [];
    const added = entries.slice(tree.size - first);
    await Promise.all(
      added.map((entry, at) => vouch(entry, tree.size + at, entries[tree.size + at - first - 1] ?? before)),
    );
  }
  const { tree: grown, tiles } = await growTree(tree, leaves.slice(tree.size - first), sha256);
  const bundles = grownBundles(tree.size, to).filter((bundle) => isLast || isFull(bundle));
  // A tile of a higher level may have grown in an earlier piece only.
  const partial = isLast ? [...grown.edge.values()] : [];
  await place.write([
    ...[...tiles.filter(({ tile }) => isFull(tile)), ...partial].map(fileOf),
    ...bundles.map((bundle) => {
      const from = bundle.index * entriesPerBundle - first;
      return { path: entriesPath(bundle), bytes: encodeEntries(entries.slice(from, from + bundle.width)) };
    }),
  ]);
  return grown;
}

function isFull({ width }: { readonly width: number }): boolean {
  return width === hashesPerTile;
}

function fileOf({ tile, bytes }: WrittenTile): PublicFile {
  return { path: hashTilePath(tile), bytes };
}

/** A bundle that grows is written anew with its first entries, which were signed. */
function refuseOther(tree: GrowingTree, leaves: readonly Hash[], placeOf: Journal['placeOf']): void {
  const edge = tree.edge.get(0);
  if (edge === undefined) return;
  const signed = hashesIn(edge.bytes);
  const other = signed.findIndex((hash, at) => !isSameHash(hash, leaves[at] as Hash));
  if (other === -1) return;
  const index = tree.size - signed.length + other;
  throw new FactumError('JOURNAL_CORRUPT', `the journal is damaged: ${placeOf(index)}: it was signed as another entry`);
}

/** Throws LOG_DAMAGED unless the tiles as they were written prove that the signed tree is the beginning of the new one. */
export async function proveGrowth(from: GrowingTree, to: GrowingTree, place: LogPlace): Promise<void> {
  if (from.size === 0) return;
  const proof = await treeProofs(to.size, tileReader(place), sha256).consistency(from.size);
  const [fromRoot, toRoot] = [await rootOfTree(from, sha256), await rootOfTree(to, sha256)];
  const refusal = verifyConsistency({ from: from.size, to: to.size, fromRoot, toRoot, proof }, sha256);
  if (refusal === undefined) return;
  throw new FactumError(
    'LOG_DAMAGED',
    `the tiles in public/: expected that they lead from the ${from.size} entries that were signed to ${to.size}, got ${refusal}`,
  );
}

/** Tiles that are full since a tree of `from` entries grew to `size`: narrower forms are of use to nobody. */
export function supersededTiles(from: number, size: number): readonly string[] {
  const paths: string[] = [];
  for (let level = 0; hashesOfLevel(size, level) > 0; level++) {
    const full = grownTiles(from, size, level).filter(isFull);
    paths.push(...full.map(hashTilePath), ...(level === 0 ? full.map(entriesPath) : []));
  }
  return paths;
}

/** Throws LOG_DAMAGED for a tile that is not there whole. */
export function tileReader(place: LogPlace): ReadTile {
  return async (tile) => {
    const path = hashTilePath(tile);
    const full = { ...tile, width: hashesPerTile };
    const bytes = (await place.read(path)) ?? (await place.read(hashTilePath(full)));
    const expected = tile.width * hashBytes;
    if (bytes !== undefined && bytes.length >= expected) return bytes.subarray(0, expected);
    throw new FactumError(
      'LOG_DAMAGED',
      `public/${path}: expected ${expected} bytes, got ${bytes?.length ?? 'no file'}`,
    );
  };
}

const hashBytes = 32;
