import type { Kysely, Transaction } from 'kysely';
import { FactumError } from '../../core/errors.ts';
import { Head, LogIdentity } from '../../core/ledger/head.ts';
import type { Database } from '../postgres/database.ts';
import { isPartial, isSameBytes, isSameHead, type LogPlace, parsedAs } from './log-place.ts';
import type * as ShownTables from './shown-tables.ts';

const defaultLockTimeoutMs = 30_000;

/** A tenant's identity, head and tiles in tables. Whoever moves or shows the head holds a lock on it meanwhile. */
export function postgresPlace(database: Database, lockTimeoutMs: number = defaultLockTimeoutMs): LogPlace {
  const { tenant } = database;
  let hasTables = false;
  let last: Promise<unknown> = Promise.resolve();

  async function look<T>(at: (tables: typeof ShownTables, db: Kysely<never>) => Promise<T>): Promise<T | undefined> {
    const tables = await import('./shown-tables.ts');
    return database.look((db) => at(tables, db));
  }

  async function change<T>(
    by: (tables: typeof ShownTables, transaction: Transaction<never>) => Promise<T>,
  ): Promise<T> {
    const tables = await import('./shown-tables.ts');
    // Rights to make tables are not needed where they are.
    hasTables ||= (await look(({ areThere }, db) => areThere(db))) === true;
    if (!hasTables) await database.ask(tables.makeTables);
    hasTables = true;
    return database.durably(lockTimeoutMs, (transaction) => by(tables, transaction));
  }

  /** One at a time in this process: who waits for the lock keeps a connection that its holder may need. */
  function atHead<T>(
    work: (tables: typeof ShownTables, transaction: Transaction<never>, head: string | undefined) => Promise<T>,
  ): Promise<T> {
    const done = last.then(() =>
      change(async (tables, transaction) => {
        await tables.lockHead(transaction, tenant);
        return work(tables, transaction, await headFrom(tables, transaction));
      }),
    );
    last = done.catch(() => undefined);
    return done;
  }

  function headIn(text: string | undefined): Head | undefined {
    return parsedAs(Head, text, placeOf('heads'));
  }

  function identityIn(text: string | undefined): LogIdentity | undefined {
    return parsedAs(LogIdentity, text, placeOf('identities'));
  }

  function placeOf(name: string): string {
    return `table factum.${name} of ${database.place}, log ${tenant}`;
  }

  /** Throws when something is shown and nothing says what was signed. */
  async function headFrom(tables: typeof ShownTables, db: Kysely<never>): Promise<string | undefined> {
    const found = await tables.headOf(db, tenant);
    if (found !== undefined || (await tables.shownAt(db, tenant, 'checkpoint')) === undefined) return found;
    // It may have been published first between the two looks.
    const again = await tables.headOf(db, tenant);
    if (again !== undefined) return again;
    throw new FactumError('LOG_DAMAGED', `${placeOf('heads')}: expected what this log signed last, got no row`);
  }

  return {
    head: async () => headIn(await look(headFrom)),
    read: (path) => look(({ shownAt }, db) => shownAt(db, tenant, path)),
    identity: async () => identityIn(await look(({ identityOf }, db) => identityOf(db, tenant))),
    identify: (identity) =>
      change(async (tables, transaction) => {
        await tables.keepIdentity(transaction, tenant, JSON.stringify(identity));
        return identityIn(await tables.identityOf(transaction, tenant)) ?? identity;
      }),
    moveHead: (expected, next) =>
      atHead(async ({ swapHead }, transaction, from) => {
        if (!isSameHead(headIn(from), expected)) return undefined;
        const moved = await next();
        return (await swapHead(transaction, tenant, { from, to: JSON.stringify(moved) })) ? moved : undefined;
      }),
    write: (files) =>
      change(async (tables, transaction) => {
        await tables.replaceShown(
          transaction,
          tenant,
          files.filter(({ path }) => isPartial(path)),
        );
        const full = files.filter(({ path }) => !isPartial(path));
        for (const { path, bytes } of await tables.addShown(transaction, tenant, full)) {
          const there = await tables.shownAt(transaction, tenant, path);
          if (there !== undefined && !isSameBytes(there, bytes)) throw otherTile(path, bytes, there);
        }
      }),
    show: (shown) =>
      atHead(async ({ replaceShown }, transaction, from) => {
        const now = headIn(from);
        if (now !== undefined) await replaceShown(transaction, tenant, shown(now));
      }),
    async tidy(fullTiles) {
      await change(({ removeShown }, transaction) =>
        removeShown(
          transaction,
          tenant,
          fullTiles.map((path) => `${path}.p`),
        ),
      );
    },
  };

  function otherTile(path: string, bytes: Uint8Array, there: Uint8Array): FactumError {
    return new FactumError(
      'LOG_DAMAGED',
      `${placeOf('shown')}, path ${path}: expected the ${bytes.length} bytes that the journal leads to, got ${there.length} others`,
    );
  }
}
