import { type Kysely, sql, type Transaction } from 'kysely';
import { inPieces, lockNamed, makeTablesIn } from '../../postgres/tables.ts';

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

export function makeTables(db: Kysely<never>): Promise<void> {
  return makeTablesIn(db, async (transaction) => {
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
export async function lockEnd(transaction: Transaction<never>, tenant: string): Promise<number | undefined> {
  await lockNamed(transaction, `factum journal ${tenant}`);
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
  for (const piece of inPieces(entries, ({ entry }) => entry.length)) {
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
