import { expect, test } from 'vitest';
import { startServer } from '../http-server.ts';
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

const build = (number: number) => `Published your App

Replit-Commit-Author: Deployment
Replit-Commit-Checkpoint-Type: full_checkpoint
Replit-Commit-Deployment-Build-Id: 3e59fbd3-bc57-4ffe-8376-12850dddaf0${number}`;

test('what Replit published last is claimed in its name, and looked at where it answers', async () => {
  let status = 500;
  const server = await startServer((_request, response) => response.writeHead(status).end());
  try {
    const repository = room.repository();
    repository.commit('Start', {
      'factum.yaml': `version: 1\nnetwork: { allow: ['${server.host}'] }\npods:\n  - id: all\n    checks: [{ kind: deployed, verifier: http-responds, options: { url: '${server.origin}/' } }]\n`,
    });
    for (const number of [1, 2]) repository.git('commit', '--quiet', '--allow-empty', '-m', build(number));
    await world.factum(repository.dir, ['trust']);
    const json = async (...argv: readonly string[]) =>
      JSON.parse((await world.factum(repository.dir, [...argv, '--json'])).out);
    const { claims } = await json('follow', 'HEAD');
    expect(claims).toMatchObject([
      { claimant: { kind: 'bot', id: 'replit' }, statement: `${build(2)}\n`, parts: [{ kind: 'deployed' }] },
    ]);
    expect(await json('follow', 'HEAD')).toMatchObject({ known: 1, claims: [] });
    expect((await json('verify')).claims).toMatchObject([{ verdict: 'contradicted' }]);
    status = 200;
    expect((await json('verify')).claims).toMatchObject([{ verdict: 'supported' }]);
  } finally {
    await server.close();
  }
});
