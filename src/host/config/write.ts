import { link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import { configFileName } from '../../core/config/config.ts';
import { FactumError } from '../../core/errors.ts';

/** Writes `factum.yaml` whole or not at all; returns its path. Throws CONFIG_EXISTS unless it may be replaced. */
export async function writeConfig(
  dir: string,
  text: string,
  { replace }: { readonly replace: boolean },
): Promise<string> {
  const path = join(dir, configFileName);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
    if (replace) await rename(temporary, path);
    else await link(temporary, path); // fails where rename would replace
    return path;
  } catch (cause) {
    if (isErrno(cause, 'EEXIST')) throw new FactumError('CONFIG_EXISTS', `${path} is there already`, { cause });
    throw cause;
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}
