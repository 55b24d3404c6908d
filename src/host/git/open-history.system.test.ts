import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { testRoom } from '../../../test/repository.ts';
import { FactumError } from '../../core/errors.ts';
import { openHistory } from './open-history.ts';
import { openRepository } from './repository.ts';

const room = testRoom();
afterAll(room.remove);

const open = (where: string, cwd = room.dir) => openHistory(where, cwd, { onOpen: () => undefined });
const clones = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('factum-clone-'));

test('a folder in a repository, a bare repository and the inside of one are opened where they are', async () => {
  const { dir, commit } = room.repository('work');
  commit('first', { 'sub/a': '1\n' });
  expect(await open('work')).toMatchObject({ name: 'work', tree: dir });
  expect(await open('sub', dir)).toMatchObject({ name: 'work', tree: dir });
  expect((await open('.git', dir)).tree).toBeUndefined();
  execFileSync('git', ['clone', '-q', '--bare', dir, join(room.dir, 'bare.git')]);
  const bare = await open('bare.git');
  expect([bare.name, bare.tree]).toEqual(['bare', undefined]);
});

async function failed(code: 'BARE_REPOSITORY' | 'GIT_FAILED'): Promise<never> {
  throw new FactumError(code, 'as it was');
}

test('what was opened already is taken where it is that folder and has a working tree', async () => {
  const { dir, commit } = room.repository('begun');
  commit('first', { a: '1\n' });
  const other = room.repository('another').dir;
  const from = (where: string, around: ReturnType<typeof openRepository>) =>
    openHistory(where, dir, { onOpen: () => undefined, around });
  const opened = await openRepository(dir, { trusted: false });
  expect(await from('.', Promise.resolve({ ...opened, name: 'taken' }))).toMatchObject({ name: 'taken', tree: dir });
  expect(await from(other, Promise.resolve({ ...opened, name: 'taken' }))).toMatchObject({ name: 'another' });
  expect(await from('.', failed('BARE_REPOSITORY'))).toMatchObject({ name: 'begun', tree: dir });
  await expect(from('.', failed('GIT_FAILED'))).rejects.toThrow('as it was');
});

test('a folder whose name says nothing is called as its origin, else as the folder around it', async () => {
  const { dir, commit } = room.repository('ada/repo');
  commit('first', { a: '1\n' });
  expect(await open(dir)).toMatchObject({ name: 'ada' });
  execFileSync('git', ['clone', '-q', '--bare', dir, join(room.dir, 'mirror')]);
  expect(await open('mirror')).toMatchObject({ name: basename(room.dir) });
  execFileSync('git', ['-C', 'mirror', 'config', 'remote.origin.url', 'git@example.org:ada/engine.git '], {
    cwd: room.dir,
  });
  expect(await open('mirror')).toMatchObject({ name: 'engine' });
});

test('an address is cloned, and the clone is gone when it is closed', async () => {
  const { dir, commit } = room.repository('origin');
  const id = commit('first', { a: '1\n' });
  const before = clones();
  const cloned = await open(pathToFileURL(dir).href);
  expect(cloned).toMatchObject({ name: 'origin' });
  const head = await cloned.git.run(['rev-parse', 'HEAD']);
  expect(head).toMatchObject({ ok: true, value: { exit: 0, stdout: `${id}\n` } });
  await cloned.close();
  expect(clones()).toEqual(before);
});

test('what cannot be cloned says why, and leaves nothing behind', async () => {
  const before = clones();
  const gone = pathToFileURL(join(room.dir, 'nowhere')).href;
  await expect(open(gone)).rejects.toMatchObject({ code: 'REPOSITORY_UNREACHABLE' });
  await expect(open('https://127.0.0.1:1/a.git')).rejects.toMatchObject({ code: 'REPOSITORY_UNREACHABLE' });
  await expect(open('ext::sh -c touch% /tmp/x')).rejects.toMatchObject({ code: 'REPOSITORY_UNREACHABLE' });
  expect(clones()).toEqual(before);
});

test('neither a hook, a template nor a configured program runs', async () => {
  const { dir, commit, git } = room.repository('hostile');
  commit('first', { a: '1\n' });
  const mark = join(room.dir, 'ran');
  const program = join(room.dir, 'program.sh');
  writeFileSync(program, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
  writeFileSync(join(dir, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
  for (const key of ['uploadpack.packObjectsHook', 'core.fsmonitor', 'core.sshCommand', 'diff.external'])
    git('config', key, program);
  const cloned = await open(pathToFileURL(dir).href);
  await cloned.git.run(['log', '-p', '--max-count=1']);
  await cloned.close();
  expect(existsSync(mark)).toBe(false);
});

test.each([
  ['nothing', 'NO_FOLDER'],
  ['.', 'NO_REPOSITORY'],
])('%s is %s', async (where, code) => {
  await expect(open(where)).rejects.toMatchObject({ code });
});
