import { open, realpath, rename, rm, stat } from 'node:fs/promises';

/** Writes a file whole or not at all; one that is there keeps its permissions, and a link stays a link. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = (await stat(target).catch(() => undefined))?.mode ?? 0o644;
  const temporary = `${target}.${crypto.randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
    await rename(temporary, target);
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}
