import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import type { SeenCheckpoint } from '../../core/ledger/check/anchors.ts';
import { makeConfigurationFolder } from '../configuration-folder.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { unreadable } from './folder-reader.ts';

/** The last checkpoint that this user saw of each log, in the user's configuration: a log cannot take it back. */
export function seenCheckpoints(configuration: string) {
  const folder = join(configuration, 'checkpoints');

  /** An origin is a stranger's word, so it names no file by itself. */
  function pathOf(origin: string): string {
    return join(folder, nodeCrypto().hash('sha256', origin));
  }

  return {
    async lastSeen(origin: string): Promise<readonly SeenCheckpoint[]> {
      const place = pathOf(origin);
      try {
        return [{ place, note: await readFile(place, 'utf8') }];
      } catch (thrown) {
        if (isErrno(thrown, 'ENOENT')) return [];
        throw unreadable(place, thrown);
      }
    },
    async remember(origin: string, note: string): Promise<void> {
      const path = pathOf(origin);
      const temporary = `${path}.${crypto.randomUUID()}.tmp`;
      await makeConfigurationFolder(folder);
      await writeFile(temporary, note, { mode: 0o600, flush: true });
      await rename(temporary, path);
    },
  };
}
