import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Puts this repository's files as they are now, committed or not, over those in `dir`; what git ignores stays here. */
export function copyTreeTo(dir: string): void {
  const here = resolve('.');
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: here });
  for (const path of listed.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    if (existsSync(join(here, path))) cpSync(join(here, path), join(dir, path));
    else rmSync(join(dir, path), { force: true });
  }
}
