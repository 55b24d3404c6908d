import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Target } from '../src/core/claim/claim.ts';
import type { Part } from '../src/core/claim/part.ts';
import type { Examination } from '../src/core/claim/verifier.ts';
import { couldNotLook, type CouldNotLook, type VerifierPorts, type Workspace } from '../src/core/ports.ts';
import { findWorkspaceFiles, readWorkspaceFile } from '../src/host/git/files.ts';
import { type Git, openGit } from '../src/host/git/git.ts';
import { runWithin } from '../src/host/git/submodules.ts';
import { takeTree } from '../src/host/git/tree-hash.ts';
import { matchPattern } from '../src/host/pattern.ts';

/** A real repository in a temporary folder, for tests. Commits are ten days old unless `at` says otherwise. */
export interface TestRepository {
  readonly dir: string;
  /** Runs git without a shell and answers standard output without the last line break. */
  git(...args: readonly string[]): string;
  write(path: string, content: string | Uint8Array): void;
  /** Writes the files, adds everything and commits; answers the commit's name. */
  commit(message: string, files?: Readonly<Record<string, string>>): string;
  /** Later commits get this time. */
  at(time: string): void;
  /** Takes an object out of its folder of objects; what it answers puts it back. */
  lose(object: string): () => void;
}

/** Without the configuration of whoever runs the tests. */
export const testGitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
} as const;

/** Makes rooms for tests under one temporary folder; call `remove` when the tests have ended. */
export function testRoom(): { readonly dir: string; remove(): void; repository(name?: string): TestRepository } {
  Object.assign(process.env, testGitEnvironment);
  const dir = mkdtempSync(join(tmpdir(), 'factum-test-'));
  let count = 0;
  return {
    dir,
    remove: () => rmSync(dir, { recursive: true, force: true }),
    repository(name = `repository-${++count}`) {
      const home = join(dir, name);
      execFileSync('git', ['init', '--quiet', '--initial-branch=main', home]);
      return repositoryAt(home);
    },
  };
}

/** A repository that exists already, such as a clone. */
export function repositoryAt(dir: string): TestRepository {
  let time = new Date(Date.now() - 10 * 24 * 60 * 60 * 1000).toISOString();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time },
    }).replace(/\n$/, '');
  function write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  return {
    dir,
    git,
    write,
    commit(message, files = {}) {
      for (const [path, content] of Object.entries(files)) write(path, content);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    at: (later) => void (time = later),
    lose(object) {
      const name = git('rev-parse', object);
      const path = join(dir, '.git/objects', name.slice(0, 2), name.slice(2));
      const content = readFileSync(path);
      rmSync(path);
      return () => writeFileSync(path, content);
    },
  };
}

function none(): Promise<CouldNotLook> {
  return Promise.resolve(couldNotLook('not-allowed', 'this test has no such port'));
}

/** Ports that really look at a repository's git and files; the others cannot look. */
export function repositoryPorts(git: Git): VerifierPorts {
  return {
    git: (args, submodule) => (submodule === undefined ? git.run(args) : runWithin(git, submodule, args)),
    readFile: (workspace, path) => readWorkspaceFile(workspace, path),
    findFiles: (workspace, glob) => findWorkspaceFiles(git, workspace, glob),
    run: none,
    checkout: none,
    http: none,
    page: none,
    sql: none,
    dns: none,
    npmSettings: none,
    matches: matchPattern,
    keep: () => Promise.reject(new Error('this test keeps nothing')),
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
    now: () => new Date().toISOString(),
    environment: () => Promise.reject(new Error('this test runs nothing')),
  };
}

export interface Asked {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly part?: Partial<Part>;
  readonly target?: Target;
  readonly place?: Workspace['place'];
  readonly trusted?: boolean;
  /** Default: now. */
  readonly claimedAt?: string;
}

/** An examination of the working tree as it is now, or of HEAD in a clean checkout. */
export async function examinationOf(
  { dir, git }: TestRepository,
  { options = {}, part = {}, target = {}, place = 'in-place', trusted = false, claimedAt }: Asked = {},
): Promise<Examination<Record<string, unknown>>> {
  const real = openGit({ dir, trusted });
  const snapshot = await takeTree(real, dir);
  if (!snapshot.ok) throw new Error(snapshot.message);
  const commit = git('for-each-ref', 'refs/heads') === '' ? undefined : git('rev-parse', 'HEAD');
  return {
    options: { ...options },
    part: { id: 'p1', kind: 'change-made', scope: 'all', options: {}, ...part },
    target,
    claimedAt: claimedAt ?? new Date().toISOString(),
    workspace: { dir, place, tree: snapshot.value.tree, ...(commit === undefined ? {} : { commit }) },
    ports: repositoryPorts(real),
  };
}
