import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import { formatVkey, parseVkey, type VerifierKey, verifierKey } from '../../core/ledger/vkey.ts';
import { writeOnce } from '../configuration-folder.ts';
import { readSecret, unreadableKey } from '../keys.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { nodeSshsigPorts } from '../signatures.ts';

export interface WitnessKey {
  readonly key: VerifierKey;
  /** Ed25519. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

const { sha256 } = nodeSshsigPorts;
const publicKeyBytes = 32;

/**
 * The witness's key in its folder, made on first use; its name is kept beside it, because the two are one identity.
 * Throws KEY_UNREADABLE, or USAGE for another name than the one it has.
 */
export async function witnessKey(dir: string, name: string | undefined): Promise<WitnessKey> {
  const [keyPath, vkeyPath] = [join(dir, 'witness.key'), join(dir, 'vkey')];
  const known = await readVkey(vkeyPath);
  if (known !== undefined && name !== undefined && known.name !== name)
    throw new FactumError('USAGE', `the witness in ${dir} is named ${known.name}: a new name needs a new --dir`);
  // A witness with a new key would be another one, that remembers what it never cosigned.
  if (known === undefined) await writeOnce(keyPath, newKey());
  const pem = await readSecret(keyPath);
  if (pem === undefined) throw unreadableKey(keyPath, `it is gone, and ${vkeyPath} is there`);
  const own = ownKey(keyPath, pem, known?.name ?? name);
  if (known === undefined) await writeOnce(vkeyPath, `${formatVkey(own.key)}\n`);
  else if (formatVkey(known) !== formatVkey(own.key)) throw unreadableKey(keyPath, `it is not that of ${vkeyPath}`);
  return own;
}

async function readVkey(path: string): Promise<VerifierKey | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw unreadableKey(path, messageOf(thrown));
  }
  const key = parseVkey(text.trim(), sha256);
  if (key?.type !== 0x04) throw unreadableKey(path, 'expected the vkey of a witness');
  return key;
}

function newKey(): string {
  const { privateKey } = nodeCrypto().generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function ownKey(path: string, pem: string, name: string | undefined): WitnessKey {
  try {
    const privateKey = nodeCrypto().createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519')
      throw new Error(`expected Ed25519, got ${privateKey.asymmetricKeyType}`);
    const spki = nodeCrypto().createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    const publicKey = new Uint8Array(spki.subarray(-publicKeyBytes));
    const own = `witness-${nodeCrypto().hash('sha256', publicKey).slice(0, 8)}.factum.internal`;
    return {
      key: verifierKey({ name: name ?? own, type: 0x04, publicKey }, sha256),
      sign: (message) => Promise.resolve(nodeCrypto().sign(null, message, privateKey)),
    };
  } catch (thrown) {
    throw unreadableKey(path, messageOf(thrown));
  }
}
