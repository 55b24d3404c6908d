import { type Kysely, sql, type Transaction } from 'kysely';

/** The tables of all tenants have a schema of their own. */
export async function makeTablesIn(
  db: Kysely<never>,
  make: (transaction: Transaction<never>) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // `if not exists` alone fails when two processes do it at once.
    await lockNamed(transaction, 'factum tables');
    await sql`create schema if not exists factum`.execute(transaction);
    await make(transaction);
  });
}

/** A transaction that holds its locks no longer than this while nothing happens, and is on disk once it is answered. */
export async function durably<T>(
  db: Kysely<never>,
  timeoutMs: number,
  work: (transaction: Transaction<never>) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      // A holder that stands still is thrown out by the server. The server's default may be to answer a commit early.
      await sql`select set_config('lock_timeout', ${String(timeoutMs)}, true),
        set_config('idle_in_transaction_session_timeout', ${String(timeoutMs)}, true),
        set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
          else current_setting('synchronous_commit') end, true)`.execute(transaction);
      return work(transaction);
    });
}

/** Until the transaction ends. */
export async function lockNamed(transaction: Transaction<never>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`.execute(transaction);
}

const bytesPerStatement = 8 * 1024 * 1024;

/** The driver makes one text of a statement's parameters, so it is kept far below the longest text there is. */
export function* inPieces<T>(all: readonly T[], bytesOf: (each: T) => number): Generator<readonly T[]> {
  let piece: T[] = [];
  let bytes = 0;
  for (const each of all) {
    if (piece.length > 0 && bytes + bytesOf(each) > bytesPerStatement) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(each);
    bytes += bytesOf(each);
  }
  if (piece.length > 0) yield piece;
}
