import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { FactumError, messageOf } from '../../core/errors.ts';
import { couldNotLook, type Seen, seen } from '../../core/ports.ts';
import { writeOwner } from './owner.ts';

interface Purpose {
  readonly prefix: 'factum-run-' | 'factum-tree-' | 'factum-checkout-' | 'factum-clone-';
  /** Of the run that it serves. */
  readonly mark?: string;
}

/** A fresh folder in `base` that says whose it is. Throws TEMPORARY_FOLDER. */
export function makeTemporary({ prefix, mark }: Purpose, base = tmpdir()): string {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(base, prefix));
    writeOwner(folder, mark);
    return folder;
  } catch (cause) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    const from = base === process.env['TMPDIR'] ? 'TMPDIR names' : 'temporary files go to';
    throw new FactumError('TEMPORARY_FOLDER', `${from} ${base}, which takes no folder: ${messageOf(cause)}`, { cause });
  }
}

/**
 * A fresh folder for temporary files, outside of `repository`.
 * Its path has only characters that mean nothing to a shell, so that it can stand in any kind of quotes.
 */
export function temporaryFolder(purpose: Purpose, repository: string): Seen<string> {
  try {
    const top = realpathSync(repository);
    const base = temporaryBases()
      .map(plain)
      .find((folder) => folder !== undefined && !isIn(folder, top));
    if (base !== undefined) return seen(makeTemporary(purpose, base));
    return couldNotLook('broken', `no temporary folder outside ${repository} has a plain name: set TMPDIR to one`);
  } catch (error) {
    return couldNotLook('broken', messageOf(error));
  }
}

/** Where temporary folders may be, the preferred place first. */
export function temporaryBases(): readonly string[] {
  return [...new Set([tmpdir(), '/tmp', '/var/tmp'])];
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
