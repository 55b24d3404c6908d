import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { couldNotLook, type Seen, seen } from '../../core/ports.ts';

/**
 * A fresh folder for temporary files, outside of `repository`.
 * Its path has only characters that mean nothing to a shell, so that it can stand in any kind of quotes.
 */
export async function temporaryFolder(prefix: string, repository: string): Promise<Seen<string>> {
  const top = await realpath(repository);
  for (const base of [tmpdir(), '/tmp', '/var/tmp']) {
    const folder = await usable(base, top);
    if (folder !== undefined) return seen(await mkdtemp(join(folder, prefix)));
  }
  return couldNotLook('broken', `no temporary folder outside ${repository} has a plain name: set TMPDIR to one`);
}

async function usable(base: string, repository: string): Promise<string | undefined> {
  const folder = await realpath(base).catch(() => undefined);
  if (folder === undefined || !/^[\w./-]+$/.test(folder)) return undefined;
  return folder === repository || folder.startsWith(repository + sep) ? undefined : folder;
}
