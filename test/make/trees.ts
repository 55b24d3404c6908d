import { hash } from 'node:crypto';
import type { Hash } from '../../src/core/ledger/hash.ts';
import { leafHashOf } from '../../src/core/ledger/merkle.ts';
import { growTiles, hashTilePath, type ReadTile } from '../../src/core/ledger/tile.ts';

export function sha256(bytes: Uint8Array): Hash {
  return new Uint8Array(hash('sha256', bytes, 'buffer'));
}

export function entry(n: number): Uint8Array {
  return new TextEncoder().encode(`entry ${n}`);
}

/** Leaf hashes of entries named by their number. */
export function leaves(count: number, from = 0): readonly Hash[] {
  return Array.from({ length: count }, (_, at) => leafHashOf(entry(from + at), sha256));
}

/** RFC 6962 s.2.1, word by word: shares nothing with the code under test. */
export function naiveRoot(hashes: readonly Hash[]): Hash {
  const [only] = hashes;
  if (only === undefined) return sha256(new Uint8Array());
  if (hashes.length === 1) return only;
  const k = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return sha256(Buffer.concat([Uint8Array.of(1), naiveRoot(hashes.slice(0, k)), naiveRoot(hashes.slice(k))]));
}

/** Tiles in memory, by path; a tile that was never written cannot be read. */
export function tileStore() {
  const tiles = new Map<string, Uint8Array>();
  const read: ReadTile = (tile) => {
    const bytes = tiles.get(hashTilePath(tile));
    return bytes === undefined ? Promise.reject(new Error(`no ${hashTilePath(tile)}`)) : Promise.resolve(bytes);
  };
  return {
    tiles,
    read,
    async grow(from: number, added: readonly Hash[]): Promise<void> {
      for (const { tile, bytes } of await growTiles(from, added, read, sha256)) tiles.set(hashTilePath(tile), bytes);
    },
  };
}
