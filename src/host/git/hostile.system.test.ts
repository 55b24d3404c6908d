import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { repositoryAt, repositoryPorts, type TestRepository, testRoom } from '../../../test/repository.ts';
import { commitOnBranch } from '../../plugins/verifiers/commit-on-branch.ts';
import { findWorkspaceFiles } from './files.ts';
import { type Git, openGit } from './git.ts';
import { gitCommands } from './hardening.ts';
import { openRepository } from './repository.ts';
import { takeTree } from './tree-hash.ts';

const room = testRoom();
const canaries = join(room.dir, 'canaries');
const remote = room.repository('remote');
remote.commit('there', { 'a.txt': 'a' });
afterAll(() => room.remove());

/** A command that leaves a file behind, and then does its job as far as its job can be done by `cat`. */
function canary(name: string): string {
  const script = join(room.dir, `${name}.sh`);
  writeFileSync(script, `#!/bin/sh\ntouch '${join(canaries, name)}'\n[ -p /dev/stdin ] && cat\nexit 0\n`);
  chmodSync(script, 0o755);
  return script;
}

function sang(): readonly string[] {
  return readdirSync(canaries).toSorted();
}

/** Everything by which a repository can name a program that looking at it may start. */
function poison({ git, dir }: TestRepository): void {
  const hooks = join(room.dir, 'hooks');
  mkdirSync(hooks, { recursive: true });
  for (const hook of ['post-index-change', 'post-checkout', 'fsmonitor-watchman', 'reference-transaction']) {
    writeFileSync(join(hooks, hook), readFileSync(canary('hook')), { mode: 0o755 });
    writeFileSync(join(dir, '.git', 'hooks', hook), readFileSync(canary('hook')), { mode: 0o755 });
  }
  const settings: Record<string, string> = {
    'core.hooksPath': hooks,
    'core.fsmonitor': canary('fsmonitor'),
    'core.pager': canary('pager'),
    'pager.log': canary('pager'),
    'pager.diff': 'true',
    'core.editor': canary('editor'),
    'core.askPass': canary('askpass'),
    'core.sshCommand': canary('ssh'),
    'core.gitProxy': canary('proxy'),
    'core.alternateRefsCommand': canary('alternates'),
    'credential.helper': canary('credential'),
    'credential.https://127.0.0.1.helper': `!${canary('credential')}`,
    'diff.external': canary('external-diff'),
    'diff.evil.command': canary('external-diff'),
    'diff.evil.textconv': canary('textconv'),
    'filter.evil.clean': canary('filter'),
    'filter.evil.smudge': canary('filter'),
    'filter.evil.required': 'true',
    'gpg.program': canary('gpg'),
    'gpg.ssh.program': canary('gpg'),
    'log.showSignature': 'true',
    'alias.peek': `!${canary('alias')}`,
    'remote.origin.url': remote.dir,
    'remote.origin.uploadpack': canary('uploadpack'),
    'remote.origin.receivepack': canary('receivepack'),
    'remote.ext.url': `ext::${canary('ext')}`,
    'remote.ssh.url': 'ssh://127.0.0.1:1/nothing',
    'remote.https.url': 'https://127.0.0.1:1/nothing',
    'remote.helper.url': 'nothing',
    'remote.helper.vcs': 'evil',
    'url.ext::false .insteadOf': 'rewritten:',
    'remote.rewritten.url': 'rewritten:x',
    'include.path': join(room.dir, 'included'),
  };
  writeFileSync(
    join(room.dir, 'included'),
    `[filter "sly"]\n\tclean = ${canary('filter')}\n\tsmudge = ${canary('filter')}\n`,
  );
  for (const [key, value] of Object.entries(settings)) git('config', key, value);
}

/** A working tree in which git must look at contents, and a submodule as hostile as its parent. */
function makeHostile(name: string, submodule = true): TestRepository {
  const repository = room.repository(name);
  repository.commit('one', {
    '.gitattributes': '*.txt filter=evil diff=evil\n*.md filter=sly\n',
    'a.txt': 'a',
    'b.md': 'b',
  });
  repository.commit('two', { 'a.txt': 'aa' });
  if (submodule) {
    const inner = makeHostile(`${name}/sub`, false);
    repository.write('.gitmodules', `[submodule "sub"]\n\tpath = sub\n\turl = ${inner.dir}\n\tignore = none\n`);
    repository.commit('submodule');
    touch(inner);
  }
  touch(repository);
  poison(repository);
  return repository;
}

let time = 0;

/** The same content with yet another time: git must read it again, through the filters. */
function touch({ dir }: TestRepository): void {
  time += 1;
  for (const file of ['a.txt', 'b.md']) utimesSync(join(dir, file), time, time);
}

const hostile = makeHostile('hostile');
const { dir } = hostile;

beforeEach(() => {
  rmSync(canaries, { recursive: true, force: true });
  mkdirSync(canaries);
  touch(hostile);
  touch(repositoryAt(join(dir, 'sub')));
});

/** At least one use of every command that Factum may run. */
const uses: Readonly<Record<string, readonly (readonly string[])[]>> = {
  branch: [['branch', '--list']],
  'cat-file': [['cat-file', '-p', 'HEAD:a.txt']],
  'check-attr': [['check-attr', 'filter', '--', 'a.txt']],
  'check-ignore': [['check-ignore', 'a.txt']],
  clone: [['clone', '--', dir, join(room.dir, 'history')]],
  'commit-tree': [['commit-tree', '-m', 'x', 'HEAD^{tree}']],
  config: [['config', '--get', 'core.fsmonitor']],
  describe: [['describe', '--always', '--dirty']],
  diff: [
    ['diff', 'HEAD^'],
    ['diff', '--raw', '-M', 'HEAD^'],
    ['diff', '--numstat', '-w', 'HEAD^', 'HEAD'],
  ],
  'diff-files': [['diff-files', '-p']],
  'diff-index': [['diff-index', '-p', 'HEAD^']],
  'diff-tree': [['diff-tree', '-p', 'HEAD^', 'HEAD']],
  fetch: [['fetch', '--', 'origin', '+HEAD:refs/factum/seen']],
  'for-each-ref': [['for-each-ref', '--contains=HEAD', '--format=%(refname)']],
  grep: [
    ['grep', '--untracked', 'a'],
    ['grep', 'a', 'HEAD'],
  ],
  'hash-object': [['hash-object', '-w', 'a.txt']],
  log: [
    ['log', '-p'],
    ['log', '--format=%H', '--stat'],
  ],
  'ls-files': [['ls-files', '--cached', '--others', '--modified', '--deleted', '-v']],
  'ls-remote': ['origin', 'ext', 'ssh', 'https', 'helper', 'rewritten'].map((name) => ['ls-remote', '--heads', name]),
  'ls-tree': [['ls-tree', '-r', 'HEAD']],
  'merge-base': [['merge-base', 'HEAD', 'HEAD^']],
  mktree: [['mktree']],
  'patch-id': [['patch-id']],
  push: [['push', '--', 'origin', 'HEAD:refs/factum/envelopes']],
  remote: [['remote', '-v']],
  'rev-list': [['rev-list', '--objects', 'HEAD']],
  'rev-parse': [['rev-parse', 'HEAD']],
  show: [['show', 'HEAD^']],
  'show-ref': [['show-ref']],
  status: [
    ['status', '--porcelain=v1', '--untracked-files=all'],
    ['status', '-v', '-v'],
  ],
  'symbolic-ref': [['symbolic-ref', 'HEAD']],
  'update-index': [['update-index', '--refresh']],
  'update-ref': [['update-ref', 'refs/factum/seen', 'HEAD']],
  version: [['version']],
  worktree: [
    ['worktree', 'add', '--detach', join(room.dir, 'checkout'), 'HEAD'],
    ['worktree', 'remove', '--force', join(room.dir, 'checkout')],
  ],
  'write-tree': [['write-tree']],
};

describe('a hostile repository that nobody trusts', () => {
  test('every command of the list is tried here', () => {
    expect(Object.keys(uses).toSorted()).toEqual(Object.keys(gitCommands).toSorted());
  });

  test.each(Object.keys(uses))('git %s runs nothing of it', async (command) => {
    const git = openGit({ dir, trusted: false });
    for (const args of uses[command] ?? []) {
      const answer = await git.run(args, { timeoutMs: 20_000 });
      expect(answer.ok, JSON.stringify(answer)).toBe(true);
    }
    expect(sang()).toEqual([]);
  });

  test('the tree hash says what is not trusted instead of guessing', async () => {
    const git = openGit({ dir, trusted: false });
    expect(await takeTree(git, dir)).toMatchObject({
      ok: false,
      why: 'not-allowed',
      message: expect.stringContaining('filter'),
    });
    expect(sang()).toEqual([]);
  });

  test('the tree hash of one that has no filters runs nothing, in no submodule either', async () => {
    for (const key of ['clean', 'smudge', 'required']) hostile.git('config', '--unset', `filter.evil.${key}`);
    hostile.git('config', '--unset', 'include.path');
    const taken = await takeTree(openGit({ dir, trusted: false }), dir);
    poison(hostile);
    expect(taken).toMatchObject({ ok: true });
    expect(sang()).toEqual([]);
  });

  test('opening it and listing its files', async () => {
    const { git } = await openRepository(dir, { trusted: false });
    expect(await findWorkspaceFiles(git, { dir }, '**/*.txt')).toMatchObject({ ok: true });
    expect(sang()).toEqual([]);
  });

  test('a remote whose name is an option of git is still a remote', async () => {
    const name = `--upload-pack=${canary('uploadpack')}`;
    writeFileSync(join(dir, '.git', 'config'), `[remote "${name}"]\n\turl = ${remote.dir}\n`, { flag: 'a' });
    const commit = hostile.git('rev-parse', 'HEAD');
    const examined = {
      options: { on: 'remote', remote: name },
      part: { id: 'p1', kind: 'pushed', scope: 'all', options: {} },
      claimedAt: '2026-01-01T00:00:00Z',
    } as const;
    const ports = repositoryPorts(openGit({ dir, trusted: false }));
    await commitOnBranch.run({ ...examined, target: { commit }, ports });
    await commitOnBranch.run({
      ...examined,
      options: { on: 'default-branch', remote: name },
      target: { commit },
      ports,
    });
    expect(sang()).toEqual([]);
  });

  test('a name with a NUL in it', async () => {
    expect(await openGit({ dir, trusted: false }).run(['log', 'a\0b'])).toMatchObject({
      ok: false,
      why: 'not-allowed',
    });
  });

  test('aliases and unknown commands are refused', async () => {
    const git = openGit({ dir, trusted: false });
    for (const command of ['peek', 'commit', 'constructor', '']) {
      expect(await git.run([command])).toMatchObject({ ok: false, why: 'not-allowed' });
    }
    expect(sang()).toEqual([]);
  });

  test('trust lets its filters run, and still no hook, fsmonitor or diff program', async () => {
    const git: Git = openGit({ dir, trusted: true });
    for (const command of ['status', 'diff', 'log']) for (const args of uses[command] ?? []) await git.run(args);
    expect(sang()).toEqual(['filter']);
  });
});

test('planted fault: without the hardening the same commands do start them', () => {
  for (const args of [
    ['status', '-v', '-v'],
    ['diff', 'HEAD^'],
    ['log', '-p', '--ext-diff'],
    ['ls-remote', 'origin'],
    ['peek'],
  ]) {
    spawnSync('git', args, { cwd: dir, timeout: 20_000, stdio: 'ignore' });
  }
  expect(sang()).toEqual(
    expect.arrayContaining(['alias', 'external-diff', 'filter', 'fsmonitor', 'hook', 'uploadpack']),
  );
});

describe('the environment of git', () => {
  test('variables that redirect git do not reach it', async () => {
    const other = room.repository('other');
    other.commit('elsewhere', { 'x.txt': 'x' });
    process.env['GIT_DIR'] = join(other.dir, '.git');
    process.env['GIT_EXTERNAL_DIFF'] = canary('external-diff');
    try {
      const git = openGit({ dir, trusted: false });
      expect(await git.run(['ls-files', 'x.txt'])).toMatchObject({ ok: true, value: { stdout: '' } });
      await git.run(['diff', 'HEAD^']);
    } finally {
      delete process.env['GIT_DIR'];
      delete process.env['GIT_EXTERNAL_DIFF'];
    }
    expect(sang()).toEqual([]);
  });

  test("the user's own filters and helpers stay", async () => {
    const global = join(room.dir, 'global');
    execFileSync('git', ['config', '--file', global, 'filter.evil.clean', 'tr a b']);
    process.env['GIT_CONFIG_GLOBAL'] = global;
    try {
      const git = openGit({ dir, trusted: false });
      expect(await git.run(['config', '--get', 'filter.evil.clean'])).toMatchObject({ value: { stdout: 'tr a b\n' } });
    } finally {
      process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
    }
  });
});

describe('what keeps git from answering', () => {
  test('git is not there', async () => {
    const path = process.env['PATH'] ?? '';
    process.env['PATH'] = room.dir;
    try {
      expect(await openGit({ dir, trusted: true }).run(['version'])).toMatchObject({ ok: false, why: 'missing-tool' });
    } finally {
      process.env['PATH'] = path;
    }
  });

  test('the folder is not there', async () => {
    const gone = join(room.dir, 'gone');
    expect(existsSync(gone)).toBe(false);
    expect(await openGit({ dir: gone, trusted: true }).run(['version'])).toMatchObject({ ok: false, why: 'broken' });
  });

  test('it answers too late, or too much', async () => {
    const git = openGit({ dir, trusted: true });
    const pipe = join(room.dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await git.run(['config', '--file', pipe, '--list'], { timeoutMs: 200 })).toMatchObject({
      ok: false,
      why: 'time-out',
    });
    expect(await git.run(['log', '-p'], { maxBytes: 10 })).toMatchObject({ ok: false, why: 'too-large' });
  });

  test('any exit code is an answer', async () => {
    const answer = await openGit({ dir, trusted: false }).run(['rev-parse', '--verify', 'nothing']);
    expect(answer).toMatchObject({ ok: true, value: { exit: 128 } });
  });
});
