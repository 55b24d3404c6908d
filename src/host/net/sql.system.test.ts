import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../../test/http-server.ts';
import { lacks } from '../../../test/needs.ts';
import { type Postgres, startPostgres } from '../../../test/postgres.ts';
import type { Seen, SqlAnswer } from '../../core/ports.ts';
import { createSql } from './sql.ts';

describe.skipIf(lacks('postgres'))('the port to PostgreSQL', () => {
  let postgres: Postgres;
  let env: Record<string, string>;

  beforeAll(async () => {
    postgres = await startPostgres();
    const closed = await startServer();
    await closed.close();
    env = { MAIN: postgres.url, CLOSED: `postgresql://me:s3cr3t-pass@${closed.host}/x`, ODD: 'not a url s3cr3t-pass' };
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('CREATE TABLE users (id int, name text, born date)');
    await client.query(`INSERT INTO users SELECT n, 'user ' || n, '2000-01-01' FROM generate_series(1, 250) n`);
    await client.query('CREATE SEQUENCE counter');
    await client.end();
  });
  afterAll(() => postgres.close());

  function ask(query: string, database = 'main', timeoutMs = 10_000): Promise<Seen<SqlAnswer>> {
    const databases = {
      main: { url_env: 'MAIN' },
      closed: { url_env: 'CLOSED' },
      odd: { url_env: 'ODD' },
      unset: { url_env: 'NONE' },
    };
    return createSql({ databases, env })({ database, query, timeoutMs });
  }

  test('gives values as texts, and null as null', async () => {
    const answer = await ask(
      `SELECT id, name, born, NULL AS nothing, true AS yes, 1.50 AS price FROM users WHERE id = 7;`,
    );
    expect(answer).toEqual({
      ok: true,
      value: {
        rowCount: 1,
        columns: ['id', 'name', 'born', 'nothing', 'yes', 'price'],
        rows: [['7', 'user 7', '2000-01-01', null, 't', '1.50']],
      },
    });
  });

  test('counts all rows and keeps a hundred', async () => {
    const answer = await ask('SELECT * FROM users');
    expect(answer).toMatchObject({ ok: true, value: { rowCount: 250 } });
    expect(answer.ok && answer.value.rows.length).toBe(100);
    expect(await ask('SELECT 1 WHERE false')).toEqual({
      ok: true,
      value: { rowCount: 0, columns: ['?column?'], rows: [] },
    });
  });

  test.each([
    `DELETE FROM users`,
    `WITH gone AS (DELETE FROM users RETURNING *) SELECT * FROM gone`,
    `SELECT 1; DELETE FROM users`,
    `SELECT 1; COMMIT; DELETE FROM users`,
    `SELECT nextval('counter')`,
    `SELECT set_config('transaction_read_only', 'off', false); DELETE FROM users`,
    `COMMIT`,
    `COPY users TO PROGRAM 'cat'`,
    `DO $$ BEGIN DELETE FROM users; END $$`,
    `TABLE users; DROP TABLE users`,
  ])('changes nothing: %s', async (query) => {
    expect(await ask(query)).toMatchObject({ ok: false, why: 'broken' });
    expect(await ask('SELECT count(*) FROM users')).toMatchObject({ value: { rows: [['250']] } });
    expect(await ask('SELECT is_called FROM counter')).toMatchObject({ value: { rows: [['f']] } });
  });

  test('says in which way it could not look', async () => {
    expect(await ask('SELECT 1', 'nobody')).toMatchObject({ ok: false, why: 'not-allowed' });
    expect(await ask('SELECT 1', 'toString')).toMatchObject({ ok: false, why: 'not-allowed' });
    expect(await ask('SELECT 1', 'unset')).toMatchObject({ ok: false, why: 'not-allowed' });
    expect(await ask('SELECT 1', 'odd')).toMatchObject({ ok: false });
    expect(await ask('SELECT 1', 'closed')).toMatchObject({ ok: false, why: 'unreachable' });
    expect(await ask('SELECT pg_sleep(30)', 'main', 300)).toMatchObject({ ok: false, why: 'time-out' });
    const missing = await ask('SELECT * FROM no_such_table');
    expect(missing).toMatchObject({ ok: false, why: 'broken' });
    expect(!missing.ok && missing.message).toContain('relation "no_such_table" does not exist');
  });

  test('never shows the connection URL', async () => {
    const answers = [await ask('SELECT 1', 'closed'), await ask('SELECT 1', 'odd')];
    expect(JSON.stringify(answers)).not.toContain('s3cr3t-pass');
  });
});
