import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

interface Limits {
  /** Largest file that the process may write, as `ulimit -f` counts. */
  readonly fileKibibytes: number;
  readonly argv: readonly string[];
}

/** Runs the real program where files cannot grow past a limit. SIGXFSZ is ignored, so that writes fail with EFBIG. */
export function factumIn(
  dir: string,
  env: Readonly<Record<string, string>>,
  { fileKibibytes, argv }: Limits,
): { readonly exit: number | null; readonly err: string } {
  const script = `trap '' XFSZ; ulimit -f ${fileKibibytes}; exec "$@"`;
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', script, 'bash', process.execPath, resolve('src/main.ts'), ...argv],
    {
      cwd: dir,
      env,
      encoding: 'utf8',
    },
  );
  return { exit: status, err: stderr };
}
