import { setTimeout as sleep } from 'node:timers/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import type { ClaimView } from '../../src/core/claim/view.ts';
import { factumProcess } from './program.ts';

const { room, world } = aSuite();

interface Filed {
  readonly claim: { readonly id: string };
}

test('ten processes that file and verify at once, some killed with -9, lose nothing that was acknowledged', async () => {
  const { dir, commit, git } = room.repository();
  git('config', 'user.email', 'ada@example.org');
  commit('one', {
    'package.json': '{ "scripts": { "test": "node --test" } }',
    'a.test.js': "require('node:test')('a', () => {});",
  });
  const acknowledged: string[] = [];
  const killed = new Set<number>();

  async function worker(n: number): Promise<void> {
    for (let round = 0; round < 3; round++) {
      const filing = factumProcess(dir, ['claim', '--json', `All tests pass (worker ${n}).`], world.env);
      if (n % 3 === 0 && round > 0) {
        // A different moment of its life each time, start and write included.
        await sleep(150 + ((n * 7 + round * 13) % 10) * 90);
        if (filing.child.kill('SIGKILL')) killed.add(n * 10 + round);
      }
      const { exit, out, err } = await filing.ended;
      if (exit === 0) acknowledged.push((JSON.parse(out) as Filed).claim.id);
      else expect(exit, err).toBe(null);
    }
    const verifying = await factumProcess(dir, ['verify', '--trust', '--json'], world.env).ended;
    expect(verifying.exit, verifying.err).toBe(0);
  }

  await Promise.all(Array.from({ length: 10 }, (_, n) => worker(n)));
  expect(acknowledged.length).toBeGreaterThanOrEqual(22);

  const before = await claimsOf(dir);
  const ids = before.map(({ id }) => id);
  expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);

  for (const file of ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm'])
    rmSync(join(dir, '.git/factum', file), { force: true });
  expect(await claimsOf(dir)).toEqual(before);
}, 400_000);

async function claimsOf(dir: string): Promise<readonly ClaimView[]> {
  const { exit, out, err } = await factumProcess(dir, ['list', '--all', '--json', '--limit', '1000'], world.env).ended;
  expect(exit, err).toBe(0);
  return (JSON.parse(out) as { claims: readonly ClaimView[] }).claims;
}
