import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { rootAt } from '../../../test/make/log-writer.ts';
import { lacks } from '../../../test/needs.ts';
import { type Postgres, startPostgres } from '../../../test/postgres.ts';
import type { Head, LogIdentity } from '../../core/ledger/head.ts';
import { logKeys } from '../../host/log-keys.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { type OpenLog, publishingContract } from '../../testing/publishing-contract.ts';
import { postgresJournal } from '../journal/postgres/postgres-journal.ts';
import { databaseAt } from '../postgres/database.ts';
import type { LogPlace, PublicFile } from './log-place.ts';
import { postgresPlace } from './postgres-place.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: Postgres;
let tenants = 0;
const keysFolder = mkdtempSync(join(tmpdir(), 'factum-keys-'));
const writer = join(import.meta.dirname, '../../../test/make/log-writer.process.ts');

function openLog(tenant: string): OpenLog {
  const database = databaseAt({ url: server.url, tenant });
  const journal = postgresJournal({ database, sha256: (content) => hash('sha256', content) });
  return {
    journal,
    place: postgresPlace(database),
    async close() {
      await journal.close();
      await database.close();
    },
  };
}

function aLog(): { readonly tenant: string; open(lockTimeoutMs?: number): LogPlace } {
  const tenant = `tenant ${++tenants}`;
  return {
    tenant,
    open(lockTimeoutMs) {
      const database = databaseAt({ url: server.url, tenant });
      onTestFinished(() => database.close());
      return postgresPlace(database, lockTimeoutMs);
    },
  };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function aHead(size: number): Head {
  return {
    size,
    root: size.toString(16).padStart(64, '0'),
    checkpoint: `checkpoint of ${size}`,
    publishedAt: '2026-01-01T00:00:00Z',
    witnesses: [],
  };
}

function shown({ checkpoint }: Head): readonly PublicFile[] {
  return [{ path: 'checkpoint', bytes: bytes(checkpoint) }];
}

const identity: LogIdentity = { id: 'one', name: 'name', origin: 'origin' };

/** What a process printed that appended and published to its end. */
async function written(tenant: string, number: string, rounds: string): Promise<string> {
  const child = spawn(process.execPath, [writer, tenant, keysFolder, number, rounds], {
    env: { ...process.env, FACTUM_DATABASE_URL: server.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  return out;
}

/** Behind the place's back. */
async function statement(text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe.skipIf(lacks('postgres'))('the postgres place of a log', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    rmSync(keysFolder, { recursive: true, force: true });
    await server.close();
  });

  // Before anything else makes tables.
  test('reading creates nothing', async () => {
    const place = aLog().open();
    expect([await place.identity(), await place.head(), await place.read('checkpoint')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await statement("select to_regnamespace('factum') as made")).toEqual([{ made: null }]);
  });

  publishingContract(
    'postgres',
    async () => {
      const tenant = `tenant ${++tenants}`;
      return { open: () => openLog(tenant), remove: () => Promise.resolve() };
    },
    { keys: logKeys(keysFolder), signatures: nodeSignatures },
  );

  test('the first identity is kept, by whomever it was given; tenants know nothing of each other', async () => {
    const { open } = aLog();
    const given = ['one', 'two', 'three', 'four'].map((id) => open().identify({ ...identity, id }));
    const ids = new Set((await Promise.all(given)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    expect(ids).toContain((await open().identity())?.id);
    expect(await aLog().open().identity()).toBeUndefined();
  });

  test('one of many who move the same head moves it, and nobody else is within meanwhile', async () => {
    const { open } = aLog();
    const places = [open(), open(), open()];
    let [within, most] = [0, 0];
    const moves = Array.from({ length: 24 }, (_, n) =>
      (places[n % 3] as LogPlace).moveHead(undefined, async () => {
        most = Math.max(most, ++within);
        // Its own connection is kept meanwhile; others are still to be had.
        await places[n % 3]?.head();
        within--;
        return aHead(n + 1);
      }),
    );
    const moved = (await Promise.all(moves)).filter((head) => head !== undefined);
    expect(moved).toHaveLength(1);
    expect(most).toBe(1);
    expect(await open().head()).toEqual(moved[0]);
    expect(await open().moveHead(aHead(99), () => Promise.resolve(aHead(100)))).toBeUndefined();
    expect(await open().moveHead(moved[0], () => Promise.resolve(aHead(100)))).toEqual(aHead(100));
  });

  test('several processes append and publish at once: one history, nothing acknowledged is lost', async () => {
    const tenant = `tenant ${++tenants}`;
    const [rounds, processes] = [12, 4];
    const outputs = await Promise.all(
      Array.from({ length: processes }, (_, number) => written(tenant, String(number), String(rounds))),
    );
    const lines = outputs.flatMap((output) => output.split('\n').slice(0, -1));
    const log = openLog(tenant);
    onTestFinished(() => log.close());
    const size = await log.journal.size();
    expect(size).toBe(rounds * processes);
    const content = (await log.journal.read(0, size)).map((entry) => new TextDecoder().decode(entry));
    const heads = lines.filter((line) => line.startsWith('head '));
    expect(heads).toHaveLength((rounds / 3) * processes);
    for (const line of heads) {
      const [, shownSize, root] = line.split(' ');
      expect(await rootAt(log, Number(shownSize)), line).toBe(root);
    }
    const acknowledged = lines.filter((line) => !line.startsWith('head '));
    expect(acknowledged.toSorted()).toEqual(content.map((entry, index) => `${index} ${entry}`).toSorted());
    const head = await log.place.head();
    expect(head?.size).toBe(Math.max(...heads.map((line) => Number(line.split(' ')[1]))));
  });

  test('what is thrown while the head is moved leaves it where it was', async () => {
    const { open } = aLog();
    const refused = open().moveHead(undefined, () => Promise.reject(new RangeError('no')));
    await expect(refused).rejects.toThrow('no');
    expect(await open().head()).toBeUndefined();
    expect(await open().moveHead(undefined, () => Promise.resolve(aHead(1)))).toEqual(aHead(1));
  });

  test('files: partial ones are written over, full ones are not, all of them or none', async () => {
    const place = aLog().open();
    await place.write([
      { path: 'tile/0/000.p/5', bytes: bytes('five') },
      { path: 'tile/0/001', bytes: bytes('full') },
    ]);
    await place.write([
      { path: 'tile/0/000.p/5', bytes: bytes('other') },
      { path: 'tile/0/001', bytes: bytes('full') },
    ]);
    expect(await place.read('tile/0/000.p/5')).toEqual(Buffer.from('other'));
    const wrong = place.write([
      { path: 'tile/0/002', bytes: bytes('new') },
      { path: 'tile/0/001', bytes: bytes('FULL') },
    ]);
    await expect(wrong).rejects.toMatchObject({ code: 'LOG_DAMAGED', message: expect.stringContaining('tile/0/001') });
    expect(await place.read('tile/0/002')).toBeUndefined();
    expect(await place.read('tile/0/001')).toEqual(Buffer.from('full'));
  });

  test('two who write the same files in other orders both end', async () => {
    const { open } = aLog();
    const files = Array.from({ length: 300 }, (_, n) => ({ path: `tile/0/${n}.p/1`, bytes: bytes(`${n}`) }));
    const orders = [files, files.toReversed(), files, files.toReversed()];
    for (let round = 0; round < 5; round++) await Promise.all(orders.map((order) => open().write(order)));
    expect(await open().read('tile/0/299.p/1')).toEqual(Buffer.from('299'));
  });

  test('only narrower forms of what is full are removed', async () => {
    const place = aLog().open();
    const paths = ['tile/0/000', 'tile/0/000.p/1', 'tile/0/000.p/255', 'tile/0/0001.p/1', 'tile/0/001.p/1'];
    await place.write(paths.map((path) => ({ path, bytes: bytes(path) })));
    await place.tidy(['tile/0/000']);
    const left: string[] = [];
    for (const path of paths) if ((await place.read(path)) !== undefined) left.push(path);
    expect(left).toEqual(['tile/0/000', 'tile/0/0001.p/1', 'tile/0/001.p/1']);
  });

  test('what is shown is made of the head as it is then', async () => {
    const { open } = aLog();
    await open().show(shown);
    expect(await open().read('checkpoint')).toBeUndefined();
    await open().moveHead(undefined, () => Promise.resolve(aHead(1)));
    await open().show(shown);
    await open().moveHead(aHead(1), () => Promise.resolve(aHead(2)));
    await open().show(shown);
    expect(await open().read('checkpoint')).toEqual(Buffer.from('checkpoint of 2'));
  });

  test.each([
    ['a removed head below what is shown', 'delete from factum.heads where tenant = $t'],
    ['a head that is none', "update factum.heads set head = '{' where tenant = $t"],
  ])('%s: LOG_DAMAGED, and nothing is signed', async (_, harm) => {
    const { tenant, open } = aLog();
    await open().moveHead(undefined, () => Promise.resolve(aHead(1)));
    await open().show(shown);
    await statement(harm.replace('$t', `'${tenant}'`));
    await expect(open().head()).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
    const signed = open().moveHead(undefined, () => Promise.reject(new Error('signed')));
    await expect(signed).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
  });

  test('somebody who holds the head: LOCK_TIMEOUT, and it goes on when it is free', async () => {
    const { tenant, open } = aLog();
    await open().moveHead(undefined, () => Promise.resolve(aHead(1)));
    const holder = new pg.Client(server.url);
    await holder.connect();
    await holder.query(`begin; select * from factum.heads where tenant = '${tenant}' for update`);
    const place = open(200);
    await expect(place.moveHead(aHead(1), () => Promise.resolve(aHead(2)))).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
    });
    await holder.end();
    expect(await place.moveHead(aHead(1), () => Promise.resolve(aHead(2)))).toEqual(aHead(2));
  });

  test('a server that crashes keeps what it acknowledged, also where it would answer before it wrote', async () => {
    const { tenant, open } = aLog();
    await statement('alter system set synchronous_commit = off');
    await statement('alter system set wal_writer_delay = 10000');
    await statement('select pg_reload_conf()');
    await open().moveHead(undefined, () => Promise.resolve(aHead(1)));
    await open().write([{ path: 'tile/0/000.p/1', bytes: bytes('one') }]);
    await server.stop('crash');
    await server.start();
    expect(await open().head(), tenant).toEqual(aHead(1));
    expect(await open().read('tile/0/000.p/1')).toEqual(Buffer.from('one'));
  });
});
