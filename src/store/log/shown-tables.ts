import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { inPieces, lockNamed, makeTablesIn } from '../postgres/tables.ts';
import type { PublicFile } from './log-place.ts';

// What a tenant's log signed and shows. Paths sort by their bytes, so that what begins alike stands together.

export function makeTables(db: Kysely<never>): Promise<void> {
  return makeTablesIn(db, async (transaction) => {
    await sql`create table if not exists factum.identities (
      tenant text primary key,
      identity text not null
    )`.execute(transaction);
    await sql`create table if not exists factum.heads (
      tenant text primary key,
      head text not null
    )`.execute(transaction);
    await sql`create table if not exists factum.shown (
      tenant text not null,
      path text collate "C" not null,
      bytes bytea not null,
      primary key (tenant, path)
    )`.execute(transaction);
  });
}

export async function areThere(db: Kysely<never>): Promise<true> {
  await sql`select from factum.identities, factum.heads, factum.shown limit 0`.execute(db);
  return true;
}

export async function identityOf(db: Kysely<never>, tenant: string): Promise<string | undefined> {
  const { rows } = await sql<{ identity: string }>`
    select identity from factum.identities where tenant = ${tenant}`.execute(db);
  return rows[0]?.identity;
}

/** Unless there is one. */
export async function keepIdentity(transaction: Transaction<never>, tenant: string, identity: string): Promise<void> {
  await sql`insert into factum.identities values (${tenant}, ${identity}) on conflict do nothing`.execute(transaction);
}

/** One publisher at a time moves or shows the head: an advisory lock, and the row for whoever does not ask for that one. */
export async function lockHead(transaction: Transaction<never>, tenant: string): Promise<void> {
  await lockNamed(transaction, `factum head ${tenant}`);
  await sql`select from factum.heads where tenant = ${tenant} for update`.execute(transaction);
}

export async function headOf(db: Kysely<never>, tenant: string): Promise<string | undefined> {
  const { rows } = await sql<{ head: string }>`
    select head from factum.heads where tenant = ${tenant}`.execute(db);
  return rows[0]?.head;
}

/** Compare-and-swap: false when the head is not what it was. */
export async function swapHead(
  transaction: Transaction<never>,
  tenant: string,
  { from, to }: { readonly from: string | undefined; readonly to: string },
): Promise<boolean> {
  const { numAffectedRows } = await (
    from === undefined
      ? sql`insert into factum.heads values (${tenant}, ${to}) on conflict do nothing`
      : sql`update factum.heads set head = ${to} where tenant = ${tenant} and head = ${from}`
  ).execute(transaction);
  return numAffectedRows === 1n;
}

export async function shownAt(db: Kysely<never>, tenant: string, path: string): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ bytes: Uint8Array }>`
    select bytes from factum.shown where tenant = ${tenant} and path = ${path}`.execute(db);
  return rows[0]?.bytes;
}

/** Answers those that were there already, which are left as they are. */
export async function addShown(
  transaction: Transaction<never>,
  tenant: string,
  files: readonly PublicFile[],
): Promise<readonly PublicFile[]> {
  const there: PublicFile[] = [];
  for (const piece of inPieces(files, bytesOf)) {
    const { rows } = await sql<{ path: string }>`
      ${inserting(tenant, piece)} on conflict do nothing returning path`.execute(transaction);
    const added = new Set(rows.map(({ path }) => path));
    there.push(...piece.filter(({ path }) => !added.has(path)));
  }
  return there;
}

export async function replaceShown(
  transaction: Transaction<never>,
  tenant: string,
  files: readonly PublicFile[],
): Promise<void> {
  for (const piece of inPieces(files, bytesOf)) {
    await sql`${inserting(tenant, piece)}
      on conflict (tenant, path) do update set bytes = excluded.bytes`.execute(transaction);
  }
}

/** In the order of their paths, so that two who put the same files never wait for each other in a circle. */
function inserting(tenant: string, files: readonly PublicFile[]): RawBuilder<unknown> {
  return sql`insert into factum.shown select ${tenant}, * from unnest(
    ${files.map(({ path }) => path)}::text[],
    ${files.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))}::bytea[]
  ) as given(path, bytes) order by path collate "C"`;
}

function bytesOf({ bytes }: PublicFile): number {
  return bytes.length;
}

/** What stands in the folders of these names; a slash comes right before a zero. */
export async function removeShown(db: Kysely<never>, tenant: string, folders: readonly string[]): Promise<void> {
  await sql`delete from factum.shown using unnest(${folders}::text[]) as folder
    where tenant = ${tenant} and path > folder || '/' and path < folder || '0'`.execute(db);
}
