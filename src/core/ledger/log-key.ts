import type { Sha256 } from './hash.ts';
import { toHex } from './octets.ts';
import { type NoteSigner, type VerifierKey, verifierKey } from './vkey.ts';

/** A log's own Ed25519 key. */
export interface LogKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The log keys of one user, all derived from one secret. */
export interface LogKeys {
  /** What a new log's key is derived from; makes the secret when there is none. Throws KEY_UNREADABLE, CONFIG_FOLDER. */
  newId(): Promise<string>;
  /** Undefined when this user has no secret. Throws KEY_UNREADABLE. */
  of(id: string): Promise<LogKey | undefined>;
}

/** A DNS label has at most 63 characters; the hyphen and eight digits of the key follow the name. */
const longestName = 54;

/** `<name>-<8 hex of the public key's hash>.factum.internal`: a bare host name, which stock tools take for a URL's host. */
export function originOf(name: string, { publicKey }: Pick<LogKey, 'publicKey'>, sha256: Sha256): string {
  const spelled = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestName)
    .replaceAll(/^-|-$/g, '');
  return `${spelled || 'log'}-${toHex(sha256(publicKey).subarray(0, 4))}.factum.internal`;
}

export function verifierOf(origin: string, { publicKey }: Pick<LogKey, 'publicKey'>, sha256: Sha256): VerifierKey {
  return verifierKey({ name: origin, type: 0x01, publicKey }, sha256);
}

export function noteSignerOf(origin: string, key: LogKey, sha256: Sha256): NoteSigner {
  return { name: origin, keyId: verifierOf(origin, key, sha256).keyId, sign: key.sign };
}
