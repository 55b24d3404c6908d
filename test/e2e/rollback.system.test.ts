import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { type TestRepository } from '../repository.ts';

const { room, world } = aSuite();

const agent = 'Replit-Commit-Author: Agent\nReplit-Commit-Checkpoint-Type: full_checkpoint';

/** Two checkpoints, and a claim about the second. */
async function aProject(): Promise<{ repository: TestRepository; one: string; two: string }> {
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  const one = repository.commit(`One\n\n${agent}`, { a: '1' });
  const two = repository.commit(`Two\n\n${agent}`, { a: '2' });
  const { exit, err } = await world.factum(repository.dir, [
    'claim',
    'Updated `a`',
    '--part',
    'change-made:{"paths":["a"]}',
  ]);
  expect(exit, err).toBe(0);
  return { repository, one, two };
}

/** As Replit does it: a commit with the earlier state, and its name. */
function restore(repository: TestRepository, commit: string, state = commit): string {
  repository.git('read-tree', '-u', '--reset', state);
  return repository.commit(`Restored to '${commit}'\n\nReplit-Restored-To: ${commit}`);
}

async function claims({ dir }: TestRepository) {
  await world.factum(dir, ['verify']);
  const { out } = await world.factum(dir, ['list', '--all', '--json']);
  return JSON.parse(out).claims.map(({ verdict }: { verdict: string }) => verdict);
}

test('a rollback withdraws the claims that it undid, once, and is the reason', async () => {
  const { repository, one, two } = await aProject();
  const rollback = restore(repository, one);
  expect(await claims(repository)).toEqual(['withdrawn']);
  expect(await claims(repository)).toEqual(['withdrawn']);
  const { out } = await world.factum(repository.dir, ['list', '--all', '--json']);
  const shown = await world.factum(repository.dir, ['show', JSON.parse(out).claims[0].id, '--json']);
  expect(JSON.parse(shown.out).withdrawals).toMatchObject([
    {
      by: { kind: 'bot', id: 'replit' },
      reason: expect.stringMatching(`${two.slice(0, 10)}.*${rollback.slice(0, 10)}`),
    },
  ]);
});

test('what is rolled forward again was not undone, nor what came after', async () => {
  const { repository, one, two } = await aProject();
  restore(repository, one);
  restore(repository, two);
  expect(await claims(repository)).not.toContain('withdrawn');
});

test('a claim about what was restored, or made later, stays', async () => {
  const { repository, two } = await aProject();
  repository.commit('Three', { a: '3' });
  restore(repository, two);
  await world.factum(repository.dir, ['claim', 'Updated `a`', '--part', 'change-made:{"paths":["a"]}']);
  repository.commit('Five', { b: '5' });
  expect(await claims(repository)).not.toContain('withdrawn');
});

test('a rollback that git cannot tell is noted', async () => {
  const { repository, one } = await aProject();
  const rollback = restore(repository, one, 'HEAD');
  const { err } = await world.factum(repository.dir, ['verify']);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(`${rollback.slice(0, 10)} says that it restores ${one.slice(0, 10)}`);
});

test.each<[string, (repository: TestRepository, one: string) => void]>([
  ['another state than it names', (repository, one) => void restore(repository, one, 'HEAD')],
  ['a commit that is not here', (repository, one) => void restore(repository, 'c'.repeat(40), one)],
  ['an abbreviated name', (repository, one) => void restore(repository, one.slice(0, 10), one)],
  [
    'a quotation',
    (repository, one) => void repository.commit(`Quote\n\n> Replit-Restored-To: ${one}\n\nAda`, { b: '1' }),
  ],
])('nothing is guessed: %s', async (_what, change) => {
  const { repository, one } = await aProject();
  change(repository, one);
  expect(await claims(repository)).not.toContain('withdrawn');
});
