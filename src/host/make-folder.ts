import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno } from '../core/errno.ts';

/**
 * A folder and its parents, by default for this user alone. Not by mkdir's own recursion: below /proc, where a folder takes
 * none and says ENOENT, that never ends, and nothing ends the program.
 */
export function makeFolder(folder: string, mode = 0o700): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (thrown) {
    if (!isErrno(thrown, 'EEXIST')) throw thrown;
  }
}

/** As the umask has it. */
export const forAll = 0o777;
