import type { Hash, Sha256 } from './hash.ts';
import { growTiles, hashesOfLevel, hashesPerTile, type ReadTile, readWhole, type Tile, tileIn } from './tile.ts';
import { treeProofs } from './tree-proof.ts';

export interface WrittenTile {
  readonly tile: Tile;
  readonly bytes: Uint8Array;
}

/** A tree of which only what is needed to grow it is at hand: the tile at the right edge of each level. */
export interface GrowingTree {
  readonly size: number;
  /** By level; a level whose last tile is full has none. */
  readonly edge: ReadonlyMap<number, WrittenTile>;
}

export const emptyTree: GrowingTree = Object.freeze({ size: 0, edge: new Map<number, WrittenTile>() });

/** The tree of this size, of which `read` gives the tiles at the edge. Its root says whether they are the right ones. */
export async function treeAtEdge(size: number, read: ReadTile): Promise<GrowingTree> {
  const edge = new Map<number, WrittenTile>();
  for (let level = 0; hashesOfLevel(size, level) > 0; level++) {
    const tile = tileIn(size, level, Math.floor(hashesOfLevel(size, level) / hashesPerTile));
    if (tile.width > 0) edge.set(level, { tile, bytes: await readWhole(tile, read) });
  }
  return { size, edge };
}

/** The tree with these leaves behind its own, and all tiles that are new or wider. */
export async function growTree(
  { size, edge }: GrowingTree,
  leaves: readonly Hash[],
  sha256: Sha256,
): Promise<{ readonly tree: GrowingTree; readonly tiles: readonly WrittenTile[] }> {
  const tiles = await growTiles(size, leaves, (tile) => edgeTile(edge, tile), sha256);
  const grown = new Map(edge);
  // Within a level the last tile comes last: a full one closes the edge there.
  for (const written of tiles) {
    if (written.tile.width === hashesPerTile) grown.delete(written.tile.level);
    else grown.set(written.tile.level, written);
  }
  return { tree: { size: size + leaves.length, edge: grown }, tiles };
}

/** A root is made of perfect subtrees, and each of them is in a tile at the edge. */
export function rootOfTree({ size, edge }: GrowingTree, sha256: Sha256): Promise<Hash> {
  return treeProofs(size, (tile) => edgeTile(edge, tile), sha256).root();
}

async function edgeTile(edge: GrowingTree['edge'], { level, index, width }: Tile): Promise<Uint8Array> {
  const at = edge.get(level);
  if (at?.tile.index === index && at.tile.width === width) return at.bytes;
  throw new RangeError(`tile ${level}/${index} is not at the edge`);
}
