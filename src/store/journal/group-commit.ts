import { refuseTooLarge } from '../../core/ledger/bundle.ts';
import type { Receipt } from '../../core/ledger/record.ts';

interface Waiting {
  readonly entries: readonly Uint8Array[];
  resolve(receipts: readonly Receipt[]): void;
  reject(reason: unknown): void;
}

/** Appends that wait in this process are made durable together. */
export interface GroupCommit {
  append(entries: readonly Uint8Array[]): Promise<readonly Receipt[]>;
  /** When nothing is on its way any more. */
  settled(): Promise<void>;
}

const batchEntries = 4096;

/** `commit` answers one receipt per entry, in order, after all are durable; when it throws, no append of the batch is acknowledged. */
export function groupCommit(
  commit: (entries: readonly Uint8Array[]) => Promise<readonly Receipt[]>,
  pause: () => Promise<void> | undefined = () => undefined,
): GroupCommit {
  let queue: Waiting[] = [];
  let writing: Promise<void> | undefined;

  async function commitAll(): Promise<void> {
    while (queue.length > 0) {
      await pause();
      const batch = takeBatch();
      try {
        const receipts = await commit(batch.flatMap(({ entries }) => entries));
        let from = 0;
        for (const { entries, resolve } of batch) resolve(receipts.slice(from, (from += entries.length)));
      } catch (thrown) {
        for (const waiting of batch) waiting.reject(thrown);
      }
    }
    // In the same turn as the last look at the queue: what is appended from now on starts anew.
    writing = undefined;
  }

  /** The first of the waiting appends, up to a batch. */
  function takeBatch(): readonly Waiting[] {
    let entries = 0;
    let taken = 0;
    for (const waiting of queue) {
      entries += waiting.entries.length;
      if (taken > 0 && entries > batchEntries) break;
      taken++;
    }
    const batch = queue.slice(0, taken);
    queue = queue.slice(taken);
    return batch;
  }

  return {
    async append(entries) {
      for (const entry of entries) {
        refuseTooLarge(entry);
        if (entry.length === 0) throw new TypeError('a journal entry is never empty');
      }
      if (entries.length === 0) return [];
      const receipts = new Promise<readonly Receipt[]>((resolve, reject) => {
        queue.push({ entries, resolve, reject });
      });
      writing ??= commitAll();
      return receipts;
    },
    async settled() {
      await writing;
    },
  };
}
