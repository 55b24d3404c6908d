import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FactumError, messageOf } from '../core/errors.ts';
import type { ExportedFile } from '../core/ledger/export/folder.ts';

/** Writes into a folder that is new or empty, and never over a file. Throws EXPORT_FOLDER. */
export async function writeNewFolder(folder: string, files: readonly ExportedFile[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const [there] = await readdir(folder);
    if (there !== undefined) throw new Error(`expected an empty folder, got one with ${there}`);
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content, { flag: 'wx' });
    }
  } catch (cause) {
    throw new FactumError('EXPORT_FOLDER', `${folder} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
