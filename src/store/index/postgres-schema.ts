import { type Kysely, sql, type Transaction } from 'kysely';
import { createSchema, type IndexSchema } from './schema.ts';

/** Its object identifier, undefined when there is none. */
export async function schemaNamed(db: Kysely<never>, name: string): Promise<number | undefined> {
  const { rows } = await sql<{ oid: number }>`
    select oid::bigint as oid from pg_namespace where nspname = ${name}`.execute(db);
  return rows[0]?.oid;
}

export function indexIn(db: Kysely<never>, name: string): Kysely<IndexSchema> {
  return (db as unknown as Kysely<IndexSchema>).withSchema(name);
}

/** Whole or not at all; the one that is there when another process was faster. */
export function makeIndex(db: Kysely<never>, name: string): Promise<number> {
  return alone(db, name, async (transaction) => {
    const found = await schemaNamed(transaction, name);
    if (found !== undefined) return found;
    await transaction.schema.createSchema(name).execute();
    await createSchema(indexIn(transaction, name));
    return (await schemaNamed(transaction, name)) ?? 0;
  });
}

/** Leaves one alone that was made since. */
export function dropIndex(db: Kysely<never>, name: string, oid: number): Promise<void> {
  return alone(db, name, async (transaction) => {
    if ((await schemaNamed(transaction, name)) !== oid) return;
    await sql`drop schema ${sql.id(name)} cascade`.execute(transaction);
  });
}

function alone<T>(db: Kysely<never>, name: string, work: (transaction: Transaction<never>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`.execute(transaction);
    return work(transaction);
  });
}
