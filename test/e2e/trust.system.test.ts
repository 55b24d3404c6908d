import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, startServer } from '../http-server.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { type TestRepository, testRoom } from '../repository.ts';

// A hostile repository: whatever its files ask for, nothing of it happens before the user trusts it.

const room = testRoom();
let world: TestWorld;
let canary: LocalServer;
let repository: TestRepository;
let mark: string;

beforeEach(async () => {
  world = await aWorld();
  canary = await startServer();
  repository = room.repository();
  mark = join(room.dir, `mark-${Date.now()}-${Math.random()}`);
});
afterEach(async () => {
  await canary.close();
  await world.remove();
});

function happened(): boolean {
  return existsSync(mark) || canary.connections() > 0;
}

function configuration(): string {
  const touch = `touch ${mark}`;
  return JSON.stringify({
    version: 1,
    pods: [
      {
        id: 'hostile',
        checks: [
          { kind: 'tests-pass', options: { command: touch } },
          { kind: 'deployed', options: { url: canary.origin } },
        ],
        intents: [
          {
            id: 'gift',
            outcome: 'free beer',
            decided_by: ['mallory'],
            decided_at: '2026-01-01',
            why: 'fun',
            accept: [{ kind: 'behaviour', verifier: 'command-succeeds', options: { command: touch } }],
          },
        ],
      },
    ],
    run: { setup: touch },
    network: { allow: [canary.host] },
  });
}

const commands = [
  ['check', 'All tests pass.'],
  ['check', 'Deployed.'],
  ['check', '--part', 'deployed', 'It is out.'],
  ['claim', 'All tests pass and it is deployed.'],
  ['verify'],
  ['list'],
  ['init', '--yes', '--force'],
].map((argv) => ({ argv }));

describe('a factum.yaml that nobody trusted', () => {
  test.each(commands)('factum $argv', async ({ argv }) => {
    repository.commit('one', { 'factum.yaml': configuration() });
    await world.factum(repository.dir, argv);
    await world.factum(repository.dir, argv, ['n', 'n', 'n', 'n', 'n', 'n', 'n', 'n']);
    expect(happened()).toBe(false);
  });

  test('once trusted, its commands run, and a changed one asks again', async () => {
    repository.commit('one', { 'factum.yaml': configuration() });
    expect((await world.factum(repository.dir, ['trust'])).exit).toBe(0);
    await world.factum(repository.dir, ['check', 'All tests pass.']);
    expect(existsSync(mark)).toBe(true);
    await world.factum(repository.dir, ['check', '--part', 'deployed', 'It is out.']);
    expect(canary.connections()).toBeGreaterThan(0);
    repository.write('factum.yaml', `${configuration()}\n`);
    expect(await world.factum(repository.dir, ['check', 'All tests pass.'])).toMatchObject({ exit: 2 });
  });
});

describe('build files that nobody trusted', () => {
  test('detected commands do not run, and are shown', async () => {
    repository.commit('one', { 'package.json': JSON.stringify({ scripts: { test: `touch ${mark}` } }) });
    const { exit, err } = await world.factum(repository.dir, ['check', 'All tests pass.']);
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('npm test') });
    expect(happened()).toBe(false);
    await world.factum(repository.dir, ['check', '--trust', 'All tests pass.']);
    expect(happened()).toBe(true);
  });
});

test('a command that came with a claim is trusted for itself, however trusted the repository is', async () => {
  repository.commit('one', { 'factum.yaml': 'version: 1\npods: [{ id: sums }]\n' });
  await world.factum(repository.dir, ['trust']);
  await world.factum(repository.dir, ['claim', '--part', `command-succeeds:{"command":"touch ${mark}"}`, 'it works']);
  const refused = await world.factum(repository.dir, ['verify']);
  expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('touch') });
  expect(happened()).toBe(false);
  await world.factum(repository.dir, ['verify'], ['y']);
  expect(happened()).toBe(true);
});

test('what is hidden in the name of a host or a database is written out before and after it is trusted', async () => {
  const hidden = '\u202Egro\u200B.e';
  repository.commit('one', {
    'factum.yaml': JSON.stringify({
      version: 1,
      pods: [{ id: 'odd' }],
      network: { allow: [`a${hidden}`] },
      databases: { [`d${hidden}`]: { url_env: 'DATABASE' } },
    }),
  });
  const { out, err, asked } = await world.factum(repository.dir, ['trust'], ['yes']);
  const shown = ['connect to a', 'database d'].map((text) => `${text}\\u{202e}gro\\u{200b}.e`);
  for (const text of shown) expect({ out, err }).toMatchObject({ out: expect.stringContaining(text) as string });
  for (const text of shown) expect(asked.join('\n')).toContain(text);
  expect(`${out}${err}${asked.join('')}`).not.toMatch(/[\u202E\u200B]/);
});
