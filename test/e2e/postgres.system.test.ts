import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretsOf } from '../../src/host/secrets.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';
import { type Postgres, startPostgres } from '../postgres.ts';
import { testRoom } from '../repository.ts';
import { type Ended, factumProcess } from './program.ts';

// The real program with its ledger in a real PostgreSQL.

const room = testRoom();
let world: TestWorld;
let server: Postgres;

function factum(dir: string, argv: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return factumProcess(dir, argv, { ...world.env, FACTUM_DATABASE_URL: server.url, ...more }).ended;
}

async function answered(dir: string, ...argv: readonly string[]): Promise<unknown> {
  const { exit, out, err } = await factum(dir, [...argv, '--json']);
  expect(exit, err).toBe(0);
  return JSON.parse(out);
}

function aRepository(name: string): string {
  const { dir, commit, git } = room.repository(name);
  git('config', 'user.email', 'ada@example.org');
  commit('one', {
    'package.json': '{ "scripts": { "test": "node --test" } }',
    'a.test.js': "require('node:test')('a', () => {});",
  });
  return dir;
}

describe.skipIf(lacks('postgres'))('with FACTUM_DATABASE_URL', () => {
  beforeAll(async () => {
    world = await aWorld();
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.close();
    await world.remove();
    room.remove();
  });

  test('two processes at once claim, verify, list and show the same ledger; nothing of it is in files', async () => {
    const dir = aRepository('shared');
    async function person(n: number): Promise<string> {
      const { claim } = (await answered(dir, 'claim', `All tests pass (${n}).`)) as { claim: { id: string } };
      await answered(dir, 'verify', '--trust');
      expect(await answered(dir, 'show', claim.id)).toMatchObject({ claim: { id: claim.id } });
      return claim.id;
    }
    const ids = await Promise.all([person(1), person(2)]);
    const lists = (await Promise.all([answered(dir, 'list', '--all'), answered(dir, 'list', '--all')])) as {
      claims: readonly { id: string; verdict: string }[];
    }[];
    for (const { claims } of lists) {
      expect(claims.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      expect(claims.map(({ verdict }) => verdict)).toEqual(['supported', 'supported']);
    }
    for (const file of ['journal', 'index.sqlite', 'lock.sqlite']) {
      expect(existsSync(join(dir, '.git/factum', file)), file).toBe(false);
    }
  });

  test('what a look kept is erased here, and the ledger there says so', async () => {
    const dir = aRepository('erased');
    const part = `command-succeeds:${JSON.stringify({ command: 'echo hello' })}`;
    const { claim } = (await answered(dir, 'claim', 'It is said', '--part', part)) as { claim: { id: string } };
    const looked = await answered(dir, 'verify', claim.id, '--trust');
    const { blobs } = (await answered(dir, 'show', claim.id)) as { blobs: Record<string, string> };
    const [digest = ''] = Object.keys(blobs);
    const file = join(dir, '.git/factum/blobs', digest.slice(0, 2), digest);
    expect(existsSync(file)).toBe(true);
    await answered(dir, 'erase', '--claim', claim.id, '--yes');
    expect([existsSync(file), existsSync(`${file}.salt`)]).toEqual([false, false]);
    expect(await answered(dir, 'show', claim.id)).toMatchObject({ blobs: { [digest]: 'erased' } });
    await answered(dir, 'ledger', 'publish');
    const erasures = [{ claim: claim.id, digest, by: { id: 'ada@example.org' } }];
    expect(await answered(dir, 'ledger', 'check')).toMatchObject({ faults: 0, erasures });
    const { claims } = (await answered(dir, 'list', '--all')) as { claims: readonly unknown[] };
    expect(looked).toMatchObject({ claims });
  });

  test('another repository has another ledger, unless FACTUM_TENANT says the same', async () => {
    const [one, two] = [aRepository('one'), aRepository('two')];
    await answered(one, 'claim', 'All tests pass.');
    expect(await answered(two, 'list', '--all')).toMatchObject({ claims: [] });
    const { out } = await factum(two, ['list', '--all', '--json'], { FACTUM_TENANT: 'one' });
    expect(JSON.parse(out)).toMatchObject({ claims: { length: 1 } });
  });

  test('an address that is none, and a server that is away, are coded errors that show no password', async () => {
    const dir = aRepository('away');
    const bad = await factum(dir, ['list'], { FACTUM_DATABASE_URL: 'mysql://factum:hunter2@localhost/x' });
    expect(bad).toMatchObject({ exit: 2, err: expect.stringContaining('DATABASE_URL') });
    const away = await factum(dir, ['claim', 'All tests pass.'], {
      FACTUM_DATABASE_URL: 'postgresql://factum:hunter2@127.0.0.1:1/factum',
    });
    expect(away).toMatchObject({ exit: 3, err: expect.stringContaining('DATABASE_LOST') });
    expect(secretsOf({ FACTUM_DATABASE_URL: 'postgresql://factum:hunter2@db/x' })).toContain('hunter2');
    expect([bad, away].map(({ out, err }) => out + err).join()).not.toContain('hunter2');
  });
});
