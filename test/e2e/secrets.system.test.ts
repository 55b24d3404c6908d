import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
