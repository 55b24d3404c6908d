import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { FactumError, messageOf } from '../../core/errors.ts';
import { couldNotLook, type Seen, seen } from '../../core/ports.ts';

/** A fresh folder in `base`. Throws TEMPORARY_FOLDER. */
export function makeTemporary(prefix: string, base = tmpdir()): string {
  try {
    return mkdtempSync(join(base, prefix));
  } catch (cause) {
    const from = base === process.env['TMPDIR'] ? 'TMPDIR names' : 'temporary files go to';
    throw new FactumError('TEMPORARY_FOLDER', `${from} ${base}, which takes no folder: ${messageOf(cause)}`, { cause });
  }
}

/**
 * A fresh folder for temporary files, outside of `repository`.
 * Its path has only characters that mean nothing to a shell, so that it can stand in any kind of quotes.
 */
export function temporaryFolder(prefix: string, repository: string): Seen<string> {
  try {
    const top = realpathSync(repository);
    const base = [tmpdir(), '/tmp', '/var/tmp'].map(plain).find((folder) => folder !== undefined && !isIn(folder, top));
    if (base !== undefined) return seen(makeTemporary(prefix, base));
    return couldNotLook('broken', `no temporary folder outside ${repository} has a plain name: set TMPDIR to one`);
  } catch (error) {
    return couldNotLook('broken', messageOf(error));
  }
}

/** Its real path, where that is plain. One that is not there is no reason to take another: commands get it, too. */
function plain(base: string, place: number): string | undefined {
  try {
    const folder = realpathSync(base);
    return /^[\w./-]+$/.test(folder) ? folder : undefined;
  } catch {
    return place === 0 ? base : undefined;
  }
}

function isIn(folder: string, top: string): boolean {
  return folder === top || folder.startsWith(top + sep);
}
