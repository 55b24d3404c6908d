import { FactumError, messageOf } from '../../core/errors.ts';

export type DatabaseTrouble = 'no-table' | 'twice' | 'busy' | 'waited-too-long' | 'unwritable' | 'lost' | 'other';

/** SQLSTATE, https://www.postgresql.org/docs/15/errcodes-appendix.html: a code or its class. */
const troubles: Readonly<Record<string, DatabaseTrouble>> = {
  '42P01': 'no-table',
  '3F000': 'no-table',
  '42703': 'no-table', // a column that this version has and the table has not
  '23505': 'twice', // unique_violation
  '40001': 'busy',
  '40P01': 'busy',
  '55P03': 'waited-too-long', // lock_not_available
  '42501': 'unwritable', // insufficient_privilege
  '25006': 'unwritable', // read_only_sql_transaction
  '53': 'unwritable', // insufficient resources, disk_full among them
  '57014': 'lost', // query_canceled, by an operator or a time limit of the server
  '25P03': 'lost', // idle_in_transaction_session_timeout
  '08': 'lost',
  '57P': 'lost', // shutdown, crash, dropped database
  '28': 'lost', // authentication
  '3D': 'lost', // no such database
};

export function databaseTrouble(thrown: unknown): DatabaseTrouble {
  if (!(thrown instanceof Error)) return 'other';
  const cause = thrown instanceof FactumError ? thrown.cause : thrown;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!/^[0-9A-Z]{5}$/.test(code)) return isConnectionFailure(cause, code) ? 'lost' : 'other';
  return troubles[code] ?? troubles[code.slice(0, 3)] ?? troubles[code.slice(0, 2)] ?? 'other';
}

/** System errors of sockets, and what the driver throws without a code. */
function isConnectionFailure(thrown: unknown, code: string): boolean {
  return /^E[A-Z]+$/.test(code) || /connection|timeout|not queryable|SSL/i.test(messageOf(thrown));
}

/** Whatever a statement threw, coded when it is the server's or the connection's failure. */
export function databaseFailure(thrown: unknown, place: string): unknown {
  if (thrown instanceof FactumError) return thrown;
  const why = thrown instanceof AggregateError ? thrown.errors.map(messageOf).join('; ') : messageOf(thrown);
  switch (databaseTrouble(thrown)) {
    case 'lost':
      return new FactumError('DATABASE_LOST', `the database ${place} cannot be reached or was lost: ${why}`, {
        cause: thrown,
      });
    case 'waited-too-long':
      return new FactumError('LOCK_TIMEOUT', `another process holds the ledger in ${place}: ${why}`, { cause: thrown });
    case 'unwritable':
      return new FactumError('DATABASE_REFUSED', `the database ${place} refuses: ${why}`, { cause: thrown });
    case 'no-table':
    case 'twice':
    case 'busy':
    case 'other':
      return thrown;
  }
}
