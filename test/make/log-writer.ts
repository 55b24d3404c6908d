import { emptyTree, rootOfTree } from '../../src/core/ledger/growing-tree.ts';
import { toHex } from '../../src/core/ledger/octets.ts';
import { logKeys } from '../../src/host/log-keys.ts';
import { nodeSignatures } from '../../src/host/signatures.ts';
import type { Journal } from '../../src/store/journal/journal.ts';
import { writeGrowth } from '../../src/store/log/growth.ts';
import type { LogPlace } from '../../src/store/log/log-place.ts';
import { type Publisher, publisher } from '../../src/store/log/publisher.ts';
import { sha256 } from '../../src/store/log/sha256.ts';

export interface OpenLog {
  readonly journal: Journal;
  readonly place: LogPlace;
}

/** Without witnesses, for entries of any form; it signs with keys in `keysFolder`. */
export function publisherOf(log: OpenLog, keysFolder: string): Publisher {
  return publisher({
    ...log,
    name: 'Some Repository',
    keys: logKeys(keysFolder),
    signatures: nodeSignatures,
    vouch: () => Promise.resolve(),
    witnessing: { witnesses: [], ask: () => Promise.reject(new Error('nobody is asked')), required: false },
    now: () => new Date().toISOString(),
  });
}

/** Root of the first `size` entries, read again. */
export async function rootAt({ journal, place }: OpenLog, size: number): Promise<string> {
  const nowhere: LogPlace = { ...place, write: () => Promise.resolve() };
  const tree = await writeGrowth(emptyTree, size, { journal, place: nowhere, vouch: () => Promise.resolve() });
  return toHex(await rootOfTree(tree, sha256));
}
