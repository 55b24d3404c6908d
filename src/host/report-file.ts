import { writeFile } from 'node:fs/promises';
import { FactumError, messageOf } from '../core/errors.ts';

/** Writes what the user asked for to the file that they named, over one that is there. Throws REPORT_FILE. */
export async function writeReport(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new FactumError('REPORT_FILE', `${path} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
