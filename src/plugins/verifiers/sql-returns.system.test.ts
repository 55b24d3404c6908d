import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lacks } from '../../../test/needs.ts';
import { examine, outside } from '../../../test/outside-ports.ts';
import { type Postgres, startPostgres } from '../../../test/postgres.ts';
import { createSql } from '../../host/net/sql.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { sqlReturns } from './sql-returns.ts';

describe.skipIf(lacks('postgres'))('sql-returns', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());

  function examination(query: string, options: Record<string, unknown> = {}) {
    const sql = createSql({ databases: { main: { url_env: 'MAIN' } }, env: { MAIN: postgres.url } });
    return outside({ sql }, { database: 'main', query, ...options });
  }

  verifierContract({
    verifier: sqlReturns,
    supporting: () => Promise.resolve(examination('SELECT generate_series(1, 3)', { rows: 3 })),
    refuting: () => Promise.resolve(examination('SELECT 1 WHERE false')),
  });

  test.each([
    ['SELECT 1', {}, 'supported'],
    ['SELECT generate_series(1, 1000)', { rows: { min: 1000, max: 1000 } }, 'supported'],
    ['SELECT generate_series(1, 1000)', { rows: { max: 999 } }, 'refuted'],
    ['SELECT generate_series(1, 3)', { rows: 2 }, 'refuted'],
    ['SELECT 1 WHERE false', { rows: 0 }, 'supported'],
    ['SELECT count(*) FROM pg_class WHERE false', { equals: 0 }, 'supported'],
    ['SELECT 1.50', { equals: 1.5 }, 'supported'],
    ["SELECT ''", { equals: 0 }, 'refuted'],
    ["SELECT 'done'", { equals: 'done', rows: 1 }, 'supported'],
    ["SELECT 'Done'", { equals: 'done' }, 'refuted'],
    ['SELECT true', { equals: true }, 'supported'],
    ['SELECT NULL', { equals: null }, 'supported'],
    ['SELECT NULL', { equals: 'null' }, 'refuted'],
    ['SELECT 1 WHERE false', { equals: null }, 'refuted'],
    ['SELECT * FROM no_such_table', {}, 'error'],
    ['SELEKT', {}, 'error'],
  ])('%s with %j: %s', async (query, options, outcome) => {
    const seen = await examine(sqlReturns, examination(query, options));
    expect(seen.outcome, seen.message).toBe(outcome);
    expect(seen.boundTo).toEqual({ database: 'main' });
  });

  test('without a query there is nothing to judge', async () => {
    expect(await examine(sqlReturns, outside({}, { database: 'main' }))).toMatchObject({ outcome: 'not-applicable' });
  });
});
