import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { thisMachine, writeOwner } from '../../src/host/process/owner.ts';
import { processIdentity } from '../../src/host/process/process-tree.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { type TestRepository, testRoom } from '../repository.ts';
import { factumProcess } from './program.ts';

// A factum that was killed in the middle of a run, and one that somebody wants to end.

let world: TestWorld;
let count = 0;
const room = testRoom();

beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world.remove();
  room.remove();
});

interface Scene {
  readonly repository: TestRepository;
  readonly temporary: string;
  readonly env: Readonly<Record<string, string>>;
  /** Once it is there, the command ends at once. */
  readonly mayEnd: string;
  /** The process of the command, when it runs. */
  command(): Promise<number>;
}

/** A repository whose check does not end by itself. */
function aScene(isolation: string): Scene {
  const folder = join(room.dir, `scene-${++count}`);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const [pid, mayEnd] = [join(folder, 'pid'), join(folder, 'may-end')];
  const command = `[ -e ${mayEnd} ] && exit 0; trap '' INT; echo $$ > ${pid}.new; mv ${pid}.new ${pid}; sleep 300; :`;
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  const checks = [{ kind: 'build-succeeds', options: { command } }];
  repository.commit('one', {
    'factum.yaml': JSON.stringify({ version: 1, pods: [{ id: 'slow', checks }], run: { isolation } }),
  });
  return {
    repository,
    temporary,
    mayEnd,
    env: { ...world.env, TMPDIR: temporary },
    async command() {
      while (!existsSync(pid)) await sleep(20);
      return Number(readFileSync(pid, 'utf8'));
    },
  };
}

const verify = ['verify', '--trust', '--json'];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

describe.each([['worktree'], ['in-place']])('killed with -9 in a run with isolation %s', (isolation) => {
  test('the next run ends its processes and removes its folders', async () => {
    const { repository, temporary, env, mayEnd, command } = aScene(isolation);
    expect((await factumProcess(repository.dir, ['claim', 'The build succeeds.'], env).ended).exit).toBe(0);
    const killed = factumProcess(repository.dir, verify, env);
    const pid = await command();
    const identity = processIdentity(pid);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(processIdentity(pid)).toBe(identity);
    expect(readdirSync(temporary).some((name) => name.startsWith('factum-run-'))).toBe(true);

    writeFileSync(mayEnd, '');
    const { exit, err, out } = await factumProcess(repository.dir, verify, env).ended;
    expect(exit, err).toBe(0);
    expect(out).toContain('"supported"');
    expect(processIdentity(pid)).not.toBe(identity);
    expect(readdirSync(temporary)).toEqual([]);
    expect(repository.git('worktree', 'list').split('\n')).toHaveLength(1);
  });
});

test('only what is certainly abandoned is removed', async () => {
  const { repository, temporary, env, mayEnd } = aScene('in-place');
  writeFileSync(mayEnd, '');
  function planted(name: string, owner?: object): void {
    mkdirSync(join(temporary, name));
    if (owner !== undefined) writeFileSync(join(temporary, name, 'owner'), JSON.stringify(owner));
  }
  const gone = `${process.pid}@1`;
  planted('factum-run-reused', { machine: thisMachine(), process: gone, mark: '' });
  planted('factum-run-elsewhere', { machine: `${hostname()}-2 `, process: gone, mark: '' });
  planted('factum-run-made-just-now');
  planted('factum-run-odd-mark', { machine: thisMachine(), process: gone, mark: '-' });
  planted('other', { machine: thisMachine(), process: gone, mark: '' });
  planted('factum-tree-alive');
  writeOwner(join(temporary, 'factum-tree-alive'));
  await factumProcess(repository.dir, ['claim', 'The build succeeds.'], env).ended;
  await factumProcess(repository.dir, verify, env).ended;
  expect(readdirSync(temporary).toSorted()).toEqual([
    'factum-run-elsewhere',
    'factum-run-made-just-now',
    'factum-run-odd-mark',
    'factum-tree-alive',
    'other',
  ]);
});

test('Ctrl-C, and again: it ends with 130, its processes with it, and the journal is whole', async () => {
  for (const presses of [1, 2]) {
    const { repository, temporary, env, mayEnd, command } = aScene('in-place');
    expect((await factumProcess(repository.dir, ['claim', 'The build succeeds.'], env).ended).exit).toBe(0);
    const { child, ended } = factumProcess(repository.dir, verify, env);
    const pid = await command();
    for (let press = 0; press < presses; press++) child.kill('SIGINT');
    expect((await ended).exit).toBe(130);
    await until(() => processIdentity(pid) === undefined);
    writeFileSync(mayEnd, '');
    const { exit, out, err } = await factumProcess(repository.dir, verify, env).ended;
    expect(exit, err).toBe(0);
    expect(out).toContain('"supported"');
    expect(readdirSync(temporary)).toEqual([]);
  }
});
