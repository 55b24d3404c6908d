import type { Kysely, Transaction } from 'kysely';
import { FactumError } from '../../core/errors.ts';
import { databaseFailure, databaseTrouble } from './database-failure.ts';

/** Where several processes and machines keep their ledgers. */
export interface DatabaseAddress {
  /** `postgresql://...`; it may hold a password and is never shown. */
  readonly url: string;
  /** Whose ledger: it leads every primary key. */
  readonly tenant: string;
}

/** One pool of connections, opened when first used. Its drivers are loaded only then. */
export interface Database {
  readonly tenant: string;
  /** Host, port and name, for messages. */
  readonly place: string;
  /** Runs statements; failures of the server or the connection are coded. */
  ask<T>(work: (db: Kysely<never>) => Promise<T>): Promise<T>;
  /** The same; undefined where nothing was ever written, so that there are no tables. */
  look<T>(work: (db: Kysely<never>) => Promise<T>): Promise<T | undefined>;
  /** One transaction: on disk once it is answered, thrown out when a lock or the next statement keeps it waiting longer. */
  durably<T>(timeoutMs: number, work: (transaction: Transaction<never>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;
/** Behind this a connection that answers nothing counts as lost. */
const answerTimeoutMs = 120_000;
const mostConnections = 4;
/** Its type's number. Counts of entries are far below 2^53; the driver would give texts. */
const int8 = 20;

/** Throws DATABASE_URL when the address is none. */
export function databaseAt({ url, tenant }: DatabaseAddress): Database {
  const place = placeOf(url);
  if (tenant === '' || tenant.includes('\0')) throw new FactumError('DATABASE_URL', 'FACTUM_TENANT is not a name');
  let opened: Promise<Kysely<never>> | undefined;

  async function open(): Promise<Kysely<never>> {
    const [{ Kysely: KyselyOf, PostgresDialect }, { default: pg }] = await Promise.all([
      import('kysely'),
      import('pg'),
    ]);
    const pool = new pg.Pool({
      connectionString: url,
      application_name: 'factum',
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: connectTimeoutMs,
      max: mostConnections,
      types: {
        getTypeParser: (type, format) => (type === int8 ? Number : pg.types.getTypeParser(type, format as 'text')),
      },
    });
    // Without listeners a connection lost between two statements would end the process; the next statement rejects.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => void client.on('error', () => undefined));
    return new KyselyOf<never>({ dialect: new PostgresDialect({ pool }) });
  }

  async function ask<T>(work: (db: Kysely<never>) => Promise<T>): Promise<T> {
    opened ??= open();
    const db = await opened;
    try {
      return await work(db);
    } catch (thrown) {
      throw databaseFailure(thrown, place);
    }
  }

  return {
    tenant,
    place,
    ask,
    async look(work) {
      try {
        return await ask(work);
      } catch (thrown) {
        if (databaseTrouble(thrown) === 'no-table') return undefined;
        throw thrown;
      }
    },
    async durably(timeoutMs, work) {
      const { durably } = await import('./tables.ts');
      return ask((db) => durably(db, timeoutMs, work));
    },
    async close() {
      await (await opened)?.destroy();
      opened = undefined;
    },
  };
}

function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new FactumError(
      'DATABASE_URL',
      'FACTUM_DATABASE_URL: expected postgresql://user@host:port/database, got something else (not shown: it may hold a password)',
    );
  }
  return `${parsed.host}${parsed.pathname}`;
}
