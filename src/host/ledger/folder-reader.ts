import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FactumError, messageOf } from '../../core/errors.ts';
import type { LedgerReader } from '../../core/ledger/check/reader.ts';
import { isErrno } from '../configuration-folder.ts';

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
    return await readFile(join(folder, path));
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw unreadable(join(folder, path), thrown);
  }
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
