import type { Kysely } from 'kysely';
import type { Database } from '../postgres/database.ts';
import { databaseFailure, databaseTrouble } from '../postgres/database-failure.ts';
import type { IndexPlace, IndexTrouble } from './place.ts';
import type * as PostgresSchema from './postgres-schema.ts';
import { indexVersion } from './schema.ts';

/**
 * A database schema per tenant and version, so that processes of two versions do not make each other's index anew,
 * and dropping it is all that deleting an index takes.
 */
export function postgresPlace(database: Database, sha256: (bytes: Uint8Array) => string): IndexPlace {
  const tenant = sha256(new TextEncoder().encode(database.tenant)).slice(0, 16);
  const name = `factum_index_v${indexVersion}_${tenant}`;
  /** Which schema of that name was opened: another process may have made a new one since. */
  let opened: number | undefined;

  async function inSchema<T>(work: (of: typeof PostgresSchema, db: Kysely<never>) => Promise<T>) {
    const of = await import('./postgres-schema.ts');
    return database.ask((db) => work(of, db));
  }

  return {
    isThere: () => inSchema(async (of, db) => (await of.schemaNamed(db, name)) !== undefined),
    open: () =>
      inSchema(async (of, db) => {
        opened = (await of.schemaNamed(db, name)) ?? (await of.makeIndex(db, name));
        return of.indexIn(db, name);
      }),
    close: () => Promise.resolve(),
    async discard() {
      const oid = opened;
      if (oid !== undefined) await inSchema((of, db) => of.dropIndex(db, name, oid));
    },
    troubleOf,
    coded: (thrown) => databaseFailure(thrown, database.place),
  };
}

function troubleOf(thrown: unknown): IndexTrouble {
  const trouble = databaseTrouble(thrown);
  if (trouble === 'no-table') return 'damaged';
  return trouble === 'unwritable' ? 'unwritable' : 'other';
}
