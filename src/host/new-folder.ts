import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FactumError, messageOf } from '../core/errors.ts';
import type { ExportedFile } from '../core/ledger/export/folder.ts';
import { forAll, makeFolder } from './make-folder.ts';

/** Writes into a folder that is new or empty, and never over a file. Throws EXPORT_FOLDER. */
export async function writeNewFolder(folder: string, files: readonly ExportedFile[]): Promise<void> {
  try {
    makeFolder(folder, forAll);
    const [there] = await readdir(folder);
    if (there !== undefined) throw new Error(`expected an empty folder, got one with ${there}`);
    for (const { path, content } of files) {
      makeFolder(dirname(join(folder, path)), forAll);
      await writeFile(join(folder, path), content, { flag: 'wx' });
    }
  } catch (cause) {
    throw new FactumError('EXPORT_FOLDER', `${folder} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
