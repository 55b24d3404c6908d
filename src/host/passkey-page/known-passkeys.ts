import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { isErrno } from '../../core/errno.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import { KeyRecord, PasskeyScope } from '../../core/ledger/key-record.ts';
import { makeConfigurationFolder, writeOnce } from '../configuration-folder.ts';

/** A passkey that was made on this machine. All of it is public; the private half stays in the authenticator. */
export const KnownPasskey = deferred(() =>
  z.object({
    fingerprint: KeyRecord.shape.fingerprint,
    /** As in an `authorized_keys` file. */
    key: KeyRecord.shape.key,
    /** By which the authenticator finds it; base64url. */
    credentialId: z.string().regex(/^[\w-]{1,1364}$/),
    passkey: PasskeyScope,
    holder: z.string(),
  }),
);
export type KnownPasskey = Readonly<z.infer<typeof KnownPasskey>>;

const folderName = 'passkeys';

/** One file for each, so that several processes write at once without a lock. Throws CONFIG_FOLDER. */
export async function keepPasskey(folder: string, passkey: KnownPasskey): Promise<void> {
  const kept = join(folder, folderName);
  await makeConfigurationFolder(kept);
  const name = passkey.fingerprint.replace('SHA256:', '').replaceAll('/', '_');
  await writeOnce(join(kept, `${name}.json`), `${JSON.stringify(passkey)}\n`);
}

/** In no order that means anything. Throws CONFIG_FOLDER. */
export async function knownPasskeys(folder: string): Promise<readonly KnownPasskey[]> {
  const kept = join(folder, folderName);
  const names = await namesIn(kept);
  return Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readPasskey(join(kept, name))));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return [];
    throw unreadable(folder, messageOf(cause), cause);
  }
}

async function readPasskey(path: string): Promise<KnownPasskey> {
  try {
    return KnownPasskey.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw unreadable(path, cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause), cause);
  }
}

function unreadable(path: string, why: string, cause: unknown): FactumError {
  return new FactumError('CONFIG_FOLDER', `${path} cannot be read as a passkey: ${why}`, { cause });
}
