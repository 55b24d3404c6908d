import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import type { LedgerReader } from '../../core/ledger/check/reader.ts';

/** The largest that looks keep are reports of runs: 64 MiB, and more once secrets are taken out. */
const maxBlobBytes = 256 * 1024 * 1024;

/** The largest other file of a ledger is a bundle: 256 entries of 65,535 bytes and their lengths. */
export const maxFileBytes = 256 * (65_535 + 2);

/** A ledger in a folder: Factum's own, or a copy of what a log serves. Throws LEDGER_UNREADABLE when it is neither. */
export async function folderReader(folder: string): Promise<LedgerReader> {
  for (const [sign, layout] of [
    ['journal', 'store'],
    ['checkpoint', 'log'],
    ['tile', 'log'],
  ] as const) {
    if (await isThere(join(folder, sign))) return { place: folder, layout, read: (path) => readIn(folder, path) };
  }
  throw new FactumError('LEDGER_UNREADABLE', `${folder}: expected a journal, a checkpoint or tiles in it, got none`);
}

/** Paths come from Factum itself, never from what a ledger says. */
async function readIn(folder: string, path: string): Promise<Uint8Array | undefined> {
  try {
    return await readRegular(join(folder, path), path.startsWith('blobs/') ? maxBlobBytes : maxFileBytes);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw unreadable(join(folder, path), thrown);
  }
}

/** No pipe or device, which may never end, and no link out of the folder. */
async function readRegular(path: string, most: number): Promise<Uint8Array> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const found = await file.stat();
  if (!found.isFile()) throw new Error('expected a regular file');
  if (found.size > most) throw new Error(`expected at most ${most} bytes, got ${found.size}`);
  const bytes = new Uint8Array(found.size);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return false;
    throw unreadable(path, thrown);
  }
}

export function unreadable(what: string, thrown: unknown): FactumError {
  return new FactumError('LEDGER_UNREADABLE', `${what}: ${messageOf(thrown)}`, { cause: thrown });
}
