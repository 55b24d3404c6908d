import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lacks } from '../../test/needs.ts';
import {
  answersOf,
  claim,
  filled,
  storeContract,
  type StorePlace,
  storePlace,
} from '../../test/make/store-contract.ts';
import { type Postgres, startPostgres } from '../../test/postgres.ts';
import { indexVersion } from './index/schema.ts';

let server: Postgres;
let tenants = 0;

function place(): Promise<StorePlace> {
  return storePlace({ url: server.url, tenant: `tenant ${++tenants}` });
}

async function statement(text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Of all tenants: names are digests. */
async function indexes(): Promise<readonly string[]> {
  const rows = await statement("select nspname as name from pg_namespace where nspname like 'factum_index_%'");
  return rows.map(({ name }) => String(name));
}

async function dropIndexes(): Promise<void> {
  for (const name of await indexes()) await statement(`drop schema ${name} cascade`);
}

describe.skipIf(lacks('postgres'))('a store in PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  storeContract('PostgreSQL', place, dropIndexes);

  test('many processes catch up at once, from nothing and with others writing', async () => {
    const there = await filled(await place());
    await dropIndexes();
    const stores = Array.from({ length: 6 }, () => there.open());
    await Promise.all(
      stores.map(async (store, n) => {
        await store.write([claim(100 + n)]);
        expect((await store.read.claims()).length).toBeGreaterThanOrEqual(3);
      }),
    );
    const [first, ...others] = await Promise.all(stores.map(answersOf));
    for (const answers of others) expect(answers).toEqual(first);
    expect(first).toMatchObject([{ length: 8 }, {}, {}, {}, {}]);
  });

  test('an index that lost a table is made again', async () => {
    const there = await filled(await place());
    const store = there.open();
    const before = await answersOf(store);
    for (const name of await indexes()) await statement(`drop table ${name}.sayings`);
    expect(await answersOf(store)).toEqual(before);
    expect(await answersOf(there.open())).toEqual(before);
  });

  test('an index of another version is left to whoever uses it', async () => {
    await dropIndexes();
    const there = await filled(await place());
    const before = await answersOf(there.open());
    const [name = ''] = await indexes();
    const other = name.replace(`_v${indexVersion}_`, '_v0_');
    await statement(`alter schema ${name} rename to ${other}`);
    expect(await answersOf(there.open())).toEqual(before);
    expect((await indexes()).toSorted()).toEqual([name, other].toSorted());
  });

  test('a user who may only read the journal gets the same answers, from memory', async () => {
    await dropIndexes();
    const there = await filled(await place());
    await statement('create role reader login');
    await statement('grant usage on schema factum to reader');
    await statement('grant select on all tables in schema factum to reader');
    const url = server.url.replace('factum@', 'reader@');
    const reader = (await storePlace({ url, tenant: there.database?.tenant ?? '' })).open();
    expect(await answersOf(reader)).toEqual(await answersOf(there.open()));
    await expect(reader.write([claim(3)])).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
  });

  test('a changed entry is found, and named', async () => {
    const there = await filled(await place());
    await dropIndexes();
    await statement(
      `update factum.entries set entry = 'x' where index = 0 and tenant = '${there.database?.tenant ?? ''}'`,
    );
    await expect(there.open().read.claims()).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringMatching(
        /factum\.entries of 127\.0\.0\.1:\d+\/postgres, log tenant \d+, index 0: expected/,
      ),
    });
  });

  test('a server that is away is no empty ledger', async () => {
    const there = await filled(await place());
    const store = there.open();
    expect(await store.read.claims()).toHaveLength(2);
    await server.stop();
    try {
      await expect(store.read.claims()).rejects.toMatchObject({ code: 'DATABASE_LOST' });
      await expect(there.open().read.claims()).rejects.toMatchObject({ code: 'DATABASE_LOST' });
    } finally {
      await server.start();
    }
    expect(await store.read.claims()).toHaveLength(2);
  });
});
