import { FactumError } from '../../core/errors.ts';
import { emptyTree, growTree, type GrowingTree, rootOfTree } from '../../core/ledger/growing-tree.ts';
import type { Head } from '../../core/ledger/head.ts';
import { leafHashOf } from '../../core/ledger/merkle.ts';
import { toHex } from '../../core/ledger/octets.ts';
import type { Journal } from '../journal/journal.ts';
import { sha256 } from './sha256.ts';

/** A multiple of what a tile holds, so that only the last piece ends within one. */
export const entriesAtOnce = 4096;

/** The tree that a log signed last, made again from the journal's entries. */
export interface SignedTree {
  /**
   * Of this head's size. Throws JOURNAL_SHRANK when signed entries are not there, JOURNAL_CORRUPT when they lead to
   * another root than was signed.
   */
  at(head: Head | undefined): Promise<GrowingTree>;
  /** Takes the place of a replay: this tree was just made from the journal. */
  know(tree: GrowingTree): void;
}

export function signedTree(journal: Journal): SignedTree {
  let known: GrowingTree = emptyTree;
  /** Entries are never changed, so what was replayed once by this process is not replayed again. */
  let checked: string | undefined;

  async function grownTo(size: number): Promise<GrowingTree> {
    let tree = known.size <= size ? known : emptyTree;
    while (tree.size < size) {
      const entries = await journal.read(tree.size, Math.min(size, tree.size + entriesAtOnce));
      const leaves = entries.map((entry) => leafHashOf(entry, sha256));
      ({ tree } = await growTree(tree, leaves, sha256));
    }
    return tree;
  }

  async function at(head: Head | undefined): Promise<GrowingTree> {
    if (head === undefined) return emptyTree;
    const size = await journal.size();
    if (size < head.size) {
      throw new FactumError(
        'JOURNAL_SHRANK',
        `the journal lost entries: expected at least ${head.size}, which were signed at ${head.publishedAt}, got ${size}: ${journal.placeOf(size)}`,
      );
    }
    const tree = await grownTo(head.size);
    const root = checked === head.root ? head.root : toHex(await rootOfTree(tree, sha256));
    if (root !== head.root) {
      throw new FactumError(
        'JOURNAL_CORRUPT',
        `the journal is damaged: its first ${head.size} entries lead to root ${root}, expected ${head.root}, which was signed at ${head.publishedAt}; factum ledger check says which entry`,
      );
    }
    [known, checked] = [tree, root];
    return tree;
  }

  return {
    at,
    know(tree) {
      known = tree;
    },
  };
}
