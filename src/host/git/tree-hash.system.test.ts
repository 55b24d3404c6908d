import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { repositoryAt, type TestRepository, testRoom } from '../../../test/repository.ts';
import { openGit } from './git.ts';
import { takeTree } from './tree-hash.ts';
import { changedBetween } from './tree-snapshot.ts';

const room = testRoom();
afterAll(() => room.remove());
// The looks of other test files, which run at the same time, are none of this one's.
process.env['TMPDIR'] = room.dir;

async function treeOf(dir: string): Promise<string> {
  const taken = await takeTree(openGit({ dir, trusted: false }), dir);
  if (!taken.ok) throw new Error(`${taken.why}: ${taken.message}`);
  return taken.value.tree;
}

/** Computed in another way: everything is added in a copy of the whole repository, without any index to begin with. */
function treeOfCopy(dir: string): string {
  const copy = join(room.dir, `copy-${Math.random().toString(36).slice(2)}`);
  cpSync(dir, copy, { recursive: true, verbatimSymlinks: true });
  const { git } = repositoryAt(copy);
  git('read-tree', '--empty');
  git('-c', 'advice.addEmbeddedRepo=false', 'add', '--all');
  return git('write-tree');
}

function storeOf({ git, dir }: TestRepository): string {
  return `${git('count-objects', '-v')}\n${readdirSync(join(dir, '.git'), { recursive: true }).toSorted().join('\n')}`;
}

/** What looks left behind in the folder for temporary files. */
function roomsOfTrees(): readonly string[] {
  return readdirSync(process.env['TMPDIR'] ?? '').filter((name) => name.startsWith('factum-tree-'));
}

describe('the tree hash is what adding everything would give', () => {
  const states: Record<string, (repository: TestRepository) => void> = {
    'nothing at all': () => {},
    'no commit yet, one untracked file': ({ write }) => write('a.txt', 'a'),
    'no commit yet, an index': ({ write, git }) => {
      write('a.txt', 'a');
      git('add', 'a.txt');
      write('b.txt', 'b');
    },
    'a clean tree': ({ commit }) => void commit('one', { 'a.txt': 'a', 'd/b.txt': 'b' }),
    'an edit, a deletion, a new file and an ignored one': ({ commit, write, dir }) => {
      commit('one', { 'a.txt': 'a', 'b.txt': 'b', 'd/c.txt': 'c', '.gitignore': '*.log\n' });
      write('a.txt', 'changed');
      rmSync(join(dir, 'd'), { recursive: true });
      write('new/file.txt', 'new');
      write('noise.log', 'noise');
    },
    'staged, and edited again': ({ commit, write, git }) => {
      commit('one', { 'a.txt': 'a' });
      write('a.txt', 'staged');
      git('add', 'a.txt');
      write('a.txt', 'edited');
    },
    'forgotten by git, and still there': ({ commit, git }) => {
      commit('one', { 'a.txt': 'a', 'd/b.txt': 'b' });
      git('rm', '-q', '--cached', 'd/b.txt');
    },
    'an intent to add': ({ commit, write, git }) => {
      commit('one', { 'a.txt': 'a' });
      write('later.txt', 'later');
      git('add', '--intent-to-add', 'later.txt');
    },
    'an intent to add that was deleted': ({ commit, write, git, dir }) => {
      commit('one', { 'a.txt': 'a' });
      write('later.txt', 'later');
      git('add', '--intent-to-add', 'later.txt');
      rmSync(join(dir, 'later.txt'));
    },
    'a conflict': ({ commit, git }) => {
      commit('one', { 'a.txt': 'a\n', 'gone.txt': 'x\n' });
      git('checkout', '-q', '-b', 'other');
      commit('theirs', { 'a.txt': 'b\n', 'gone.txt': 'y\n' });
      git('checkout', '-q', 'main');
      git('rm', '-q', 'gone.txt');
      commit('ours', { 'a.txt': 'c\n' });
      expect(() => git('merge', 'other')).toThrow('git merge other');
    },
    'a split index': ({ commit, git, write }) => {
      commit('one', { 'a.txt': 'a', 'b.txt': 'b' });
      git('update-index', '--split-index');
      write('a.txt', 'changed');
      write('c.txt', 'c');
    },
    'an index of version 4 with an untracked cache': ({ commit, git, write }) => {
      commit('one', { 'a.txt': 'a', 'b.txt': 'b' });
      git('update-index', '--index-version', '4', '--force-untracked-cache');
      git('status');
      write('c.txt', 'c');
    },
    'names with spaces, newlines, quotes and bytes that are not UTF-8': ({ commit, write, dir }) => {
      commit('one', { 'with space.txt': 'a', 'line\nbreak.txt': 'b', '"quoted".txt': 'c', ':(top)odd': 'd' });
      write('with space.txt', 'changed');
      write('line\nbreak.txt', 'changed');
      write('another\nbreak "x".txt', 'new');
      writeFileSync(Buffer.concat([Buffer.from(`${dir}/caf`), Buffer.from([0xe9, 0xff])]), 'latin');
    },
    'a file that became a folder, and a folder that became a link': ({ commit, write, dir }) => {
      commit('one', { thing: 'a', 'dir/x.txt': 'x', 'other/x.txt': 'y' });
      rmSync(join(dir, 'thing'));
      write('thing/inside.txt', 'b');
      rmSync(join(dir, 'dir'), { recursive: true });
      symlinkSync('other', join(dir, 'dir'));
    },
    'modes and links': ({ commit, dir }) => {
      commit('one', { 'run.sh': 'a', 'b.txt': 'b' });
      chmodSync(join(dir, 'run.sh'), 0o755);
      symlinkSync('nowhere', join(dir, 'dangling'));
    },
    'a rename': ({ commit, dir }) => {
      commit('one', { 'a.txt': 'a' });
      renameSync(join(dir, 'a.txt'), join(dir, 'b.txt'));
    },
    'line ends that are converted': ({ commit, write }) => {
      commit('one', { '.gitattributes': '* text=auto\n', 'a.txt': 'a\n' });
      write('a.txt', 'a\r\nb\r\n');
      write('new.txt', 'n\r\n');
    },
    'a nested repository without a commit': ({ commit, git }) => {
      commit('one', { 'a.txt': 'a' });
      git('init', '-q', 'nested');
    },
  };

  test.each(Object.entries(states))('%s', async (name, make) => {
    const repository = room.repository();
    make(repository);
    const before = storeOf(repository);
    const tree = await treeOf(repository.dir);
    expect(storeOf(repository), 'something was written to the repository').toBe(before);
    if (name.includes('nested')) rmSync(join(repository.dir, 'nested'), { recursive: true });
    expect(tree).toBe(treeOfCopy(repository.dir));
  });

  test('a submodule counts by its commit, and a nested repository too', async () => {
    const inner = room.repository();
    inner.commit('inner', { 'x.txt': 'x' });
    const outer = room.repository();
    outer.commit('outer', { 'a.txt': 'a' });
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub');
    outer.git('commit', '-qm', 'submodule');
    const clean = await treeOf(outer.dir);
    expect(clean).toBe(outer.git('rev-parse', 'HEAD^{tree}'));
    const sub = repositoryAt(join(outer.dir, 'sub'));
    sub.write('x.txt', 'changed');
    sub.commit('moved on');
    outer.git('clone', '-q', inner.dir, 'nested');
    expect(await treeOf(outer.dir)).toBe(treeOfCopy(outer.dir));
  });

  test('what a submodule holds beside its commit counts by its content, at any depth', async () => {
    const [inner, middle, outer] = [room.repository(), room.repository(), room.repository()];
    inner.commit('inner', { 'x.txt': 'x', '.gitignore': 'ignored\n' });
    const add = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add'] as const;
    middle.git(...add, inner.dir, 'deep');
    middle.commit('middle');
    outer.git(...add, middle.dir, 'libs/sub');
    outer.commit('outer', { 'a.txt': 'a' });
    const clean = await treeOf(outer.dir);
    expect(clean).toBe(outer.git('rev-parse', 'HEAD^{tree}'));
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init', '--recursive');
    expect(await treeOf(outer.dir)).toBe(clean);

    const sub = repositoryAt(join(outer.dir, 'libs/sub'));
    const deep = repositoryAt(join(outer.dir, 'libs/sub/deep'));
    deep.write('ignored', 'x');
    expect(await treeOf(outer.dir)).toBe(clean);
    const seenTrees = new Set([clean]);
    for (const [place, path, content] of [
      [deep, 'x.txt', 'y'],
      [deep, 'new.txt', 'n'],
      [sub, 'new.txt', 'n'],
    ] as const) {
      place.write(path, content);
      seenTrees.add(await treeOf(outer.dir));
    }
    expect(seenTrees.size).toBe(4);
    sub.git('clean', '-fdq');
    deep.git('reset', '-q', '--hard');
    deep.git('clean', '-fdq');
    expect(await treeOf(outer.dir)).toBe(clean);

    deep.write('x.txt', 'again');
    sub.git('config', '--file=.gitmodules', 'submodule.deep.ignore', 'dirty');
    sub.commit('overlooked');
    outer.commit('and recorded');
    expect(await treeOf(outer.dir)).toBe(outer.git('rev-parse', 'HEAD^{tree}'));
  });

  test('a sparse checkout keeps what it leaves out', async () => {
    const repository = room.repository();
    repository.commit('one', { 'in/a.txt': 'a', 'out/b.txt': 'b' });
    repository.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
    expect(await treeOf(repository.dir)).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
    repository.write('in/new.txt', 'n');
    const tree = await treeOf(repository.dir);
    repository.git('add', '.');
    expect(tree).toBe(repository.git('write-tree'));
  });

  test('attributes that a sparse checkout leaves out hold all the same', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a\n', 'd/.gitattributes': '*.txt text\n', 'd/b.txt': 'b\n' });
    repository.git('sparse-checkout', 'set', '--no-cone', '/*', '!.gitattributes');
    repository.write('d/b.txt', 'b\r\nb\r\n');
    const tree = await treeOf(repository.dir);
    repository.git('add', '.');
    expect(repository.git('cat-file', '-p', ':d/b.txt')).toBe('b\nb');
    expect(tree).toBe(repository.git('write-tree'));
  });

  test('line ends that were committed as they are stay so', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a\r\n' });
    repository.write('.gitattributes', '* text=auto\n');
    repository.write('a.txt', 'a\r\nb\r\n');
    const tree = await treeOf(repository.dir);
    repository.git('add', '.');
    expect(tree).toBe(repository.git('write-tree'));
    expect(repository.git('cat-file', '-s', ':a.txt')).toBe('6');
  });

  test('where a mode cannot be trusted, the one that is known stays', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a', 'run.sh': 'r' });
    repository.git('update-index', '--chmod=+x', 'run.sh');
    repository.git('config', 'core.fileMode', 'false');
    repository.write('run.sh', 'changed');
    repository.write('new.sh', 'new');
    chmodSync(join(repository.dir, 'a.txt'), 0o755);
    chmodSync(join(repository.dir, 'new.sh'), 0o755);
    const tree = await treeOf(repository.dir);
    repository.git('add', '.');
    expect(tree).toBe(repository.git('write-tree'));
  });

  test('a linked worktree has its own tree', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a' });
    const linked = join(room.dir, 'linked');
    repository.git('worktree', 'add', '-q', linked);
    writeFileSync(join(linked, 'b.txt'), 'b');
    expect(await treeOf(repository.dir)).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
    const tree = await treeOf(linked);
    repositoryAt(linked).git('add', '.');
    expect(tree).toBe(repositoryAt(linked).git('write-tree'));
  });

  test('from a sub-folder it is still the whole tree', async () => {
    const repository = room.repository();
    repository.commit('one', { 'd/a.txt': 'a', 'b.txt': 'b' });
    repository.write('b.txt', 'changed');
    expect(await treeOf(join(repository.dir, 'd'))).toBe(treeOfCopy(repository.dir));
  });

  test('in a folder with letters of all kinds', async () => {
    const repository = room.repository('naïve 日本 ');
    expect(await treeOf(repository.dir)).toBe(treeOfCopy(repository.dir));
    repository.commit('one', { 'é/a.txt': 'a' });
    repository.write('é/a.txt', 'changed');
    repository.git('update-index', '--assume-unchanged', 'é/a.txt');
    repository.write('é/ü.txt', 'new');
    expect(await treeOf(repository.dir)).toBe(treeOfCopy(repository.dir));
  });

  test('objects that come from another store, in folders with odd names', async () => {
    const origin = room.repository('origin: "a" \\b');
    origin.commit('one', { 'a.txt': 'a', 'd/b.txt': 'b' });
    const clone = join(room.dir, 'borrowing: "c"');
    execFileSync('git', ['clone', '-q', '--shared', origin.dir, clone]);
    writeFileSync(join(clone, 'd', 'c.txt'), 'c');
    const tree = await treeOf(clone);
    repositoryAt(clone).git('add', '.');
    expect(tree).toBe(repositoryAt(clone).git('write-tree'));
  });
});

describe('edits that time stamps hide', () => {
  test('same size, same second, 20 of 20', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': '0000' });
    for (let round = 1; round <= 20; round += 1) {
      const path = join(repository.dir, 'a.txt');
      const stamp = Math.floor(Date.now() / 1000);
      writeFileSync(path, `old${round % 10}`);
      utimesSync(path, stamp, stamp);
      repository.git('add', 'a.txt');
      writeFileSync(path, `new${round % 10}`);
      utimesSync(path, stamp, stamp);
      utimesSync(join(repository.dir, '.git', 'index'), stamp, stamp);
      expect(await treeOf(repository.dir), `round ${round}`).toBe(treeOfCopy(repository.dir));
    }
  });

  test('a file that git was told to take for unchanged', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a', 'b.txt': 'b' });
    repository.git('update-index', '--assume-unchanged', 'a.txt');
    repository.write('a.txt', 'hidden edit');
    expect(await treeOf(repository.dir)).toBe(treeOfCopy(repository.dir));
  });
});

describe('nothing stays behind', () => {
  test('the content of an untracked file is written nowhere', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a' });
    repository.write('secret.txt', 'hunter2 hunter2');
    const before = roomsOfTrees();
    const git = openGit({ dir: repository.dir, trusted: false });
    const taken = await takeTree(git, repository.dir);
    if (!taken.ok) throw new Error(taken.message);
    const name = repository.git('hash-object', 'secret.txt');
    expect(() => repository.git('cat-file', '-e', name)).toThrow('cat-file');
    expect(roomsOfTrees()).toEqual(before);
  });
});

describe('what changed between two snapshots', () => {
  test('names the paths, at most 20', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a', 'd/b.txt': 'b' });
    const git = openGit({ dir: repository.dir, trusted: false });
    const snapshots = [await takeTree(git, repository.dir)];
    repository.write('a.txt', 'changed');
    repository.write('d/new.txt', 'new');
    snapshots.push(await takeTree(git, repository.dir));
    for (let count = 0; count < 30; count += 1) repository.write(`many/${count}.txt`, 'x');
    snapshots.push(await takeTree(git, repository.dir));
    const [first, second, third] = snapshots.map((taken) => {
      if (!taken.ok) throw new Error(taken.message);
      return taken.value;
    });
    if (first === undefined || second === undefined || third === undefined) throw new Error('no snapshots');
    expect(await changedBetween(git, first, second)).toEqual({ ok: true, value: ['a.txt', 'd/new.txt'] });
    expect(await changedBetween(git, first, first)).toEqual({ ok: true, value: [] });
    expect(await changedBetween(git, second, third)).toMatchObject({ ok: true, value: { length: 20 } });
  });
});

describe('what cannot be hashed is a hindrance', () => {
  test('a folder without a repository', async () => {
    mkdirSync(join(room.dir, 'plain'));
    const dir = join(room.dir, 'plain');
    expect(await takeTree(openGit({ dir, trusted: false }), dir)).toMatchObject({ ok: false, why: 'broken' });
  });

  test.each(['d', 'd/e'])('a tree of the head that was lost: %s', async (folder) => {
    const repository = room.repository();
    repository.commit('one', { 'd/e/a.txt': 'a', 'b.txt': 'b' });
    const lost = repository.git('rev-parse', `HEAD:${folder}`);
    rmSync(join(repository.dir, '.git', 'objects', lost.slice(0, 2), lost.slice(2)));
    repository.write('d/e/new.txt', 'new');
    const taken = await takeTree(openGit({ dir: repository.dir, trusted: false }), repository.dir);
    expect(taken).toMatchObject({ ok: false, why: 'broken' });
  });

  test('a damaged index', async () => {
    const repository = room.repository();
    repository.commit('one', { 'a.txt': 'a' });
    writeFileSync(join(repository.dir, '.git', 'index'), 'nonsense');
    const taken = await takeTree(openGit({ dir: repository.dir, trusted: false }), repository.dir);
    expect(taken).toMatchObject({ ok: false, why: 'broken' });
  });
});
