import { join } from 'node:path';
import type { FileLayer } from './journal/files/file-layer.ts';

/** Milliseconds. Nobody writes one file for so long. */
const leftAfterMs = 3_600_000;

/** Removes what processes that were killed began to write into a folder: old files that end with `.tmp`. */
export async function removeLeft(files: Pick<FileLayer, 'names' | 'writtenAt' | 'removeFolder'>, folder: string) {
  const names = await files.names(folder);
  for (const path of names.filter((name) => name.endsWith('.tmp')).map((name) => join(folder, name))) {
    const writtenAt = await files.writtenAt(path);
    if (writtenAt !== undefined && writtenAt < Date.now() - leftAfterMs) await files.removeFolder(path);
  }
}
