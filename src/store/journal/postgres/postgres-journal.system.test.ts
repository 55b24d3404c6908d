import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lacks } from '../../../../test/needs.ts';
import { type Postgres, startPostgres } from '../../../../test/postgres.ts';
import { journalContract } from '../../../testing/journal-contract.ts';
import { databaseAt } from '../../postgres/database.ts';
import type { Journal } from '../journal.ts';
import { postgresJournal } from './postgres-journal.ts';

const sha256 = (content: Uint8Array): string => hash('sha256', content);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let server: Postgres;
let tenants = 0;

function journalAt(url: string, tenant: string, lockTimeoutMs = 30_000): Journal {
  const database = databaseAt({ url, tenant });
  const journal = postgresJournal({ database, sha256, lockTimeoutMs });
  return {
    ...journal,
    async close() {
      await journal.close();
      await database.close();
    },
  };
}

function aLog(): { tenant: string; open(lockTimeoutMs?: number): Journal } {
  const tenant = `tenant ${++tenants}`;
  return {
    tenant,
    open(lockTimeoutMs) {
      const journal = journalAt(server.url, tenant, lockTimeoutMs);
      onTestFinished(() => journal.close());
      return journal;
    },
  };
}

async function contentOf(journal: Journal): Promise<readonly string[]> {
  const entries = await journal.read(0, await journal.size());
  return entries.map((entry) => new TextDecoder().decode(entry));
}

/** Behind the journal's back. */
async function statements(...texts: readonly string[]): Promise<readonly unknown[]> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    const answers: unknown[] = [];
    for (const text of texts) answers.push(...(await client.query(text)).rows);
    return answers;
  } finally {
    await client.end();
  }
}

describe.skipIf(lacks('postgres'))('the postgres journal', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  test('reading creates nothing', async () => {
    expect(await aLog().open().size()).toBe(0);
    expect(await statements("select to_regnamespace('factum') as made")).toEqual([{ made: null }]);
  });

  journalContract('postgres', async () => {
    const tenant = `tenant ${++tenants}`;
    return { open: () => journalAt(server.url, tenant), remove: () => Promise.resolve() };
  });

  test('logs of two tenants know nothing of each other', async () => {
    const [one, two] = [aLog().open(), aLog().open()];
    await one.append([bytes('same'), bytes('one')]);
    expect(await two.append([bytes('same')])).toMatchObject([{ index: 0 }]);
    expect(await contentOf(two)).toEqual(['same']);
  });

  test('a size that comes later than the answer to an append after it accuses nobody', async () => {
    const database = databaseAt({ url: server.url, tenant: aLog().tenant });
    onTestFinished(() => database.close());
    let late: Promise<void> | undefined;
    const asked = Promise.withResolvers<void>();
    const journal = postgresJournal({
      sha256,
      database: {
        ...database,
        async look(work) {
          const waitFor = late;
          late = undefined;
          const answer = await database.look(work);
          if (waitFor !== undefined) asked.resolve();
          await waitFor;
          return answer;
        },
      },
    });
    await journal.append([bytes('one')]);
    const appended = Promise.withResolvers<void>();
    late = appended.promise;
    const size = journal.size();
    await asked.promise;
    await journal.append([bytes('two')]);
    appended.resolve();
    expect(await size).toBe(1);
  });

  test('entries whose text would be too long for one statement', async () => {
    const journal = aLog().open();
    const entries = Array.from({ length: 400 }, (_, n) => new Uint8Array(65_535).fill(n).fill(n >> 8, 0, 1));
    const receipts = await journal.append(entries);
    expect(receipts.map(({ index }) => index)).toEqual(entries.map((_, index) => index));
    expect(await journal.read(399, 400)).toEqual([Buffer.from(entries[399] as Uint8Array)]);
  });

  test('processes that append at once, some killed with -9: nothing acknowledged is lost, no index is given twice', async () => {
    const { tenant, open } = aLog();
    const script = join(import.meta.dirname, '../../../../test/make/appender.process.ts');
    async function killed(number: number): Promise<readonly string[]> {
      const child = spawn(process.execPath, [script, server.url, tenant, String(number)]);
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      const ended = new Promise((resolve) => child.once('close', resolve));
      while (out.split('\n').length < 10 && child.exitCode === null) await sleep(5);
      await sleep(Math.random() * 20);
      child.kill('SIGKILL');
      await ended;
      expect(err).toBe('');
      return out.split('\n').slice(0, -1);
    }
    async function oneAfterTheOther(writer: number): Promise<readonly string[]> {
      const acknowledged: string[] = [];
      for (let round = 0; round < 6; round++) acknowledged.push(...(await killed(writer * 100 + round)));
      return acknowledged;
    }
    const acknowledged = (await Promise.all([1, 2, 3, 4].map(oneAfterTheOther))).flat();
    expect(acknowledged.length).toBeGreaterThan(24 * 8);
    const content = await contentOf(open());
    for (const line of acknowledged) {
      const [index = '', entry] = line.split(' ');
      expect(content[Number(index)], line).toBe(entry);
    }
    expect(new Set(content).size).toBe(content.length);
  });

  describe('damage stops with an error', () => {
    test.each([
      ['a removed end', 'delete from factum.entries where tenant = $t and index = 2', 'JOURNAL_SHRANK'],
      ['a removed entry', 'delete from factum.entries where tenant = $t and index = 1', 'JOURNAL_CORRUPT'],
      ['a changed entry', "update factum.entries set entry = 'x' where tenant = $t and index = 1", 'JOURNAL_CORRUPT'],
    ])('%s', async (_, harm, code) => {
      const { tenant, open } = aLog();
      await open().append(['one', 'two', 'three'].map(bytes));
      await statements(harm.replace('$t', `'${tenant}'`));
      await expect(contentOf(open())).rejects.toMatchObject({ code });
    });

    test('an end that went back, for whoever has seen more', async () => {
      const { tenant, open } = aLog();
      const journal = open();
      await journal.append(['one', 'two'].map(bytes));
      await statements(
        `delete from factum.entries where tenant = '${tenant}' and index = 1`,
        `update factum.logs set entries = 1 where tenant = '${tenant}'`,
      );
      await expect(journal.size()).rejects.toMatchObject({ code: 'JOURNAL_SHRANK' });
      await expect(journal.append([bytes('three')])).rejects.toMatchObject({ code: 'JOURNAL_SHRANK' });
    });

    test('an end behind which entries stand is not written over', async () => {
      const { tenant, open } = aLog();
      await open().append(['one', 'two'].map(bytes));
      await statements(`update factum.logs set entries = 1 where tenant = '${tenant}'`);
      await expect(open().append([bytes('three')])).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
    });
  });

  test('a writer that holds the lock: LOCK_TIMEOUT, and it goes on when the lock is free', async () => {
    const { tenant, open } = aLog();
    await open().append([bytes('one')]);
    const holder = new pg.Client(server.url);
    await holder.connect();
    await holder.query(`begin; select * from factum.logs where tenant = '${tenant}' for update`);
    const journal = open(200);
    await expect(journal.append([bytes('two')])).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    await holder.end();
    await journal.append([bytes('three')]);
    expect(await contentOf(journal)).toEqual(['one', 'three']);
  });

  test('a user who may only read reads, and is told why writing fails', async () => {
    const { tenant, open } = aLog();
    await open().append([bytes('one')]);
    await statements(
      'create role reader login',
      'grant usage on schema factum to reader',
      'grant select on all tables in schema factum to reader',
    );
    const journal = journalAt(server.url.replace('factum@', 'reader@'), tenant);
    onTestFinished(() => journal.close());
    expect(await contentOf(journal)).toEqual(['one']);
    await expect(journal.append([bytes('two')])).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
  });

  test('a connection that the server cuts while appending: coded, nothing half, and the next append works', async () => {
    const { tenant, open } = aLog();
    const journal = open();
    await journal.append([bytes('one')]);
    const holder = new pg.Client(server.url);
    await holder.connect();
    await holder.query(`begin; select * from factum.logs where tenant = '${tenant}' for update`);
    const cut = expect(journal.append([bytes('two'), bytes('three')])).rejects.toMatchObject({ code: 'DATABASE_LOST' });
    const waiting = "application_name = 'factum' and wait_event_type = 'Lock'";
    while ((await statements(`select pid from pg_stat_activity where ${waiting}`)).length === 0) await sleep(20);
    await statements(`select pg_terminate_backend(pid) from pg_stat_activity where ${waiting}`);
    await cut;
    await holder.end();
    await journal.append([bytes('two')]);
    expect(await contentOf(journal)).toEqual(['one', 'two']);
  });

  test('a server that answers before its disk by default, and crashes, keeps what was acknowledged', async () => {
    await statements('alter role factum set synchronous_commit = off');
    onTestFinished(async () => void (await statements('alter role factum reset synchronous_commit')));
    const { open } = aLog();
    const journal = open();
    expect(await statements('show synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
    for (let n = 0; n < 5; n++) {
      await journal.append([bytes(`entry ${n}`)]);
      await server.stop('crash');
      await server.start();
      expect(await journal.size()).toBe(n + 1);
    }
  });

  test('a restarted server: errors while it is away, everything acknowledged afterwards', async () => {
    const { open } = aLog();
    const journal = open();
    await journal.append([bytes('one')]);
    await server.stop();
    await expect(journal.append([bytes('two')])).rejects.toMatchObject({ code: 'DATABASE_LOST' });
    await expect(journal.size()).rejects.toMatchObject({ code: 'DATABASE_LOST' });
    await server.start();
    await journal.append([bytes('three')]);
    expect(await contentOf(journal)).toEqual(['one', 'three']);
  });
});

describe('an address that is none', () => {
  test.each(['', 'localhost', 'mysql://factum:hunter2@localhost/x', '/var/lib/factum'])('%s', (url) => {
    let thrown: unknown;
    try {
      databaseAt({ url, tenant: 'a' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'DATABASE_URL', message: expect.stringContaining('FACTUM_DATABASE_URL') });
    expect(String(thrown)).not.toContain('hunter2');
  });

  test('nobody listens there', async () => {
    const journal = journalAt('postgresql://factum:hunter2@127.0.0.1:1/nothing', 'a');
    const failed = await journal.append([bytes('one')]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'DATABASE_LOST', message: expect.stringContaining('127.0.0.1:1/nothing') });
    expect(String(failed)).not.toContain('hunter2');
    await journal.close();
  });
});
