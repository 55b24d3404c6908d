import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import type { SeenAnswers } from '../core/operation.ts';
import { makeConfigurationFolder } from './configuration-folder.ts';

/** Which answers this user was shown, a line each in the user's configuration; lines are only ever added. */
export function seenAnswersIn(folder: string): SeenAnswers {
  const path = join(folder, 'seen-answers');

  async function all(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await readFile(path, 'utf8')).split('\n'));
    } catch (cause) {
      if (isErrno(cause, 'ENOENT')) return new Set();
      throw unusable(path, cause);
    }
  }

  return {
    all,
    async remember(keys) {
      const known = await all();
      const news = keys.filter((key) => !known.has(key));
      if (news.length === 0) return;
      await makeConfigurationFolder(folder);
      try {
        // In one write at the end, so that several commands at once lose nothing.
        await appendFile(path, news.map((key) => `${key}\n`).join(''), { mode: 0o600 });
      } catch (cause) {
        throw unusable(path, cause);
      }
    },
  };
}

function unusable(path: string, cause: unknown): FactumError {
  return new FactumError('CONFIG_FOLDER', `${path} cannot be used: ${messageOf(cause)}`, { cause });
}
