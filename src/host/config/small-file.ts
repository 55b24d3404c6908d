import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import { maxConfigBytes } from '../../core/config/config.ts';

/** Text of a build file at `path`; undefined when it is not there, no regular file, too large or not UTF-8. */
export function readSmallFile(dir: string, path: string): string | undefined {
  try {
    const full = join(dir, path);
    const stat = statSync(full);
    if (!stat.isFile() || stat.size > maxConfigBytes) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(full));
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ERR_ENCODING_INVALID_ENCODED_DATA')) return undefined;
    throw thrown;
  }
}
