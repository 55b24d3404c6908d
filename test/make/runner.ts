import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RunConfig } from '../../src/core/config/config.ts';
import type { RunRequest, RunResult, Seen, Workspace } from '../../src/core/ports.ts';
import { openRepository } from '../../src/host/git/repository.ts';
import { testGitEnvironment } from '../repository.ts';
import { createRunner, type Runner, type RunnerOptions } from '../../src/host/process/runner.ts';

/** A folder that is removed when the test ends. */
export function folderForTest(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'factum-runner-test-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

export function gitIn(dir: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: dir,
    env: { ...process.env, ...testGitEnvironment },
    encoding: 'utf8',
  }).trim();
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
