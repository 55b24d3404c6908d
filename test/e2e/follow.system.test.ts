import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';

const { room, world } = aSuite();

const claude = 'Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>';

test('what agents say in commits is filed once, in the name of who speaks, and looked at like any claim', async () => {
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  repository.at(new Date(Date.now() - 30 * 86_400_000).toISOString());
  repository.commit('Start', { 'README.md': '1', 'a.ts': '1' });
  repository.at(new Date(Date.now() - 86_400_000).toISOString());
  const said = repository.commit(`Update README.md\n\n${claude}\nClaude-Session: https://claude.ai/code/session_01`, {
    'a.ts': '2',
  });
  repository.commit(`Update README.md\n\n${claude}\n(cherry picked from commit ${said})`, { 'README.md': '2' });
  repository.commit('Update a.ts', { 'a.ts': '3' });
  const json = async (...argv: readonly string[]) =>
    JSON.parse((await world.factum(repository.dir, [...argv, '--json'])).out);
  expect(await json('follow', 'HEAD')).toMatchObject({ read: 4, agents: 2, known: 0, claims: [{}, {}] });
  expect(await json('follow', 'HEAD')).toMatchObject({ agents: 2, known: 2, claims: [] });
  const { out } = await world.factum(repository.dir, ['verify']);
  expect(out).toMatch(/ada@example.org with claude-code-web \(agent\) with claude-code\s+\(agent\)/);
  const { claims } = await json('verify');
  expect(claims).toMatchObject([
    {
      verdict: 'contradicted',
      claimant: { kind: 'human', id: 'ada@example.org' },
      beside: [{ id: 'claude-code-web' }, { kind: 'agent', id: 'claude-code', model: 'Claude Opus 4.6' }],
    },
    { verdict: 'supported' },
  ]);
});

test('a commit of a person, and a range that is none, file nothing', async () => {
  const { dir, commit } = room.repository();
  commit('Update a.ts', { 'a.ts': '1' });
  expect((await world.factum(dir, ['follow', 'HEAD'])).out).toContain('0 claims filed');
  for (const range of ['nowhere', '--output=owned']) expect((await world.factum(dir, ['follow', range])).exit).toBe(2);
});
