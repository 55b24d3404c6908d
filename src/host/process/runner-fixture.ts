import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RunConfig } from '../../core/config/config.ts';
import type { RunRequest, RunResult, Seen, Workspace } from '../../core/ports.ts';
import { openRepository } from '../git/repository.ts';
import { createRunner, type Runner, type RunnerOptions } from './runner.ts';

const gitEnvironment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

/** A folder that is removed when the test ends. */
export function folderForTest(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'factum-runner-test-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

export function gitIn(dir: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: dir, env: gitEnvironment, encoding: 'utf8' }).trim();
}

/** A repository with these files in its only commit. */
export function repositoryForTest(files: Readonly<Record<string, string>>): string {
  const dir = folderForTest();
  gitIn(dir, 'init', '--quiet', '--initial-branch=main');
  for (const [path, content] of Object.entries(files)) writeFileSync(join(dir, path), content);
  gitIn(dir, 'add', '--all');
  gitIn(dir, 'commit', '--quiet', '--allow-empty', '--message=first');
  return dir;
}

/** What a test may say differently about its runner. */
export interface RunnerWishes extends Partial<Pick<RunnerOptions, 'variables' | 'waitMs' | 'onWait'>> {
  readonly config?: Partial<RunConfig>;
}

export async function runnerForTest(dir: string, wishes: RunnerWishes = {}): Promise<Runner> {
  const { config, ...others } = wishes;
  const repository = await openRepository(dir, { trusted: true });
  const runner = createRunner({
    dir,
    repository,
    stateDir: join(repository.commonDir, 'factum'),
    config: { ...RunConfig.parse({}), ...config },
    variables: process.env,
    ...others,
  });
  onTestFinished(() => runner.close());
  return runner;
}

export function value<T>(answer: Seen<T>): T {
  if (!answer.ok) throw new Error(`could not look (${answer.why}): ${answer.message}`);
  return answer.value;
}

export async function runInPlace(
  runner: Runner,
  command: string,
  more: Partial<RunRequest> = {},
): Promise<Seen<RunResult>> {
  const workspace: Workspace = value(await runner.workspace('in-place'));
  return runner.run({ workspace, command, ...more });
}

/** An entry that only waits for its parent to notice is no running process. */
export function isRunning(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}
