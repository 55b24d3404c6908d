import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type CouldNotLook, couldNotLook } from '../../core/ports.ts';
import type { Variables } from './variables.ts';

export type Sandbox = readonly [string, ...string[]];

/** Caches that build tools must be able to write, in the sandbox's own /tmp. */
export const sandboxVariables = Object.freeze({
  TMPDIR: '/tmp',
  GOCACHE: '/tmp/go-build',
  npm_config_cache: '/tmp/npm-cache',
  PIP_CACHE_DIR: '/tmp/pip-cache',
  UV_CACHE_DIR: '/tmp/uv-cache',
  YARN_CACHE_FOLDER: '/tmp/yarn-cache',
});

/**
 * Everything is read-only but the checkout and the run's own folder; /tmp, /run and /proc are private, and all
 * processes end with the first one. The network stays: tests talk to loopback and set-up commands to registries.
 */
export async function bubblewrap(checkout: string, runFolder: string): Promise<Sandbox> {
  const repository = await repositoryOf(checkout);
  const kept = ['/run/systemd/resolve', '/run/current-system', '/run/wrappers'];
  return [
    'bwrap',
    ...'--ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --tmpfs /run'.split(' '),
    ...kept.flatMap((path) => ['--ro-bind-try', path, path]),
    '--ro-bind',
    repository,
    repository,
    ...[checkout, runFolder].flatMap((path) => ['--bind', path, path]),
    ...'--unshare-pid --unshare-ipc --die-with-parent --new-session --'.split(' '),
  ];
}

/** Where a linked worktree's history is; it could be below the hidden /tmp. */
async function repositoryOf(checkout: string): Promise<string> {
  const pointer = await readFile(join(checkout, '.git'), 'utf8');
  return dirname(dirname(pointer.replace(/^gitdir: /, '').trim()));
}

/** Bubblewrap's own failures look like failures of the command, so it is tried first with one that cannot fail. */
export async function whyNoSandbox(sandbox: Sandbox, variables: Variables): Promise<CouldNotLook | undefined> {
  const [program, ...args] = sandbox;
  try {
    await promisify(execFile)(program, [...args, 'bash', '-c', ':'], { env: { ...variables } });
    return undefined;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
    const why = code === 'ENOENT' ? 'it is not installed' : `it makes no sandbox here: ${stderr.trim()}`;
    return couldNotLook('missing-tool', `run.isolation asks for bubblewrap (bwrap), but ${why}`);
  }
}
