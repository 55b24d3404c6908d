import { type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import { FactumError, messageOf } from '../../core/errors.ts';
import type { RepositoryView } from '../../core/operation.ts';
import type { CouldNotLook, GitAnswer, Seen } from '../../core/ports.ts';
import { type Git, openGit } from './git.ts';
import { type Layout, takeTree } from './tree-hash.ts';
import type { ObjectFormat } from './tree-object.ts';

/** A repository with a working tree, opened by one git command. */
export interface Repository extends RepositoryView {
  readonly git: Git;
  /** Absolute: shared by all worktrees. */
  readonly commonDir: string;
  /** Absolute: of this worktree alone. */
  readonly gitDir: string;
  /** True: history ends somewhere, so what is not in it may still be real. */
  readonly shallow: boolean;
  /** Of the working tree; absent where there is none. */
  readonly layout?: Layout;
}

interface RepositoryOptions {
  readonly trusted: boolean;
  /** Only its history is read: a bare repository will do, and `dir` is that. */
  readonly historyOnly?: boolean;
}

const folders = ['--path-format=absolute', '--git-common-dir', '--absolute-git-dir'];
const files = ['--git-path', 'index', '--git-path', 'objects'];
const facts = ['--is-bare-repository', '--is-shallow-repository', ...folders, '--show-object-format', ...files];

/** Before the first commit there are none of them, which is no error after --revs-only. */
const names = ['--revs-only', 'HEAD', 'HEAD^{tree}', '--symbolic-full-name', 'HEAD'];

/**
 * Opens the repository around `dir`; throws NO_FOLDER, NO_REPOSITORY, REPOSITORY_PATH or BARE_REPOSITORY.
 * One without a commit has no `commit`.
 */
export async function openRepository(dir: string, options: RepositoryOptions): Promise<Repository> {
  refuseNoFolder(dir);
  const found = openGit({ dir, trusted: options.trusted });
  const answer = answered(await found.run(['rev-parse', ...facts, '--show-toplevel', ...names], { namesOnly: true }));
  const [bare, shallow, commonDir, gitDir = '', format = '', index = '', objects = '', top = '', ...named] =
    answer.stdout.split('\n');
  if (commonDir === undefined || commonDir === '') throw whyNone(dir, answer);
  // Git writes paths as they are, so a line that is not what it should be comes after a line break in one of them.
  if (dir.includes('\n') || !/^sha(?:1|256)$/.test(format) || (top !== '' && !isAbsolute(top)) || named.length > 4) {
    throw new FactumError('REPOSITORY_PATH', `the path of this repository has a line break: ${JSON.stringify(dir)}`);
  }
  const hasTree = top !== '';
  if (!hasTree && options.historyOnly !== true) {
    const what = bare === 'true' ? 'a bare repository' : 'the inside of a repository';
    throw new FactumError('BARE_REPOSITORY', `${dir} is ${what}: it has no working tree to look at`);
  }
  const [commit, ...others] = named.filter((line) => line !== '');
  const [ref, tree] = others.toReversed();
  const isUnborn = commit === undefined && options.historyOnly !== true;
  const head = isUnborn ? await unbornBranch(found) : ref;
  const place = hasTree ? top : commonDir;
  const layout = { format: format as ObjectFormat, index, objects, top, head: commit, tree };
  const git = place === dir ? found : openGit({ dir: place, trusted: options.trusted });
  return {
    git,
    commonDir,
    gitDir,
    shallow: shallow === 'true',
    ...(hasTree ? { layout } : {}),
    name: nameOf(commonDir),
    dir: place,
    ...(commit === undefined ? {} : { commit }),
    ...(head?.startsWith('refs/heads/') ? { branch: head.slice('refs/heads/'.length) } : {}),
    tree: once(() => hashOf(git, place, layout)),
    treeOf: (name) => treeOf(git, name),
  };
}

/** What stands in the way of the whole command, as an error. */
export function errorOf({ why, message }: CouldNotLook): FactumError {
  if (why === 'missing-tool') return new FactumError('GIT_MISSING', message);
  return new FactumError(why === 'not-allowed' ? 'NOT_TRUSTED' : 'GIT_FAILED', message);
}

function refuseNoFolder(dir: string): void {
  const stat = statOf(dir);
  if (!stat.isDirectory()) throw new FactumError('NO_FOLDER', `${dir} is not a folder`);
}

function statOf(dir: string): Stats {
  try {
    return statSync(dir);
  } catch (cause) {
    throw new FactumError('NO_FOLDER', `${dir} cannot be entered: ${messageOf(cause)}`, { cause });
  }
}

function answered(answer: Seen<GitAnswer>): GitAnswer {
  if (!answer.ok) throw errorOf(answer);
  return answer.value;
}

function whyNone(dir: string, { stderr }: GitAnswer): FactumError {
  if (stderr.includes('not a git repository')) {
    return new FactumError('NO_REPOSITORY', `${dir} is not in a git repository`);
  }
  return new FactumError('GIT_FAILED', `git rev-parse in ${dir}: ${stderr.trim()}`);
}

async function unbornBranch(git: Git): Promise<string> {
  return answered(await git.run(['symbolic-ref', '-q', 'HEAD'])).stdout.trim();
}

/** The folder that holds the repository, whichever worktree was opened. */
function nameOf(commonDir: string): string {
  const last = basename(commonDir);
  return last === '.git' ? basename(dirname(commonDir)) : last.replace(/\.git$/, '');
}

async function hashOf(git: Git, top: string, layout: Layout): Promise<string> {
  const snapshot = await takeTree(git, top, layout);
  if (!snapshot.ok) throw errorOf(snapshot);
  return snapshot.value.tree;
}

async function treeOf(git: Git, commit: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{tree}`];
  const { exit, stdout } = answered(await git.run(args));
  return exit === 0 ? stdout.trim() : undefined;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
