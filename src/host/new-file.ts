import { open, rename, rm } from 'node:fs/promises';
import { FactumError, messageOf } from '../core/errors.ts';

/** Writes a file that is not there yet, whole or not at all. Throws EXPORT_FILE. */
export async function writeNewFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeDurably(temporary, content);
    // Takes the name, so that the renaming goes over no file of another; hard links would, but not every disk has them.
    await (await open(path, 'wx')).close();
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new FactumError('EXPORT_FILE', `${path} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

async function writeDurably(path: string, content: string): Promise<void> {
  await using file = await open(path, 'wx');
  await file.writeFile(content);
  await file.sync();
}
