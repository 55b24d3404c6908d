import { entriesPerBundle } from '../core/ledger/bundle.ts';
import { jsonOf } from '../core/ledger/dsse.ts';
import { looksLikeTwinLeaf } from '../core/ledger/twin-leaf.ts';
import type { Exchange } from '../core/ledger/peer.ts';
import type { Journal } from './journal/journal.ts';

const entriesAtOnce = 4096;

/** The envelopes of a journal, by their SHA-256. What is derived from one, such as its twin leaf, is none. */
export function ownEnvelopes(journal: Journal, sha256: (bytes: Uint8Array) => string): Exchange['own'] {
  const indexOf = new Map<string, number>();
  let seen = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function learn(): Promise<ReadonlyMap<string, number>> {
    const size = await journal.size();
    while (seen < size) {
      const entries = await journal.read(seen, Math.min(size, seen + entriesAtOnce));
      for (const [at, entry] of entries.entries()) {
        if (!looksLikeTwinLeaf(jsonOf(entry))) indexOf.set(sha256(entry), seen + at);
      }
      seen += entries.length;
    }
    return indexOf;
  }

  /** Neighbours are read together: they stand in the same bundle. */
  async function entriesAt(indexes: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    const found = new Map<number, Uint8Array>();
    const sorted = indexes.toSorted((a, b) => a - b);
    for (let at = 0; at < sorted.length;) {
      const from = sorted[at] ?? 0;
      const run = sorted.slice(at).filter((index) => index < from + entriesPerBundle);
      const to = (run.at(-1) ?? from) + 1;
      const entries = await journal.read(from, to);
      for (const index of run) found.set(index, entries[index - from] ?? new Uint8Array());
      at += run.length;
    }
    return found;
  }

  return {
    names() {
      const learnt = last.then(learn);
      last = learnt.catch(() => undefined);
      return learnt;
    },
    async read(names) {
      const indexes = names.map((name) => indexOf.get(name));
      const entries = await entriesAt(indexes.filter((index) => index !== undefined));
      return indexes.map((index) => (index === undefined ? undefined : entries.get(index)) ?? 'missing');
    },
  };
}
