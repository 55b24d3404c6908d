import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Dialect } from '../core/agent/agent.ts';

const run = promisify(execFile);
const words = 'Everything is committed.';

/**
 * Runs a hook's own command line as its tool does, in a repository made for it in which a file is not committed, with
 * the claim that everything is. None of the user's ledgers is touched.
 */
export async function fireCanary(
  command: string,
  dialect: Dialect,
  variables: NodeJS.ProcessEnv,
): Promise<{ readonly exit: number | null; readonly said: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'factum-canary-'));
  try {
    await makeRepository(dir);
    const transcript = join(dir, '.git', 'transcript.jsonl');
    await writeFile(transcript, `${JSON.stringify(dialect.lineOf?.(words) ?? {})}\n`);
    const input = JSON.stringify(dialect.stopIn({ cwd: dir, words, transcript }));
    const { FACTUM_DATABASE_URL: _elsewhere, FACTUM_GATE: _off, ...env } = variables;
    return await answerOf(command, { dir, input, env });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function makeRepository(dir: string): Promise<void> {
  const git = (...args: readonly string[]) =>
    run('git', ['-c', 'user.name=Factum', '-c', 'user.email=factum@localhost', '-c', 'commit.gpgsign=false', ...args], {
      cwd: dir,
    });
  await git('init', '--quiet', '--template=');
  await writeFile(join(dir, 'canary.txt'), 'committed\n');
  await git('add', '--all');
  await git('commit', '--quiet', '--no-verify', '--message=canary');
  await writeFile(join(dir, 'canary.txt'), 'changed\n');
}

interface Firing {
  readonly dir: string;
  readonly input: string;
  readonly env: NodeJS.ProcessEnv;
}

function answerOf(command: string, { dir, input, env }: Firing): Promise<{ exit: number | null; said: string }> {
  return new Promise((answer) => {
    const child = execFile('sh', ['-c', command], { cwd: dir, env, timeout: 60_000 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      answer({
        exit,
        said: [stdout, stderr]
          .map((text) => text.trim())
          .filter(Boolean)
          .join('\n'),
      });
    });
    child.stdin?.on('error', () => undefined).end(input);
  });
}
