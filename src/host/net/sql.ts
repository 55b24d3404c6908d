import type { Client, QueryArrayConfig, QueryArrayResult } from 'pg';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type Hindrance, seen, type Seen, type SqlAnswer, type SqlRequest } from '../../core/ports.ts';
import { codeOf, hindranceOf } from './failure.ts';

const defaultTimeoutMs = 30_000;
const keptRows = 100;

export interface SqlOptions {
  /** `databases` of the configuration: a name, and which variable holds the connection URL. */
  readonly databases: Readonly<Record<string, { readonly url_env: string }>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The port for one query to PostgreSQL. The address guard does not judge the host: whoever owns the environment
 * named it there, and a claim can only name databases that the configuration lists.
 */
export function createSql(options: SqlOptions): (request: SqlRequest) => Promise<Seen<SqlAnswer>> {
  return async (request) => {
    const { database, timeoutMs = defaultTimeoutMs } = request;
    const entry = Object.hasOwn(options.databases, database) ? options.databases[database] : undefined;
    if (entry === undefined) return couldNotLook('not-allowed', `${database}: not among databases in factum.yaml`);
    const url = options.env[entry.url_env];
    if (url === undefined || url === '') return couldNotLook('not-allowed', `${database}: ${entry.url_env} is not set`);
    if (!URL.canParse(url)) return couldNotLook('not-allowed', `${database}: ${entry.url_env} is not a connection URL`);
    const { Client } = (await import('pg')).default;
    const client = new Client({
      connectionString: url,
      application_name: 'factum',
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      query_timeout: timeoutMs + 1_000,
      options: '-c default_transaction_read_only=on',
    });
    // Without a listener, a connection lost between two queries would end the process; the query itself rejects.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return seen(await rowsOf(client, request.query));
    } catch (error) {
      return failure(error, database);
    } finally {
      // The session's end rolls back whatever is still open; a failed goodbye loses nothing.
      await client.end().catch(() => undefined);
    }
  };
}

/**
 * The server itself keeps the query to reading: a cursor takes one SELECT, VALUES or WITH that changes nothing,
 * and the extended protocol takes one statement only. Rows beyond the first are counted there, not sent.
 */
async function rowsOf(client: Client, query: string): Promise<SqlAnswer> {
  await client.query('BEGIN TRANSACTION READ ONLY');
  try {
    await client.query(single(`DECLARE factum_look NO SCROLL CURSOR FOR ${query}`));
    const first: QueryArrayResult<(string | null)[]> = await client.query(single(`FETCH ${keptRows} FROM factum_look`));
    const rest = await client.query(single('MOVE FORWARD ALL FROM factum_look'));
    return {
      rowCount: first.rows.length + (rest.rowCount ?? 0),
      columns: first.fields.map(({ name }) => name),
      rows: first.rows,
    };
  } finally {
    await client.query('ROLLBACK');
  }
}

/** Rows as arrays of the server's own texts. */
function single(text: string): QueryArrayConfig {
  return {
    text,
    rowMode: 'array',
    queryMode: 'extended',
    types: { getTypeParser: () => (value: unknown) => value },
  } as QueryArrayConfig;
}

/** SQLSTATE classes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function failure(error: unknown, database: string): Seen<never> {
  const why = hindranceOfState(codeOf(error));
  if (why !== undefined) return couldNotLook(why, `${database}: ${messageOf(error)}`);
  if (/timeout/i.test(messageOf(error))) return couldNotLook('time-out', `${database}: ${messageOf(error)}`);
  return hindranceOf(error, database);
}

function hindranceOfState(state: string): Hindrance | undefined {
  if (!/^[0-9A-Z]{5}$/.test(state)) return undefined;
  if (state === '57014') return 'time-out';
  if (state.startsWith('28') || state === '42501') return 'not-allowed';
  if (state.startsWith('08') || state.startsWith('53') || state.startsWith('57P')) return 'unreachable';
  return 'broken';
}
