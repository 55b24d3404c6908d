import { link, open, unlink } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { makeFolder } from './make-folder.ts';

/** Factum's folder in the user's configuration: `$XDG_CONFIG_HOME/factum`, else `~/.config/factum`. */
export function configurationFolder(env: NodeJS.ProcessEnv): string {
  const configured = env['XDG_CONFIG_HOME'];
  // The XDG specification: a relative path there is invalid and must be ignored.
  const parent = configured !== undefined && isAbsolute(configured) ? configured : join(userHome(), '.config');
  return join(parent, 'factum');
}

/** A HOME that is empty or relative would put keys into whatever folder somebody stands in. */
export function userHome(): string {
  try {
    const named = homedir();
    const folder = isAbsolute(named) ? named : userInfo().homedir;
    if (isAbsolute(folder)) return folder;
    throw new FactumError('CONFIG_FOLDER', `expected an absolute path in HOME, got ${JSON.stringify(named)}`);
  } catch (cause) {
    if (cause instanceof FactumError) throw cause;
    throw new FactumError('CONFIG_FOLDER', `this user has no home folder: ${messageOf(cause)}`, { cause });
  }
}

/** Throws CONFIG_FOLDER. */
export async function makeConfigurationFolder(folder: string): Promise<void> {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw notMade(folder, cause);
  }
}

function notMade(path: string, cause: unknown): FactumError {
  return new FactumError('CONFIG_FOLDER', `${path} cannot be made: ${messageOf(cause)}`, { cause });
}

/** Writes a file that only this user reads, whole and durable; one that is there already is left. Throws CONFIG_FOLDER. */
export async function writeOnce(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (cause) {
    if (!isErrno(cause, 'EEXIST')) throw notMade(path, cause);
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await link(temporary, path);
    await syncFolder(dirname(path));
  } finally {
    await file.close();
    await unlink(temporary);
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
