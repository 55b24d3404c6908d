import { FactumError } from '../../core/errors.ts';
import { emptyTree, growTree, type GrowingTree, rootOfTree, treeAtEdge } from '../../core/ledger/growing-tree.ts';
import type { Head } from '../../core/ledger/head.ts';
import { leafHashOf } from '../../core/ledger/merkle.ts';
import { toHex } from '../../core/ledger/octets.ts';
import type { Journal } from '../journal/journal.ts';
import { tileReader, writeGrowth } from './growth.ts';
import { entriesAtOnce, type LogPlace } from './log-place.ts';
import { sha256 } from './sha256.ts';

export interface SignedTreeOptions {
  readonly place: LogPlace;
  readonly journal: Journal;
  /** Reads all that was signed again, and writes anew what is gone of the tiles; else the tiles at the edge will do. */
  readonly whole: boolean;
}

/**
 * The tree that a log signed last. Throws JOURNAL_SHRANK when signed entries are not there, JOURNAL_CORRUPT when they
 * lead to another root than was signed.
 */
export async function signedTree(head: Head | undefined, options: SignedTreeOptions): Promise<GrowingTree> {
  const { place, journal, whole } = options;
  if (head === undefined) return emptyTree;
  const size = await journal.size();
  if (size < head.size) {
    throw new FactumError(
      'JOURNAL_SHRANK',
      `the journal lost entries: expected at least ${head.size}, which were signed at ${head.publishedAt}, got ${size}: ${journal.placeOf(size)}`,
    );
  }
  const known = whole ? undefined : await treeOfTiles(head, place);
  if (known !== undefined) return known;
  const tree = await replayed(head, journal);
  await writeGrowth(emptyTree, head.size, { place, journal });
  return tree;
}

/** Undefined when a tile is not there, or they are not those that were signed. */
async function treeOfTiles({ size, root }: Head, place: LogPlace): Promise<GrowingTree | undefined> {
  try {
    const tree = await treeAtEdge(size, tileReader(place));
    return toHex(await rootOfTree(tree, sha256)) === root ? tree : undefined;
  } catch (thrown) {
    if (thrown instanceof FactumError && thrown.code === 'LOG_DAMAGED') return undefined;
    throw thrown;
  }
}

async function replayed(head: Head, journal: Journal): Promise<GrowingTree> {
  let tree = emptyTree;
  while (tree.size < head.size) {
    const entries = await journal.read(tree.size, Math.min(head.size, tree.size + entriesAtOnce));
    const leaves = entries.map((entry) => leafHashOf(entry, sha256));
    ({ tree } = await growTree(tree, leaves, sha256));
  }
  const root = toHex(await rootOfTree(tree, sha256));
  if (root === head.root) return tree;
  throw new FactumError(
    'JOURNAL_CORRUPT',
    `the journal is damaged: its first ${head.size} entries lead to root ${root}, expected ${head.root}, which was signed at ${head.publishedAt}; factum ledger check says which entry`,
  );
}
