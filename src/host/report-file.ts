import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FactumError, messageOf } from '../core/errors.ts';

/** Writes what the user asked for to the file that they named, over one that is there. Throws REPORT_FILE. */
export async function writeReport(path: string, text: string): Promise<void> {
  await orRefuse(path, () => writeFile(path, text));
}

/** As far as can be told without writing, before anything is read. Throws REPORT_FILE. */
export async function refuseUnwritable(path: string): Promise<void> {
  await orRefuse(path, async () => {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory() === true) throw new Error('it is a folder');
    if (there === undefined && !(await stat(dirname(path))).isDirectory()) throw new Error('it is below a file');
    await access(there === undefined ? dirname(path) : path, constants.W_OK);
  });
}

async function orRefuse(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new FactumError('REPORT_FILE', `${path} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
