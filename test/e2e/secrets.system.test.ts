import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretsOf } from '../../src/host/secrets.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { testRoom } from '../repository.ts';

// A token given on the command line or written into a file is neither stored nor shown.

let world: TestWorld;
const room = testRoom();
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world.remove();
  room.remove();
});

function stored(dir: string): string {
  const folder = join(dir, '.git/factum');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const encoded = texts.join('\n').match(/[A-Za-z0-9+/=_-]{60,}/g) ?? [];
  return [...texts, ...encoded.map((text) => Buffer.from(text, 'base64').toString())].join('\n');
}

test('a part with a token in its command is refused before it is recorded', async () => {
  const repository = room.repository();
  repository.commit('one', { a: 'a' });
  expect((await world.factum(repository.dir, ['claim', `All tests pass with ${token}.`])).exit).toBe(0);
  const command = `command-succeeds:command=curl -H ${token} x`;
  const { exit, err } = await world.factum(repository.dir, ['claim', '--part', command, 'built']);
  expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('would put a secret') as string });
  const text = stored(repository.dir);
  expect(text).toContain('All tests pass');
  expect(text).not.toContain(token);
});

test('an error that quotes a file or an argument shows no token', async () => {
  const repository = room.repository();
  repository.commit('one', { 'factum.yaml': `version: 1\nbad: [ ${token}` });
  for (const argv of [['list'], ['list', '--json'], ['list', `--${token}`], ['--repo', `/no/${token}`, 'list']]) {
    const { exit, out, err } = await world.factum(repository.dir, argv);
    expect(exit, argv.join(' ')).toBeGreaterThan(1);
    expect(out + err).toContain('[redacted]');
    expect(out + err).not.toContain(token);
  }
});

describe('what only the environment knows to be a secret', () => {
  const value = 'correct horse battery';
  const names = ['DEPLOY_TOKEN', 'SIGNING_KEY', 'APP_SECRET', 'DB_PASSWORD'];

  test.each(names)('%s is taken out of errors and of what is recorded', async (name) => {
    const own = await aWorld({ [name]: value });
    const repository = room.repository();
    repository.commit('one', { a: 'a' });
    for (const argv of [
      ['--repo', `/no/${value}`, 'list'],
      ['list', `--${value}`],
      ['show', value],
    ]) {
      const shown = [await own.factum(repository.dir, argv), await own.factum(repository.dir, ['--json', ...argv])];
      for (const { exit, out, err } of shown)
        expect({ exit, text: out + err }).toEqual({
          exit: 2,
          text: expect.not.stringContaining(value) as string,
        });
    }
    const part = 'command-succeeds:command=cat a.txt; exit 1';
    repository.write('a.txt', `it is ${value}.`);
    await own.factum(repository.dir, ['claim', '--part', part, 'It works.']);
    await own.factum(repository.dir, ['verify', '--trust']);
    const text = stored(repository.dir);
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(value);
    await own.remove();
  });

  test('the name of an author is none', () => {
    expect(secretsOf({ GIT_AUTHOR_NAME: 'Ada Lovelace' })).toEqual([]);
  });
});

test('a token in factum.yaml is told, with its place, before anything is recorded', async () => {
  const repository = room.repository();
  const command = `echo ${token}`;
  const check = { kind: 'behaviour', verifier: 'command-succeeds', options: { command } };
  const intent = { id: 'gift', outcome: 'It works', decided_by: ['ada'], decided_at: '2026-01-01', why: 'fun' };
  const pod = { id: 'sums', checks: [{ ...check, kind: 'tests-pass' }], intents: [{ ...intent, accept: [check] }] };
  repository.commit('one', { 'factum.yaml': JSON.stringify({ version: 1, pods: [pod], run: { setup: command } }) });
  const { err } = await world.factum(repository.dir, ['trust']);
  for (const where of ['run.setup', 'pod sums, tests-pass', 'pod sums, intent gift'])
    expect(err).toContain(`factum.yaml: ${where} holds what looks like a secret`);
  expect(err).not.toContain(token);
  expect((await world.factum(repository.dir, ['list'])).err).toBe('');
});
