import { entriesPerBundle, tilePath } from './bundle.ts';
import type { Hash, Sha256 } from './hash.ts';
import { appendLeaves, emptyRange, rootOf } from './merkle.ts';
import { joinBytes } from './octets.ts';

// Tiles of C2SP tlog-tiles: 256 hashes of one level, eight levels of the tree apart from the next.

export const hashesPerTile = 256;
const hashBytes = 32;
const topLevel = 63;

/** `width`: how many hashes, 256 in a full tile, fewer at the right edge. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`. */
export function hashTilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${tilePath(index)}${partial(width)}`;
}

/** `tile/entries/<N>[.p/<W>]`. */
export function entriesPath({ index, width }: Omit<Tile, 'level'>): string {
  return `tile/entries/${tilePath(index)}${partial(width)}`;
}

function partial(width: number): string {
  return width === hashesPerTile ? '' : `.p/${width}`;
}

export type NamedTile =
  | { readonly kind: 'hashes'; readonly tile: Tile }
  | { readonly kind: 'entries'; readonly tile: Omit<Tile, 'level'> };

/** Undefined for anything but the one spelling of a tile's path. */
export function parseTilePath(path: string): NamedTile | undefined {
  const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (match === null) return undefined;
  const [, level = '', groups = '', width = String(hashesPerTile)] = match;
  const bundle = { index: Number(groups.replaceAll(/[x/]/g, '')), width: Number(width) };
  const named: NamedTile =
    level === 'entries'
      ? { kind: 'entries', tile: bundle }
      : { kind: 'hashes', tile: { level: Number(level), ...bundle } };
  if (bundle.width > hashesPerTile || !Number.isSafeInteger(bundle.index)) return undefined;
  if (named.kind === 'hashes' && named.tile.level > topLevel) return undefined;
  // What reads back to another spelling was not the one.
  const spelled = named.kind === 'entries' ? entriesPath(named.tile) : hashTilePath(named.tile);
  return spelled === path ? named : undefined;
}

/** How many hashes a level has in a tree of this size: one above every full tile below. */
export function hashesOfLevel(size: number, level: number): number {
  let count = size;
  for (let below = 0; below < level; below++) count = Math.floor(count / hashesPerTile);
  return count;
}

/** The tile as a tree of this size has it; width 0: there is none. */
export function tileIn(size: number, level: number, index: number): Tile {
  const count = hashesOfLevel(size, level) - index * hashesPerTile;
  return { level, index, width: Math.max(0, Math.min(hashesPerTile, count)) };
}

/** Tiles of one level that are new or wider when a tree grows. */
export function grownTiles(from: number, to: number, level: number): readonly Tile[] {
  const [before, after] = [hashesOfLevel(from, level), hashesOfLevel(to, level)];
  const tiles: Tile[] = [];
  if (before === after) return tiles;
  for (let index = Math.floor(before / hashesPerTile); index * hashesPerTile < after; index++) {
    tiles.push(tileIn(to, level, index));
  }
  return tiles;
}

/** Bundles of entries that are new or longer when a log grows. */
export function grownBundles(from: number, to: number): readonly Omit<Tile, 'level'>[] {
  return grownTiles(from, to, 0).map(({ index, width }) => ({ index, width: Math.min(width, entriesPerBundle) }));
}

/** Reads the bytes of a tile that the tree has, exactly its width. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array>;

/** Throws RangeError for a tile that was read with another width: what is made of it would be wrong unnoticed. */
export async function readWhole(tile: Tile, read: ReadTile): Promise<Uint8Array> {
  const bytes = await read(tile);
  if (bytes.length === tile.width * hashBytes) return bytes;
  throw new RangeError(`${hashTilePath(tile)} has ${bytes.length} bytes, not ${tile.width * hashBytes}`);
}

/**
 * All tiles that change when `leaves` (leaf hashes) are added to a tree of size `from`, lowest level first.
 * `read` gives the partial tiles of the tree before.
 */
export async function growTiles(
  from: number,
  leaves: readonly Hash[],
  read: ReadTile,
  sha256: Sha256,
): Promise<readonly { readonly tile: Tile; readonly bytes: Uint8Array }[]> {
  const to = from + leaves.length;
  const grown: { tile: Tile; bytes: Uint8Array }[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0; level++) {
    const above: Hash[] = [];
    let used = 0;
    for (const tile of grownTiles(from, to, level)) {
      const before = tileIn(from, level, tile.index);
      const kept = before.width === 0 ? new Uint8Array() : await readWhole(before, read);
      const fresh = added.slice(used, used + tile.width - before.width);
      used += fresh.length;
      const bytes = joinBytes(kept, ...fresh);
      grown.push({ tile, bytes });
      if (tile.width === hashesPerTile) above.push(rootOfTile(bytes, sha256));
    }
    added = above;
  }
  return grown;
}

/** The root of the perfect tree over a tile's hashes, or over a part of them whose number is a power of two. */
export function rootOfTile(bytes: Uint8Array, sha256: Sha256): Hash {
  return rootOf(appendLeaves(emptyRange, hashesIn(bytes), sha256), sha256);
}

export function hashesIn(bytes: Uint8Array): readonly Hash[] {
  return Array.from({ length: Math.floor(bytes.length / hashBytes) }, (_, at) =>
    bytes.subarray(at * hashBytes, (at + 1) * hashBytes),
  );
}
