import type { Kysely, Transaction } from 'kysely';
import { FactumError } from '../../../core/errors.ts';
import { leafHashOf } from '../../../core/ledger/merkle.ts';
import type { Receipt } from '../../../core/ledger/record.ts';
import type { Database } from '../../postgres/database.ts';
import { databaseTrouble } from '../../postgres/database-failure.ts';
import { groupCommit } from '../group-commit.ts';
import type { Journal } from '../journal.ts';
import type * as LogTable from './log-table.ts';
import type { StoredEntry } from './log-table.ts';

export interface PostgresJournalOptions {
  readonly database: Database;
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  readonly lockTimeoutMs?: number;
}

const defaultLockTimeoutMs = 30_000;

/** One tenant's entries in a table. What waits in this process is one transaction; `close` leaves the database open. */
export function postgresJournal(options: PostgresJournalOptions): Journal {
  const { database, sha256, lockTimeoutMs = defaultLockTimeoutMs } = options;
  const { tenant } = database;
  /** The most that this process has seen: the log never has less. */
  let seen = 0;
  let hasTables = false;

  async function inLog<T>(work: (table: typeof LogTable, db: Kysely<never>) => Promise<T>): Promise<T> {
    const table = await import('./log-table.ts');
    return database.ask((db) => work(table, db));
  }

  async function commit(entries: readonly Uint8Array[]): Promise<readonly Receipt[]> {
    const leafHashes = entries.map((entry) => leafHashOf(entry, sha256));
    const table = await import('./log-table.ts');
    // Rights to make tables are not needed where they are.
    hasTables ||= (await sizeWhereTables()) !== undefined;
    if (!hasTables) await database.ask((db) => table.makeTables(db));
    hasTables = true;
    const { receipts, end } = await database.durably(lockTimeoutMs, async (transaction) => {
      const from = await endOf(table, transaction);
      const log = { db: transaction, tenant };
      const places = await table.knownAmong(log, leafHashes);
      if ([...places.values()].some((index) => index >= from)) throw behindTheEnd(from);
      const fresh: StoredEntry[] = [];
      for (const [at, leafHash] of leafHashes.entries()) {
        if (places.has(leafHash)) continue;
        places.set(leafHash, from + fresh.length);
        fresh.push({ index: from + fresh.length, leafHash, entry: entries[at] as Uint8Array });
      }
      const to = from + fresh.length;
      await insert(table, log, fresh);
      if (to > from && !(await table.moveEnd(log, from, to))) throw shrank(`its end is no longer ${from}`);
      return { end: to, receipts: leafHashes.map((leafHash) => ({ index: places.get(leafHash) ?? 0, leafHash })) };
    });
    // Only now is it committed.
    seen = Math.max(seen, end);
    return receipts;
  }

  async function insert(table: typeof LogTable, log: LogTable.Log, fresh: readonly StoredEntry[]): Promise<void> {
    try {
      await table.insertEntries(log, fresh);
    } catch (thrown) {
      throw databaseTrouble(thrown) === 'twice' ? behindTheEnd(fresh[0]?.index ?? 0) : thrown;
    }
  }

  async function endOf(table: typeof LogTable, transaction: Transaction<never>): Promise<number> {
    const before = seen;
    const end = await table.lockEnd(transaction, tenant);
    if (end === undefined && before === 0) await table.startLog(transaction, tenant);
    return notLess(end ?? 0, before);
  }

  async function sizeWhereTables(): Promise<number | undefined> {
    const { sizeOf } = await import('./log-table.ts');
    return database.look((db) => sizeOf({ db, tenant }));
  }

  /** `before`: what was seen when the question was asked; an append may be answered while it is on its way. */
  function notLess(size: number, before: number): number {
    if (size < before) throw shrank(`expected at least ${before} entries, got ${size}`);
    seen = Math.max(seen, size);
    return size;
  }

  function checked(stored: readonly StoredEntry[], from: number, to: number): readonly Uint8Array[] {
    for (const [at, { index, leafHash, entry }] of stored.entries()) {
      if (index !== from + at) throw corrupt(from + at, `expected this entry, got entry ${index}`);
      const got = leafHashOf(entry, sha256);
      if (got !== leafHash) throw corrupt(index, `expected leaf hash ${leafHash}, got ${got}`);
    }
    const next = from + stored.length;
    if (next < to) throw shrank(`${placeOf(next)}: expected ${to} entries, got none from here on`);
    return stored.map(({ entry }) => entry);
  }

  function shrank(why: string): FactumError {
    return new FactumError('JOURNAL_SHRANK', `the journal lost entries: log ${tenant} in ${database.place}: ${why}`);
  }

  function corrupt(index: number, why: string): FactumError {
    return new FactumError('JOURNAL_CORRUPT', `the journal is damaged: ${placeOf(index)}: ${why}`);
  }

  function behindTheEnd(end: number): FactumError {
    return corrupt(end, 'expected the end of the log, got entries behind it');
  }

  function placeOf(index: number): string {
    return `table factum.entries of ${database.place}, log ${tenant}, index ${index}`;
  }

  const group = groupCommit(commit);
  return {
    placeOf,
    append: group.append,
    close: group.settled,
    async size() {
      const before = seen;
      return notLess((await sizeWhereTables()) ?? 0, before);
    },
    async read(from, to) {
      if (from >= to) return [];
      return checked(await inLog((table, db) => table.entriesBetween({ db, tenant }, from, to)), from, to);
    },
  };
}
