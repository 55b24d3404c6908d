import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type CouldNotLook, type Seen, seen } from '../../core/ports.ts';
import { boundedOutput } from './output.ts';
import { endProcesses, killProcesses, markVariable, type RunTrace, traceOf } from './process-tree.ts';
import type { Variables } from './variables.ts';

export interface ShellCommand {
  /** A program and its arguments, such as `bash -o pipefail -c <command line>`. */
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly variables: Variables;
  readonly timeoutMs: number;
  /** An empty place of its own for the pipe it prints to. */
  readonly folder: string;
  /** A fresh one per run, from `newMark`. */
  readonly mark: string;
  /** Ends the run. */
  readonly signal?: AbortSignal;
  /** Called when it runs, and this process has nothing to do. */
  readonly onStart?: () => void;
}

export interface Ended {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** By the signal of the request. */
  readonly stopped: boolean;
  readonly output: string;
  readonly outputBytes: number;
  readonly durationMs: number;
  /** Processes that it left behind and that could not be ended. */
  readonly survivors: readonly number[];
}

const drainMs = 200;
const underWay = new Set<RunTrace>();

export function newMark(): string {
  return crypto.randomUUID();
}

/** Ends everything that runs, at once and without waiting: for the `exit` event, or a second Ctrl-C. */
export function killRunsNow(): void {
  for (const trace of underWay) killProcesses(trace);
}

/** Runs a command to its end, or to its time-out, and leaves no process of it behind. */
export async function runToEnd(command: ShellCommand): Promise<Seen<Ended>> {
  const pipe = await openPipe(command.folder);
  if (!pipe.ok) return pipe;
  const output = boundedOutput();
  const reader = readPipe(pipe.value.read, (chunk) => output.add(chunk));
  const startedAt = performance.now();
  const child = start(command, pipe.value.write);
  closeSync(pipe.value.write);
  if (!child.ok || child.value.pid === undefined) {
    reader.stop();
    return child.ok ? notStarted(command, await failureOf(child.value)) : child;
  }
  const trace = traceOf(child.value.pid, command.mark);
  underWay.add(trace);
  command.onStart?.();
  try {
    const { exit, signal, timedOut } = await endOf(child.value, command, trace);
    const durationMs = performance.now() - startedAt;
    // What is still on its way, for instance through `> >(tee log)`, gets a moment before its writer is ended.
    await Promise.race([reader.ended, sleep(drainMs, undefined, { ref: false })]);
    const survivors = await endProcesses(trace);
    await Promise.race([reader.ended, sleep(drainMs, undefined, { ref: false })]);
    const printed = { output: output.text(), outputBytes: output.bytes() };
    const stopped = command.signal?.aborted ?? false;
    return seen({ exit, signal, timedOut, stopped, ...printed, durationMs, survivors });
  } finally {
    underWay.delete(trace);
    reader.stop();
  }
}

/**
 * A named pipe, because Node's own are sockets: `echo >/dev/stderr` fails on a socket.
 * Output and errors share it, so what is read is in order of arrival.
 */
async function openPipe(folder: string): Promise<Seen<{ readonly read: number; readonly write: number }>> {
  const path = join(folder, 'output');
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path]);
    // A reader that does not block must be there first; then opening the other end does not block either.
    const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return seen({ read, write: openSync(path, constants.O_WRONLY) });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? couldNotLook('missing-tool', 'mkfifo is not installed, or not on the PATH')
      : couldNotLook('broken', `no pipe could be made in ${folder}: ${messageOf(error)}`);
  }
}

/** One buffer for all reads, so that a flood of output costs no memory. */
function readPipe(
  fd: number,
  take: (chunk: Uint8Array) => void,
): { readonly ended: Promise<void>; readonly stop: () => void } {
  const socket = new Socket({
    fd,
    readable: true,
    writable: false,
    onread: {
      buffer: Buffer.allocUnsafe(64 * 1024),
      callback(bytes: number, buffer: Uint8Array): boolean {
        take(buffer.subarray(0, bytes));
        return true;
      },
    },
  });
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.once('error', () => resolve());
  });
  socket.resume();
  return { ended, stop: () => void socket.destroy() };
}

function start({ argv, cwd, variables, mark }: ShellCommand, output: number): Seen<ChildProcess> {
  const [program, ...args] = argv;
  const outer = process.env[markVariable];
  const env = { ...variables, [markVariable]: outer === undefined ? mark : `${outer}:${mark}` };
  try {
    return seen(spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', output, output] }));
  } catch (error) {
    return couldNotLook('broken', `${program} could not be started: ${messageOf(error)}`);
  }
}

function failureOf(child: ChildProcess): Promise<NodeJS.ErrnoException> {
  return new Promise((resolve) => child.once('error', resolve));
}

function notStarted({ argv }: ShellCommand, error: NodeJS.ErrnoException): CouldNotLook {
  return error.code === 'ENOENT'
    ? couldNotLook('missing-tool', `${argv[0]} is not installed, or not on the PATH`)
    : couldNotLook('broken', `${argv[0]} could not be started: ${error.message}`);
}

type Exit = Pick<Ended, 'exit' | 'signal' | 'timedOut'>;

/** After a time-out the answer waits until all its processes are gone, not only the first one. */
function endOf(child: ChildProcess, { timeoutMs, signal: stop }: ShellCommand, trace: RunTrace): Promise<Exit> {
  return new Promise((resolve, reject) => {
    let end: Exit = { exit: null, signal: null, timedOut: false };
    let ending: Promise<void> | undefined;
    const endNow = (): void => {
      ending ??= endProcesses(trace).then(() => resolve(end), reject);
    };
    const timer = setTimeout(() => {
      end = { ...end, timedOut: true };
      endNow();
    }, timeoutMs);
    stop?.addEventListener('abort', endNow, { once: true });
    if (stop?.aborted) endNow();
    child.once('exit', (exit, signal) => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', endNow);
      end = { ...end, exit, signal };
      if (ending === undefined) resolve(end);
    });
  });
}
