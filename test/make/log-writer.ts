import { emptyTree, rootOfTree } from '../../src/core/ledger/growing-tree.ts';
import type { Head } from '../../src/core/ledger/head.ts';
import { toHex } from '../../src/core/ledger/octets.ts';
import type { Journal } from '../../src/store/journal/journal.ts';
import { writeGrowth } from '../../src/store/log/growth.ts';
import type { LogPlace, PublicFile } from '../../src/store/log/log-place.ts';
import { sha256 } from '../../src/store/log/sha256.ts';

export interface OpenLog {
  readonly journal: Journal;
  readonly place: LogPlace;
}

/** The steps of publishing without keys and witnesses: tiles, head, what is shown; from nothing each time. */
export async function publishUnsigned({ journal, place }: OpenLog): Promise<Head> {
  for (;;) {
    const head = await place.head();
    const size = await journal.size();
    const tree = await writeGrowth(emptyTree, size, { journal, place, vouch: () => Promise.resolve() });
    const root = toHex(await rootOfTree(tree, sha256));
    const next: Head = {
      size,
      root,
      checkpoint: `${size} ${root}\n`,
      publishedAt: '2026-01-01T00:00:00Z',
      witnesses: [],
    };
    // Somebody else may have moved it further meanwhile.
    const moved =
      head !== undefined && head.size >= size ? head : await place.moveHead(head, () => Promise.resolve(next));
    if (moved === undefined) continue;
    await place.show(shown);
    return moved;
  }
}

function shown({ checkpoint }: Head): readonly PublicFile[] {
  return [{ path: 'checkpoint', bytes: new TextEncoder().encode(checkpoint) }];
}

/** Root of the first `size` entries, read again. */
export async function rootAt({ journal, place }: OpenLog, size: number): Promise<string> {
  const nowhere: LogPlace = { ...place, write: () => Promise.resolve() };
  const tree = await writeGrowth(emptyTree, size, { journal, place: nowhere, vouch: () => Promise.resolve() });
  return toHex(await rootOfTree(tree, sha256));
}
