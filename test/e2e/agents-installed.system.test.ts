import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { isGated } from '../../src/core/agent/agent.ts';
import { agents } from '../../src/plugins/agents/index.ts';
import { type TestRepository } from '../repository.ts';
import { type Ended, factumProcess } from './program.ts';

const { room, world } = aSuite();

function aProject(): TestRepository {
  const repository = room.repository();
  repository.commit('one', { 'a.txt': 'a' });
  return repository;
}

const allHooked = agents.flatMap((each) => (isGated(each) && each.hook ? [{ id: each.id, hook: each.hook }] : []));

/** As after `npm install --global`. */
function factumOnPath(): string {
  const bin = join(room.dir, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${resolve('src/main.ts')}' "$@"\n`;
  writeFileSync(join(bin, 'factum'), script, { mode: 0o755 });
  return `${bin}:${process.env['PATH']}`;
}

test('are fired by the doctor through their own command lines', async () => {
  const { dir } = aProject();
  const env = { ...world.env, PATH: factumOnPath() };
  const run = async (...argv: readonly string[]): Promise<Ended> => factumProcess(dir, argv, env).ended;
  expect((await run('agents', 'doctor')).exit).toBe(1);
  const hooked = allHooked.map(({ id }) => id);
  for (const id of hooked) expect((await run('agents', 'install', id)).exit, id).toBe(0);
  const well = await run('agents', 'doctor', '--json');
  const found = JSON.parse(well.out).found as readonly { agent: string; works: boolean }[];
  expect([well.exit, found.map(({ agent, works }) => `${agent} ${works}`).toSorted()]).toEqual([
    0,
    hooked.map((id) => `${id} true`).toSorted(),
  ]);
  const settings = join(dir, '.claude', 'settings.local.json');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('main.ts', 'gone.ts'));
  const dead = await run('agents', 'doctor');
  expect([dead.exit, dead.out]).toEqual([1, expect.stringContaining('✗ Claude Code: a false claim goes through')]);
  for (const id of hooked) expect((await run('agents', 'uninstall', id)).exit, id).toBe(0);
  expect((await run('agents', 'doctor')).out).toContain('No agent here has the gate');
}, 600_000);

test('put nothing of one machine into what a team commits, and nothing for git to see beside it', async () => {
  const { dir, ...repository } = aProject();
  for (const { id, hook } of allHooked) {
    expect((await factumProcess(dir, ['agents', 'install', id], world.env).ended).exit, id).toBe(0);
    if (hook.local === undefined)
      expect(readFileSync(join(dir, hook.project), 'utf8')).toContain(`"factum gate ${id}"`);
  }
  const shared = allHooked.flatMap(({ hook }) => (hook.local === undefined ? [hook.project] : []));
  expect(
    repository
      .git('status', '--porcelain', '-uall')
      .split('\n')
      .map((line) => line.slice(3))
      .toSorted(),
  ).toEqual(shared.toSorted());
});

test.each([
  ['codex', true],
  ['copilot', true],
  ['claude-code', false],
])('what %s leaves out until a person trusts it is said: %s', async (id, isSaid) => {
  const { out } = await factumProcess(aProject().dir, ['agents', 'install', id], world.env).ended;
  expect(/note .* only after you have trusted/.test(out.replaceAll(/\s+/g, ' '))).toBe(isSaid);
});

test('what has no settings says so', async () => {
  const { exit, err } = await factumProcess(room.dir, ['agents', 'install', 'generic'], world.env).ended;
  expect([exit, err]).toEqual([2, expect.stringContaining('AGENT_UNGATED: Any other agent has no settings')]);
});

test.each(['chatgpt', 'replit'])('%s, which has no hook, is told apart, and what to do instead', async (id) => {
  const installed = await factumProcess(room.dir, ['agents', 'install', id], world.env).ended;
  expect([installed.exit, installed.err]).toEqual([
    2,
    expect.stringMatching(/AGENT_UNGATED.*no stop hook: .*factum\s+verify/s),
  ]);
  const asked = await factumProcess(room.dir, ['gate', id], world.env, '{}').ended;
  expect([asked.exit, asked.err]).toEqual([3, expect.stringContaining('has no stop hook')]);
});
