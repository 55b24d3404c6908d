import { type Dialect, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Kysely's SQLite dialect is written for better-sqlite3; this gives it `node:sqlite` in that shape. */
export function nodeSqliteDialect(db: DatabaseSync): Dialect {
  const database: SqliteDatabase = {
    close: () => db.close(),
    prepare: (sql) => statementOf(db, sql),
  };
  return new SqliteDialect({ database });
}

function statementOf(db: DatabaseSync, sql: string): SqliteStatement {
  const statement = db.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)),
  };
}

/** Columns are texts and integers only; anything else is a mistake in a query. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    throw new TypeError(`cannot bind a ${typeof value} to a column`);
  });
}
