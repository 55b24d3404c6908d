import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { testRoom } from '../../../test/repository.ts';
import { findWorkspaceFiles, readWorkspaceFile } from './files.ts';
import { openRepository } from './repository.ts';

const room = testRoom();
afterAll(() => room.remove());
const open = (dir: string) => openRepository(dir, { trusted: false });

describe('a repository, in whatever state', () => {
  test('with a commit, from a sub-folder', async () => {
    const made = room.repository('project');
    const commit = made.commit('one', { 'd/a.txt': 'a' });
    const repository = await open(join(made.dir, 'd'));
    expect(repository).toMatchObject({ name: 'project', dir: made.dir, commit, branch: 'main', shallow: false });
    expect(repository.commonDir).toBe(join(made.dir, '.git'));
    expect(await repository.tree()).toBe(made.git('rev-parse', 'HEAD^{tree}'));
    expect(await repository.treeOf(commit)).toBe(await repository.tree());
    expect(await repository.treeOf('0'.repeat(40))).toBeUndefined();
  });

  test('without a commit', async () => {
    const made = room.repository();
    const repository = await open(made.dir);
    expect(repository.branch).toBe('main');
    expect(repository.commit).toBeUndefined();
    expect(await repository.tree()).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  });

  test('with a detached head', async () => {
    const made = room.repository();
    made.commit('one', { 'a.txt': 'a' });
    made.git('checkout', '-q', '--detach');
    expect((await open(made.dir)).branch).toBeUndefined();
  });

  test('in a linked worktree it keeps its name and common folder', async () => {
    const made = room.repository('shared');
    made.commit('one', { 'a.txt': 'a' });
    made.git('worktree', 'add', '-q', '-b', 'side', join(room.dir, 'side'));
    expect(await open(join(room.dir, 'side'))).toMatchObject({
      name: 'shared',
      branch: 'side',
      dir: join(room.dir, 'side'),
      commonDir: join(made.dir, '.git'),
    });
  });

  test('shallow', async () => {
    const made = room.repository();
    made.commit('one', { 'a.txt': 'a' });
    made.commit('two', { 'a.txt': 'b' });
    const clone = join(room.dir, 'shallow');
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${made.dir}`, clone]);
    expect((await open(clone)).shallow).toBe(true);
  });

  test('bare, the inside of one, none, and a folder that is not there', async () => {
    const bare = join(room.dir, 'bare.git');
    execFileSync('git', ['init', '-q', '--bare', bare]);
    const made = room.repository();
    mkdirSync(join(room.dir, 'plain'));
    await expect(open(bare)).rejects.toMatchObject({ code: 'BARE_REPOSITORY' });
    await expect(open(join(made.dir, '.git'))).rejects.toMatchObject({ code: 'BARE_REPOSITORY' });
    await expect(open(join(room.dir, 'plain'))).rejects.toMatchObject({ code: 'NO_REPOSITORY' });
    await expect(open(join(room.dir, 'nowhere'))).rejects.toMatchObject({ code: 'NO_FOLDER' });
  });

  test('of SHA-256 names', async () => {
    const dir = join(room.dir, 'sha256');
    execFileSync('git', ['init', '-q', '--object-format=sha256', dir]);
    writeFileSync(join(dir, 'a.txt'), 'a');
    execFileSync('git', ['-C', dir, 'add', '.']);
    expect(await (await open(dir)).tree()).toBe(
      execFileSync('git', ['-C', dir, 'write-tree'], { encoding: 'utf8' }).trim(),
    );
  });
});

describe('files of a workspace', () => {
  const made = room.repository('files');
  made.commit('one', { 'src/a.ts': 'a', 'src/b.ts': 'b', '.hidden/c.ts': 'c', '.gitignore': 'dist/\n' });
  const { dir } = made;
  made.write('src/new name.ts', 'n');
  made.write('dist/out.ts', 'o');
  symlinkSync('src/a.ts', join(dir, 'inside'));
  symlinkSync('/etc', join(dir, 'etc'));

  test('found by glob: tracked, new, hidden; not ignored, not deleted', async () => {
    const { git } = await open(dir);
    rmSync(join(dir, 'src/b.ts'));
    expect(await findWorkspaceFiles(git, { dir }, '**/*.ts')).toEqual({
      ok: true,
      value: ['.hidden/c.ts', 'src/a.ts', 'src/new name.ts'],
    });
  });

  test('read by path, through links that stay inside', async () => {
    const sha256 = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    const value = { path: 'inside', text: 'a', bytes: 1, utf8: true, sha256 };
    expect(await readWorkspaceFile({ dir }, 'inside')).toEqual({ ok: true, value });
    expect(await readWorkspaceFile({ dir }, 'src/none.ts')).toEqual({ ok: true, value: undefined });
    expect(await readWorkspaceFile({ dir }, 'src/a.ts/deeper')).toEqual({ ok: true, value: undefined });
  });

  test('not read outside, nor when it is no file', async () => {
    for (const path of ['etc/passwd', '../files/src/a.ts', '/etc/passwd', 'src\\..\\..\\x']) {
      expect(await readWorkspaceFile({ dir }, path), path).toMatchObject({ ok: false, why: 'not-allowed' });
    }
    expect(await readWorkspaceFile({ dir }, 'src')).toMatchObject({ ok: false, why: 'broken' });
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    expect(await readWorkspaceFile({ dir }, 'pipe')).toMatchObject({ ok: false, why: 'broken' });
  });

  test('not read beyond 32 MiB', async () => {
    execFileSync('truncate', ['--size=33M', join(dir, 'large')]);
    expect(await readWorkspaceFile({ dir }, 'large')).toMatchObject({ ok: false, why: 'too-large' });
  });
});
