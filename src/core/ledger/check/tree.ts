import type { Hash, Sha256 } from '../hash.ts';
import { hexOf } from './signed-checkpoint.ts';

// RFC 6962 and C2SP tlog-tiles from the entries alone, with code that shares nothing with the code that writes them.

const tileWidth = 256;

/** Whole entries of a bundle, at most `most`; `rest`: bytes that are left behind them. */
export function entriesOf(bundle: Uint8Array, most: number): { entries: readonly Uint8Array[]; rest: number } {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < most && at + 2 <= bundle.length) {
    const end = at + 2 + (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    if (end > bundle.length) break;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return { entries, rest: bundle.length - at };
}

export interface GrownTile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
  readonly bytes: Uint8Array;
}

/** A tree that grows leaf by leaf and keeps only its right edge. */
export interface GrowingTree {
  readonly size: number;
  /** Answers the tiles that this entry completes. */
  add(entry: Uint8Array): readonly GrownTile[];
  /** Hex. */
  root(): string;
  /** Tiles at the right edge that are not full. */
  edge(): readonly GrownTile[];
}

interface Level {
  readonly hashes: Uint8Array;
  count: number;
  tiles: number;
}

export function growingTree(sha256: Sha256): GrowingTree {
  const levels: Level[] = [];
  let size = 0;

  function put(at: number, hash: Hash): readonly GrownTile[] {
    const level = (levels[at] ??= { hashes: new Uint8Array(tileWidth * 32), count: 0, tiles: 0 });
    level.hashes.set(hash, 32 * level.count);
    level.count += 1;
    if (level.count < tileWidth) return [];
    const full = { level: at, index: level.tiles, width: tileWidth, bytes: level.hashes.slice() };
    level.count = 0;
    level.tiles += 1;
    return [full, ...put(at + 1, rootOver(piecesOf(full.bytes, tileWidth, 1), sha256))];
  }

  return {
    get size() {
      return size;
    },
    add(entry) {
      size += 1;
      const leaf = new Uint8Array(1 + entry.length);
      leaf.set(entry, 1);
      return put(0, sha256(leaf));
    },
    root() {
      const pieces = levels.flatMap(({ hashes, count }, at) => [piecesOf(hashes, count, tileWidth ** at)]);
      return hexOf(rootOver(pieces.toReversed().flat(), sha256));
    },
    edge: () =>
      levels.flatMap(({ hashes, count, tiles }, level) =>
        count === 0 ? [] : [{ level, index: tiles, width: count, bytes: hashes.slice(0, 32 * count) }],
      ),
  };
}

/** The root of a whole subtree. */
interface Piece {
  readonly leaves: number;
  readonly hash: Hash;
}

function piecesOf(hashes: Uint8Array, count: number, leaves: number): readonly Piece[] {
  return Array.from({ length: count }, (_, at) => ({ leaves, hash: hashes.slice(32 * at, 32 * at + 32) }));
}

/** MTH of RFC 6962 s.2.1, in its own words: split at the largest power of two that is smaller than the number of leaves. */
function rootOver(pieces: readonly Piece[], sha256: Sha256): Hash {
  const [only] = pieces;
  if (only === undefined) return sha256(new Uint8Array());
  if (pieces.length === 1) return only.hash;
  const leaves = pieces.reduce((sum, piece) => sum + piece.leaves, 0);
  let half = 1;
  while (half * 2 < leaves) half *= 2;
  let left = 0;
  let split = 0;
  while (left < half) left += pieces[split++]?.leaves ?? half;
  const node = new Uint8Array(65);
  node[0] = 1;
  node.set(rootOver(pieces.slice(0, split), sha256), 1);
  node.set(rootOver(pieces.slice(split), sha256), 33);
  return sha256(node);
}
