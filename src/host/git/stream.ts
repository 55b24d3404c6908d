import { spawn } from 'node:child_process';
import { couldNotLook, type Seen, seen } from '../../core/ports.ts';
import type { GitStream } from '../../core/signal/source.ts';

type Ended = Awaited<GitStream['ended']>;

export interface StreamedProgram {
  readonly dir: string;
  /** Its whole standard input. */
  readonly input: string;
  readonly env: Readonly<Record<string, string>>;
}

const keptOfErrors = 64 * 1024;

/** Starts git and hands its output on as it is asked for: a reader that is slow makes git wait, not memory grow. */
export function streamGit(args: readonly string[], start: () => Promise<Seen<StreamedProgram>>): GitStream {
  const stopped = new AbortController();
  const { promise: ended, resolve } = Promise.withResolvers<Ended>();

  async function* chunks(): AsyncGenerator<string> {
    const program = await start();
    if (!program.ok) return resolve(program);
    const { dir, env, input } = program.value;
    const child = spawn('git', args, { cwd: dir, env, signal: stopped.signal });
    // How it ended tells why it did not read on.
    child.stdin.on('error', () => undefined).end(input);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(0, keptOfErrors)));
    child.on('error', (error) => resolve(couldNotLook('broken', `git could not be run in ${dir}: ${error.message}`)));
    child.on('close', (exit, signal) => {
      const by = signal ?? 'a signal';
      resolve(exit === null ? couldNotLook('broken', `git was ended by ${by}`) : seen({ exit, stderr }));
    });
    child.stdout.setEncoding('latin1');
    yield* child.stdout as AsyncIterable<string>;
    await ended;
  }
  return { chunks: chunks(), ended, stop: () => stopped.abort() };
}
