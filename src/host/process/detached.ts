import { spawn } from 'node:child_process';

/** Starts a program that outlives this one; nobody hears how it ends. */
export function startDetached([program, ...args]: readonly [string, ...string[]], dir: string): void {
  spawn(program, args, { cwd: dir, detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}
