import { type Kysely, sql, type Transaction } from 'kysely';

/** One tenant's log in the tables of all tenants, which have a schema of their own. */
export interface Log {
  readonly tenant: string;
  readonly db: Kysely<never>;
}

export interface StoredEntry {
  readonly index: number;
  /** Hex. */
  readonly leafHash: string;
  readonly entry: Uint8Array;
}

const bytesPerInsert = 8 * 1024 * 1024;

export async function makeTables(db: Kysely<never>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // `if not exists` alone fails when two processes do it at once.
    await sql`select pg_advisory_xact_lock(hashtextextended('factum tables', 0))`.execute(transaction);
    await sql`create schema if not exists factum`.execute(transaction);
    await sql`create table if not exists factum.logs (
      tenant text primary key,
      entries bigint not null check (entries >= 0)
    )`.execute(transaction);
    await sql`create table if not exists factum.entries (
      tenant text not null references factum.logs,
      index bigint not null check (index >= 0),
      leaf_hash bytea not null check (length(leaf_hash) = 32),
      entry bytea not null check (length(entry) between 1 and 65535),
      primary key (tenant, index),
      unique (tenant, leaf_hash)
    )`.execute(transaction);
  });
}

export async function sizeOf({ db, tenant }: Log): Promise<number> {
  const { rows } = await sql<{ entries: number }>`
    select entries from factum.logs where tenant = ${tenant}`.execute(db);
  return rows[0]?.entries ?? 0;
}

export async function entriesBetween({ db, tenant }: Log, from: number, to: number): Promise<readonly StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select index, encode(leaf_hash, 'hex') as "leafHash", entry from factum.entries
    where tenant = ${tenant} and index >= ${from} and index < ${to} order by index`.execute(db);
  return rows;
}

/** One writer at a time: an advisory lock keeps the order, the row lock holds whoever does not ask for that one. */
export async function lockEnd(
  transaction: Transaction<never>,
  tenant: string,
  timeoutMs: number,
): Promise<number | undefined> {
  // A holder that stands still is thrown out by the server. An acknowledged commit is on disk, also where the
  // server's default would answer before that.
  await sql`select set_config('lock_timeout', ${String(timeoutMs)}, true),
    set_config('idle_in_transaction_session_timeout', ${String(timeoutMs)}, true),
    set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
      else current_setting('synchronous_commit') end, true)`.execute(transaction);
  await sql`select pg_advisory_xact_lock(hashtextextended('factum journal ' || ${tenant}::text, 0))`.execute(
    transaction,
  );
  const { rows } = await sql<{ entries: number }>`
    select entries from factum.logs where tenant = ${tenant} for update`.execute(transaction);
  return rows[0]?.entries;
}

export async function startLog(transaction: Transaction<never>, tenant: string): Promise<void> {
  await sql`insert into factum.logs values (${tenant}, 0)`.execute(transaction);
}

/** Which of these leaf hashes are there already, with their index. */
export async function knownAmong({ db, tenant }: Log, leafHashes: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ leaf: string; index: number }>`
    select encode(leaf_hash, 'hex') as leaf, index from factum.entries
    where tenant = ${tenant} and leaf_hash = any(${leafHashes.map((hex) => Buffer.from(hex, 'hex'))}::bytea[])
  `.execute(db);
  return new Map(rows.map(({ leaf, index }) => [leaf, index]));
}

export async function insertEntries({ db, tenant }: Log, entries: readonly StoredEntry[]): Promise<void> {
  for (const piece of inPieces(entries)) {
    await sql`insert into factum.entries (tenant, index, leaf_hash, entry)
      select ${tenant}, * from unnest(
        ${piece.map(({ index }) => index)}::bigint[],
        ${piece.map(({ leafHash }) => Buffer.from(leafHash, 'hex'))}::bytea[],
        ${piece.map(({ entry }) => Buffer.from(entry.buffer, entry.byteOffset, entry.length))}::bytea[]
      )`.execute(db);
  }
}

/** Compare-and-swap: false when the end is not where it was. */
export async function moveEnd({ db, tenant }: Log, from: number, to: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update factum.logs set entries = ${to} where tenant = ${tenant} and entries = ${from}`.execute(db);
  return numAffectedRows === 1n;
}

/** The driver makes one text of a statement's parameters, so it is kept far below the longest text there is. */
function* inPieces(entries: readonly StoredEntry[]): Generator<readonly StoredEntry[]> {
  let piece: StoredEntry[] = [];
  let bytes = 0;
  for (const stored of entries) {
    if (piece.length > 0 && bytes + stored.entry.length > bytesPerInsert) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(stored);
    bytes += stored.entry.length;
  }
  if (piece.length > 0) yield piece;
}
