import type { KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import type { EnvelopeKey } from '../core/ledger/dsse.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { formatPublicKeyLine, publicKeyFingerprint } from '../core/ledger/ssh-key.ts';
import { makeConfigurationFolder, writeOnce } from './configuration-folder.ts';
import { nodeCrypto } from './node-crypto.ts';

/** The key of this user on this machine. It says which machine wrote an entry, never which person. */
export interface MachineKeys {
  /** Made on first use. Throws KEY_UNREADABLE. */
  own(): Promise<EnvelopeKey>;
}

const keyFile = 'machine.key';
const othersMayRead = 0o077;

/** `folder` is Factum's folder in the user's configuration. */
export function machineKeys(folder: string): MachineKeys {
  const path = join(folder, keyFile);
  let known: EnvelopeKey | undefined;

  async function existing(): Promise<EnvelopeKey | undefined> {
    known ??= await readKey(path);
    return known;
  }

  return {
    async own() {
      const key = await existing();
      if (key !== undefined) return key;
      await makeConfigurationFolder(folder);
      await writeOnce(path, newKey());
      // Of two processes that made one at once, the first to link wins: both read that one.
      const made = await existing();
      if (made === undefined) throw unreadableKey(path, 'a key was written and is not there');
      return made;
    },
  };
}

function newKey(): string {
  const { privateKey } = nodeCrypto().generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function readKey(path: string): Promise<EnvelopeKey | undefined> {
  const pem = await readSecret(path);
  return pem === undefined ? undefined : envelopeKey(path, pem);
}

/** Text of a file that only this user may read; undefined when it is not there. Throws KEY_UNREADABLE. */
export async function readSecret(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { mode, uid } = await file.stat();
      refuseSharedKey(path, mode, uid);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    if (thrown instanceof FactumError) throw thrown;
    throw unreadableKey(path, messageOf(thrown));
  }
}

function refuseSharedKey(path: string, mode: number, uid: number): void {
  const user = process.geteuid?.();
  if (user !== undefined && uid !== user) {
    throw unreadableKey(
      path,
      `expected user ${user} to own it, got user ${uid}; chown it, or move it away for a new one`,
    );
  }
  if (user !== undefined && (mode & othersMayRead) !== 0) {
    throw unreadableKey(path, `expected mode 600, got ${(mode & 0o777).toString(8)}; chmod 600 ${path}`);
  }
}

function envelopeKey(path: string, pem: string): EnvelopeKey {
  const privateKey = privateKeyOf(path, pem);
  const publicKey = nodeCrypto().createPublicKey(privateKey);
  const sshKey = { type: 'ecdsa-sha2-nistp256', point: pointOf(publicKey) } as const;
  return {
    keyid: publicKeyFingerprint(sshKey, (bytes) => nodeCrypto().hash('sha256', bytes, 'buffer')),
    publicKey: formatPublicKeyLine(sshKey),
    sign: (message) =>
      new Promise((resolve, reject) => {
        nodeCrypto().sign('sha256', message, privateKey, (error, signature) => {
          if (error === null) resolve(signature);
          else reject(error);
        });
      }),
  };
}

function privateKeyOf(path: string, pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = nodeCrypto().createPrivateKey(pem);
  } catch (thrown) {
    throw unreadableKey(path, `expected a PKCS8 private key in PEM, got: ${messageOf(thrown)}`);
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve !== 'prime256v1') {
    throw unreadableKey(
      path,
      `expected an ECDSA P-256 key, got ${key.asymmetricKeyType ?? 'another'} ${curve ?? ''}`.trim(),
    );
  }
  return key;
}

/** The uncompressed point is the last 65 bytes of a P-256 SubjectPublicKeyInfo. */
function pointOf(publicKey: KeyObject): Uint8Array {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
}

export function unreadableKey(path: string, why: string): FactumError {
  return new FactumError('KEY_UNREADABLE', `the key ${path} cannot be used: ${why}`);
}
