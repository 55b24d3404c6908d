import { access, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { makeConfigurationFolder, writeOnce } from './configuration-folder.ts';
import { nodeCrypto } from './node-crypto.ts';

/** Which configurations this user trusts, by digest and repository. */
export interface Trust {
  isTrusted(digest: string, repositoryDir: string): Promise<boolean>;
  /** `trustedAt` is RFC 3339, UTC. */
  record(digest: string, repositoryDir: string, trustedAt: string): Promise<void>;
}

/** One file per trusted configuration, so that several processes record at once without a lock. */
export function trustIn(folder: string): Trust {
  const trusted = join(folder, 'trusted');

  async function placeOf(digest: string, repositoryDir: string): Promise<{ path: string; repository: string }> {
    const repository = await realpath(repositoryDir);
    return { path: join(trusted, nodeCrypto().hash('sha256', `${digest}\n${repository}`)), repository };
  }

  return {
    async isTrusted(digest, repositoryDir) {
      const { path } = await placeOf(digest, repositoryDir);
      try {
        await access(path);
        return true;
      } catch (thrown) {
        if (isErrno(thrown, 'ENOENT')) return false;
        throw new FactumError('CONFIG_FOLDER', `${path} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
      }
    },
    async record(digest, repositoryDir, trustedAt) {
      const { path, repository } = await placeOf(digest, repositoryDir);
      await makeConfigurationFolder(trusted);
      await writeOnce(path, `${JSON.stringify({ repository, digest, trustedAt })}\n`);
    },
  };
}
