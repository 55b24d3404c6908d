import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agents } from '../../src/plugins/agents/index.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { type TestRepository, testRoom } from '../repository.ts';
import { type Ended, factumProcess } from './program.ts';

let world: TestWorld;
const room = testRoom();

beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world.remove();
  room.remove();
});

function aProject(): TestRepository {
  const repository = room.repository();
  repository.commit('one', { 'a.txt': 'a' });
  return repository;
}

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
  const hooked = agents.filter(({ hook }) => hook !== undefined).map(({ id }) => id);
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
  const hooked = agents.flatMap(({ id, hook }) => (hook === undefined ? [] : [{ id, hook }]));
  for (const { id, hook } of hooked) {
    expect((await factumProcess(dir, ['agents', 'install', id], world.env).ended).exit, id).toBe(0);
    if (hook.local === undefined)
      expect(readFileSync(join(dir, hook.project), 'utf8')).toContain(`"factum gate ${id}"`);
  }
  const shared = hooked.flatMap(({ hook }) => (hook.local === undefined ? [hook.project] : []));
  expect(
    repository
      .git('status', '--porcelain', '-uall')
      .split('\n')
      .map((line) => line.slice(3))
      .toSorted(),
  ).toEqual(shared.toSorted());
});

test('what has no settings says so', async () => {
  const { exit, err } = await factumProcess(room.dir, ['agents', 'install', 'generic'], world.env).ended;
  expect([exit, err]).toEqual([2, expect.stringContaining('AGENT_UNKNOWN')]);
});
