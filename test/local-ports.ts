import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Part } from '../src/core/claim/part.ts';
import { redact } from '../src/core/claim/redact.ts';
import type { Examination } from '../src/core/claim/verifier.ts';
import { RunConfig } from '../src/core/config/config.ts';
import { couldNotLook, type CouldNotLook, type VerifierPorts } from '../src/core/ports.ts';
import { openRepository } from '../src/host/git/repository.ts';
import { createRunner } from '../src/host/process/runner.ts';
import { testGitEnvironment } from './repository.ts';

export type Files = Readonly<Record<string, string>>;

/** A repository in a folder of its own, removed when the test ends; `commit` writes files and commits them. */
export function temporaryRepository(files: Files): {
  readonly dir: string;
  /** A folder outside of the tree. */
  readonly outside: string;
  git(...args: readonly string[]): string;
  write(changed: Files): void;
  commit(changed: Files): void;
} {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'factum-local-')));
  onTestFinished(() => rmSync(top, { recursive: true, force: true, maxRetries: 3 }));
  const [dir, outside] = [join(top, 'tree'), join(top, 'outside')];
  for (const folder of [dir, outside]) mkdirSync(folder);
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: dir, env: { ...process.env, ...testGitEnvironment }, encoding: 'utf8' }).trim();
  const write = (changed: Files) => {
    for (const [path, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
  };
  const commit = (changed: Files) => {
    write(changed);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message=change');
  };
  git('init', '--quiet', '--initial-branch=main');
  commit(files);
  return { dir, outside, git, write, commit };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function unused(): Promise<CouldNotLook> {
  return Promise.resolve(couldNotLook('not-allowed', 'a local verifier asks no such thing'));
}

/** What a local verifier gets for the working tree of `dir`: the real runner and the real git. */
export async function localExamination(
  dir: string,
  options: Record<string, unknown>,
  part: Partial<Part> = {},
): Promise<Examination<Record<string, unknown>>> {
  const repository = await openRepository(dir, { trusted: true });
  const runner = createRunner({
    dir,
    repository,
    stateDir: join(repository.commonDir, 'factum'),
    config: RunConfig.parse({}),
    variables: process.env,
  });
  onTestFinished(() => runner.close());
  const workspace = await runner.workspace('in-place');
  if (!workspace.ok) throw new Error(workspace.message);
  const ports: VerifierPorts = {
    run: runner.run,
    checkout: runner.checkout,
    environment: runner.environment,
    git: (args) => repository.git.run(args),
    readFile: unused,
    findFiles: unused,
    http: unused,
    page: unused,
    sql: unused,
    dns: unused,
    npmSettings: unused,
    matches: unused,
    keep(content, name, mediaType) {
      const kept = typeof content === 'string' ? redact(content) : content;
      return Promise.resolve({ digest: sha256(kept), bytes: kept.length, mediaType, name });
    },
    sha256,
    now: () => '2026-01-01T00:00:00Z',
  };
  const asked: Part = { id: 'p1', kind: 'tests-pass', scope: 'all', options: {}, ...part };
  return { options, part: asked, target: {}, claimedAt: ports.now(), workspace: workspace.value, ports };
}
