import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { couldNotLook, type CouldNotLook, type GitAnswer, type Seen, seen } from '../../core/ports.ts';

export interface ProgramRequest {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
  readonly encoding: 'utf8' | 'latin1';
  readonly timeoutMs: number;
  /** Of standard output. */
  readonly maxBytes: number;
}

const keptOfErrors = 64 * 1024;

/** Runs a program without a shell and without a terminal, so that nothing it starts can ask a question. */
export function runProgram(
  program: string,
  args: readonly string[],
  request: ProgramRequest,
): Promise<Seen<GitAnswer>> {
  const { dir, env, input, encoding, timeoutMs, maxBytes } = request;
  const name = `${program} ${args.find((word) => !word.startsWith('-')) ?? ''}`.trim();
  if (args.some((word) => word.includes('\0'))) {
    return Promise.resolve(couldNotLook('not-allowed', `${name} cannot be asked about a name with a NUL in it`));
  }
  return new Promise((resolve) => {
    const options = { cwd: dir, env, detached: true } as const;
    const child =
      input === ''
        ? spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
        : spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stdoutBytes = 0;
    let stderrBytes = 0;
    let hindrance: CouldNotLook | undefined;

    function stop(why: CouldNotLook): void {
      hindrance ??= why;
      endGroup(child.pid);
    }
    const timer = setTimeout(
      () => stop(couldNotLook('time-out', `${name} did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes > maxBytes) stop(couldNotLook('too-large', `${name} printed more than ${maxBytes} bytes`));
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderrBytes < keptOfErrors) stderr.push(chunk);
      stderrBytes += chunk.length;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(whyNotStarted(program, dir, error));
    });
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      if (hindrance !== undefined) return resolve(hindrance);
      if (exit === null) return resolve(couldNotLook('broken', `${name} was ended by ${signal ?? 'a signal'}`));
      resolve(
        seen({ exit, stdout: Buffer.concat(stdout).toString(encoding), stderr: Buffer.concat(stderr).toString() }),
      );
    });
    // A program that ends without reading its input is no error; its exit code says what it did.
    child.stdin?.on('error', () => child.stdin?.destroy());
    child.stdin?.end(input, encoding);
  });
}

function whyNotStarted(program: string, dir: string, error: NodeJS.ErrnoException): CouldNotLook {
  if (error.code !== 'ENOENT') return couldNotLook('broken', `${program} could not be started: ${error.message}`);
  if (!existsSync(dir)) return couldNotLook('broken', `there is no folder ${dir}`);
  return couldNotLook('missing-tool', `${program} is not installed, or not on the PATH`);
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
