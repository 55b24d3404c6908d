import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { testRoom } from '../../../test/repository.ts';
import { openGit } from './git.ts';
import { takeTree } from './tree-hash.ts';
import { changedBetween, type TreeSnapshot } from './tree-snapshot.ts';

const room = testRoom();
afterAll(() => room.remove());

type Edit =
  | { readonly kind: 'write' | 'link' | 'write-executable'; readonly path: string; readonly content: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'conflict'; readonly path: string; readonly sides: readonly string[] }
  | {
      readonly kind: 'remove' | 'chmod' | 'embed' | 'stage' | 'intend' | 'unstage-as-gone' | 'hide';
      readonly path: string;
    }
  | { readonly kind: 'stage-all' | 'unstage-all' | 'commit' };

/** Few names that get into each other's way: files and folders of one name, and names that sort around a slash. */
const names = [
  'a',
  'a.b',
  'a0',
  'a/b',
  'a/b/c',
  'd/x',
  'd/y',
  'd/e/z',
  'd/e',
  'caf\xe9/\xff',
  'line\nbreak/"x"',
  ' s\\p ',
];
const contents = ['', 'one\n', 'two\n', 'a\r\nb\r\n', 'a\r\nb\n', 'a\0\r\n', '$Id$\n'];
const rules = [
  '* text=auto\n',
  '* -text\n',
  'd/* ident text\n',
  '* text eol=crlf\n',
  'a* working-tree-encoding=ISO-8859-1\n',
];

const path = fc.constantFrom(...names);
const anyContent = fc.constantFrom(...contents);
/** What the base, our or the other side has in a conflict. */
const side = fc.constantFrom('', '100644', '100755', '120000');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('write', 'write-executable', 'link'), path, content: anyContent }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('write'),
      path: fc.constant('.gitignore'),
      content: fc.constantFrom('a.b\n', 'd/e\n', '*\n!a*\n'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('remove', 'chmod', 'stage', 'intend', 'unstage-as-gone', 'hide'),
      path,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('embed'), path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename'), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('conflict'), path, sides: fc.tuple(side, side, side) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('stage-all', 'unstage-all', 'commit') }) },
);
const editOfRules: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constant('write'),
  path: fc.constant('.gitattributes'),
  content: fc.constantFrom(...rules),
});
const format = fc.constantFrom('sha1', 'sha256');

interface Repository {
  readonly dir: string;
  git(
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string>>; readonly input?: string },
  ): string;
}

let count = 0;

function newRepository(objects: string): Repository {
  count += 1;
  const dir = join(room.dir, `repository-${count}`);
  execFileSync('git', ['init', '--quiet', '--template=', '--initial-branch=main', `--object-format=${objects}`, dir]);
  return repositoryIn(dir);
}

function repositoryIn(dir: string): Repository {
  return {
    dir,
    git: (args, { env = {}, input = '' } = {}) =>
      execFileSync('git', args, {
        cwd: dir,
        env: { ...process.env, GIT_LITERAL_PATHSPECS: '1', ...env },
        input: Buffer.from(input, 'latin1'),
        stdio: ['pipe', 'pipe', 'ignore'],
      })
        .toString('latin1')
        .trimEnd(),
  };
}

/** What cannot be done in the state that the edits before it made is left out. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function bytes(repository: Repository, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${repository.dir}/`), Buffer.from(name, 'latin1')]);
}

/** Makes way for `name`: whatever file is where a folder must be, and whatever is there itself. */
function clear(repository: Repository, name: string): Buffer {
  const parts = name.split('/');
  for (let length = 1; length < parts.length; length += 1) {
    const folder = bytes(repository, parts.slice(0, length).join('/'));
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) rmSync(folder, { force: true });
    mkdirSync(folder, { recursive: true });
  }
  const place = bytes(repository, name);
  rmSync(place, { recursive: true, force: true });
  return place;
}

function onPath(repository: Repository, args: readonly string[], name: string): void {
  repository.git([...args, '--pathspec-from-file=-', '--pathspec-file-nul'], { input: name });
}

function make(repository: Repository, change: Edit): void {
  const { git } = repository;
  switch (change.kind) {
    case 'write':
    case 'write-executable':
      return writeFileSync(clear(repository, change.path), change.content, {
        mode: change.kind === 'write' ? 0o644 : 0o755,
      });
    case 'link':
      return symlinkSync(change.content.replaceAll('\0', '') || 'nowhere', clear(repository, change.path));
    case 'remove':
      return rmSync(bytes(repository, change.path), { recursive: true });
    case 'rename':
      return renameSync(bytes(repository, change.path), clear(repository, change.to));
    case 'chmod':
      return chmodSync(bytes(repository, change.path), 0o755);
    case 'embed': {
      // Its folder's name cannot be an argument, as far as it is not UTF-8.
      const inner = repositoryIn(join(room.dir, `inner-${(count += 1)}`));
      const objects = git(['rev-parse', '--show-object-format']);
      execFileSync('git', ['init', '--quiet', '--template=', `--object-format=${objects}`, inner.dir]);
      inner.git(['commit', '--quiet', '--allow-empty', '--message', 'inner']);
      return renameSync(inner.dir, clear(repository, change.path));
    }
    case 'conflict': {
      const id = git(['hash-object', '-w', '--stdin'], { input: change.sides.join() });
      const stages = change.sides.map((mode, at) => (mode === '' ? '' : `${mode} ${id} ${at + 1}\t${change.path}\0`));
      // Nothing that is in no conflict may be in its way.
      const parts = change.path.split('/');
      const paths = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
      const cleared = paths.map((each) => `0 ${'0'.repeat(id.length)} 0\t${each}\0`);
      return void git(['update-index', '-z', '--index-info'], { input: [...cleared, ...stages].join('') });
    }
    case 'stage':
      return onPath(repository, ['add'], change.path);
    case 'intend':
      return onPath(repository, ['add', '--intent-to-add'], change.path);
    case 'unstage-as-gone':
      return onPath(repository, ['rm', '--quiet', '-r', '--cached'], change.path);
    case 'hide':
      return void git(['update-index', '--assume-unchanged', '-z', '--stdin'], { input: change.path });
    case 'stage-all':
      return void git(['add', '--all']);
    case 'unstage-all':
      return void git(['reset', '--quiet']);
    case 'commit':
      return void git(['commit', '--quiet', '--allow-empty', '--message', 'more']);
    default:
      return change satisfies never;
  }
}

async function snapshotOf({ dir }: Repository): Promise<TreeSnapshot> {
  const taken = await takeTree(openGit({ dir, trusted: false }), dir);
  if (!taken.ok) throw new Error(`${taken.why}: ${taken.message}`);
  return taken.value;
}

/** Everything that a look must leave as it is. */
function stateOf({ dir }: Repository): readonly string[] {
  const inside = join(dir, '.git');
  const files = readdirSync(inside, { recursive: true, encoding: 'latin1' }).toSorted();
  const index = attempt(() => readFileSync(join(inside, 'index'))) ? readFileSync(join(inside, 'index'), 'hex') : '';
  return [...files, index];
}

/** A copy of the repository, of which everything was added. */
function copyOf({ dir }: Repository): Repository {
  count += 1;
  const copy = join(room.dir, `copy-${count}`);
  execFileSync('cp', ['-a', dir, copy]);
  const copied = repositoryIn(copy);
  attempt(() => copied.git(['update-index', '-q', '--really-refresh']));
  copied.git(['add', '--all']);
  return copied;
}

/** The definition to the letter: everything added in an index that begins as a copy with the same time. */
function treeByDefinition({ dir, git }: Repository): string {
  count += 1;
  const scratch = join(room.dir, `scratch-${count}`);
  mkdirSync(scratch);
  const env = {
    GIT_INDEX_FILE: join(scratch, 'index'),
    GIT_OBJECT_DIRECTORY: scratch,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(dir, '.git', 'objects'),
  };
  attempt(() => execFileSync('cp', ['-a', join(dir, '.git', 'index'), env.GIT_INDEX_FILE], { stdio: 'ignore' }));
  attempt(() => git(['update-index', '-q', '--really-refresh'], { env }));
  git(['add', '--all'], { env });
  return git(['write-tree'], { env });
}

/** An embedded repository with changes of its own, which counts by its content once it is in the index: git has no such tree. */
function hasWorkInside({ dir }: Repository): boolean {
  const look = ['-mindepth', '2', '-name', '.git', '-prune', '-execdir', 'git', 'status', '--porcelain', ';'];
  return execFileSync('find', [dir, ...look], { encoding: 'latin1' }) !== '';
}

/** Where two copies differ, as git tells it. */
function changedPaths(before: Repository, after: Repository): readonly string[] {
  const env = { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(before.dir, '.git', 'objects') };
  const trees = [before.git(['write-tree']), after.git(['write-tree'])];
  const diff = after.git(['diff-tree', '-r', '-z', '--name-only', '--no-renames', ...trees], { env });
  return diff
    .split('\0')
    .filter(Boolean)
    .map((name) => Buffer.from(name, 'latin1').toString());
}

describe('after any edits, staged or not', () => {
  test('the tree is that of a copy in which all was added, and what changed is what differs', async () => {
    let [done, differing] = [0, 0];
    const edits = fc.array(edit, { minLength: 1, maxLength: 12 });
    const law = fc.asyncProperty(format, edits, edits, async (objects, first, second) => {
      const repository = newRepository(objects);
      for (const change of first) done += attempt(() => make(repository, change)) ? 1 : 0;
      const before = { taken: await snapshotOf(repository), copy: copyOf(repository) };
      for (const change of second) done += attempt(() => make(repository, change)) ? 1 : 0;
      if (hasWorkInside(before.copy) || hasWorkInside(repository)) return;
      const state = stateOf(repository);
      const after = { taken: await snapshotOf(repository), copy: copyOf(repository) };
      expect(stateOf(repository), 'something was written to the repository').toEqual(state);
      for (const { taken, copy } of [before, after]) expect(taken.tree).toBe(copy.git(['write-tree']));
      const changed = changedPaths(before.copy, after.copy);
      differing += changed.length;
      const git = openGit({ dir: repository.dir, trusted: false });
      expect(await changedBetween(git, before.taken, after.taken)).toEqual({ ok: true, value: changed });
      for (const { dir } of [repository, before.copy, after.copy]) rmSync(dir, { recursive: true });
    });
    await fc.assert(law, { numRuns: 60 });
    expect(done, 'hardly any edit could be made').toBeGreaterThan(150);
    expect(differing, 'hardly anything differed').toBeGreaterThan(50);
  }, 600_000);

  test('rules about line ends and encodings are kept as adding keeps them', async () => {
    const edits = fc.array(fc.oneof({ weight: 4, arbitrary: edit }, { weight: 1, arbitrary: editOfRules }), {
      minLength: 4,
      maxLength: 16,
    });
    const law = fc.asyncProperty(format, edits, async (objects, changes) => {
      const repository = newRepository(objects);
      for (const change of changes) attempt(() => make(repository, change));
      if (hasWorkInside(repository)) return;
      const { tree } = await snapshotOf(repository);
      expect(tree).toBe(treeByDefinition(repository));
      rmSync(repository.dir, { recursive: true });
    });
    const fileInItsPlace: readonly Edit[] = [
      { kind: 'embed', path: 'd/e/z' },
      { kind: 'stage-all' },
      { kind: 'write', path: 'd/e', content: '' },
    ];
    await fc.assert(law, { numRuns: 60, examples: [['sha1', [...fileInItsPlace]]] });
  }, 600_000);
});
