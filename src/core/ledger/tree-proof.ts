import type { Hash, Sha256 } from './hash.ts';
import { type CompactRange, nodeHashOf, splitOf } from './merkle.ts';
import { hashesPerTile, type ReadTile, readWhole, rootOfTile, type Tile, tileIn } from './tile.ts';

/** Proofs about one tree, made from its tiles. */
export interface TreeProofs {
  /** Audit path of a leaf (RFC 6962 s.2.1.1). */
  inclusion(index: number): Promise<readonly Hash[]>;
  /** From a smaller tree, not the empty one (RFC 6962 s.2.1.2). */
  consistency(from: number): Promise<readonly Hash[]>;
  root(): Promise<Hash>;
  /** What is needed to grow the tree. */
  range(): Promise<CompactRange>;
}

const hashBytes = 32;
const tileHeight = 8;

/**
 * `read` is asked for each tile once. Throws RangeError for an index or size that the tree does not have, and for a tile
 * that was read with another width.
 */
export function treeProofs(size: number, read: ReadTile, sha256: Sha256): TreeProofs {
  const tiles = new Map<string, Promise<Uint8Array>>();

  function tileOf(tile: Tile): Promise<Uint8Array> {
    const name = `${tile.level}/${tile.index}`;
    const known = tiles.get(name) ?? readWhole(tile, read);
    tiles.set(name, known);
    return known;
  }

  /** Of `width` leaves from `start` on: a perfect subtree, found in one tile. */
  async function perfect(start: number, width: number): Promise<Hash> {
    let [level, first, count] = [0, start, width];
    while (count >= hashesPerTile) [level, first, count] = [level + 1, first / hashesPerTile, count / hashesPerTile];
    const bytes = await tileOf(tileIn(size, level, Math.floor(first / hashesPerTile)));
    const at = (first % hashesPerTile) * hashBytes;
    return rootOfTile(bytes.subarray(at, at + count * hashBytes), sha256);
  }

  async function rangeHash(from: number, to: number): Promise<Hash> {
    const width = to - from;
    const half = width < 2 ? 1 : splitOf(width);
    if (width === 1 || half * 2 === width) return perfect(from, width);
    return nodeHashOf(await rangeHash(from, from + half), await rangeHash(from + half, to), sha256);
  }

  async function path(index: number, from: number, to: number): Promise<readonly Hash[]> {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...(await path(index, from, middle)), await rangeHash(middle, to)]
      : [...(await path(index, middle, to)), await rangeHash(from, middle)];
  }

  /** `isWhole`: the part up to `known` is what the verifier has already. */
  async function growth(known: number, from: number, to: number, isWhole: boolean): Promise<readonly Hash[]> {
    if (known === to) return isWhole ? [] : [await rangeHash(from, to)];
    const middle = from + splitOf(to - from);
    return known <= middle
      ? [...(await growth(known, from, middle, isWhole)), await rangeHash(middle, to)]
      : [...(await growth(known, middle, to, false)), await rangeHash(from, middle)];
  }

  return {
    async inclusion(index) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= size)
        throw new RangeError(`no leaf ${index} of ${size}`);
      return path(index, 0, size);
    },
    async consistency(from) {
      if (!Number.isSafeInteger(from) || from < 1 || from > size)
        throw new RangeError(`no proof from ${from} to ${size}`);
      return growth(from, 0, size, true);
    },
    root: () => (size === 0 ? Promise.resolve(sha256(new Uint8Array())) : rangeHash(0, size)),
    async range() {
      const hashes: Hash[] = [];
      let start = 0;
      for (let width = 2 ** (tileHeight * 6); width >= 1; width /= 2) {
        if (start + width > size) continue;
        hashes.push(await perfect(start, width));
        start += width;
      }
      return { size, hashes };
    },
  };
}
