import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const main = resolve('src/main.ts');
/** Compiling the sources anew takes each process half of its time. */
const compiled = { NODE_COMPILE_CACHE: resolve('node_modules/.cache/factum') };

export interface Ended {
  /** Null when a signal ended it. */
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  /** It may be killed. */
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The real program in a process of its own; `input` is all of its standard input. */
export function factumProcess(
  cwd: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Running {
  const child = spawn(process.execPath, [main, ...argv], { cwd, env: { ...compiled, ...env } });
  // It may end without having read it.
  child.stdin.on('error', () => undefined).end(input);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed);
    child.once('close', (exit) => done({ exit, out, err }));
  });
  return { child, ended };
}

/** What it has said on standard error when that matches; throws when it ends before. */
export function heard({ child, ended }: Running, pattern: RegExp): Promise<string> {
  return new Promise((answer, fail) => {
    let err = '';
    child.stderr?.on('data', (text: string) => {
      err += text;
      if (pattern.test(err)) answer(err);
    });
    void ended.then(({ err: all }) => fail(new Error(all)), fail);
  });
}
