import type { Receipt } from '../../core/ledger/record.ts';

/**
 * The truth: entries in order, append-only. Every driver keeps the contract in `testing/journal-contract.ts`.
 * All methods throw JOURNAL_CORRUPT, JOURNAL_SHRANK or JOURNAL_UNREADABLE when the store is not what it was.
 */
export interface Journal {
  /** Entries that are durable; those still on their way are not counted. */
  size(): Promise<number>;
  /** Entries `from` to `to`, end exclusive; `to` is at most a size that was answered. */
  read(from: number, to: number): Promise<readonly Uint8Array[]>;
  /**
   * Answers after all entries are durable. An entry that is there already keeps its first index.
   * Throws ENTRY_TOO_LARGE, JOURNAL_WRITE or LOCK_TIMEOUT; then none was acknowledged.
   */
  append(entries: readonly Uint8Array[]): Promise<readonly Receipt[]>;
  /** Where entry `index` stands, for messages. */
  placeOf(index: number): string;
  close(): Promise<void>;
}
