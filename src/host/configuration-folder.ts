import { randomUUID } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Factum's folder in the user's configuration: `$XDG_CONFIG_HOME/factum`, else `~/.config/factum`. */
export function configurationFolder(env: NodeJS.ProcessEnv): string {
  const configured = env['XDG_CONFIG_HOME'];
  // The XDG specification: a relative path there is invalid and must be ignored.
  const parent = configured !== undefined && isAbsolute(configured) ? configured : join(homedir(), '.config');
  return join(parent, 'factum');
}

export async function makeConfigurationFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Writes a file that only this user reads, whole and durable; one that is there already is left alone. */
export async function writeOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await link(temporary, path);
    await syncFolder(dirname(path));
  } catch (thrown) {
    if (!isErrno(thrown, 'EEXIST')) throw thrown;
  } finally {
    await file.close();
    await unlink(temporary);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isErrno(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code));
}
