import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import type { LogKey, LogKeys } from '../core/ledger/log-key.ts';
import { fromHex } from '../core/ledger/octets.ts';
import { makeConfigurationFolder, writeOnce } from './configuration-folder.ts';
import { readSecret, unreadableKey } from './keys.ts';
import { nodeCrypto } from './node-crypto.ts';

const seedFile = 'log.seed';
const seedForm = /^[0-9a-f]{64}\n$/;
/** An Ed25519 private key in PKCS8 is these bytes and its seed (RFC 8410). */
const pkcs8Head = fromHex('302e020100300506032b657004220420');
const publicKeyBytes = 32;

/** The keys of all logs that this user signs: one secret in `folder`, Factum's in the user's configuration. */
export function logKeys(folder: string): LogKeys {
  const path = join(folder, seedFile);
  return {
    async newId() {
      if ((await readSecret(path)) === undefined) {
        await makeConfigurationFolder(folder);
        // Of two processes that make one at once, the first to link wins.
        await writeOnce(path, `${nodeCrypto().randomBytes(32).toString('hex')}\n`);
      }
      return nodeCrypto().randomUUID();
    },
    async of(id) {
      const text = await readSecret(path);
      if (text === undefined) return undefined;
      if (!seedForm.test(text)) throw unreadableKey(path, 'expected 64 hexadecimal digits and a line break');
      return derived(path, fromHex(text.trim()), id);
    },
  };
}

function derived(path: string, seed: Uint8Array, id: string): LogKey {
  try {
    const own = nodeCrypto().hkdfSync('sha256', seed, new Uint8Array(), `factum log key\n${id}`, 32);
    const der = Buffer.concat([pkcs8Head, new Uint8Array(own)]);
    const privateKey = nodeCrypto().createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const spki = nodeCrypto().createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    return {
      publicKey: new Uint8Array(spki.subarray(-publicKeyBytes)),
      sign: (message) => Promise.resolve(nodeCrypto().sign(null, message, privateKey)),
    };
  } catch (thrown) {
    throw unreadableKey(path, messageOf(thrown));
  }
}
