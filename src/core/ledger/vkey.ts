import type { Sha256 } from './hash.ts';
import { fromStandardBase64, joinBytes, toBase64, toHex } from './octets.ts';

// Verifier keys of C2SP signed-note.

/** Signature type bytes and the length of their public keys. ML-DSA-44 keys are read, their signatures cannot be checked here. */
const publicKeyBytes = { 0x01: 32, 0x04: 32, 0x06: 1312 } as const;

/** 0x01: Ed25519 over the note's text. 0x04: Ed25519 cosignature/v1. 0x06: ML-DSA-44 cosignature. */
export type KeyType = keyof typeof publicKeyBytes;

/** A key that a note's signatures are checked with. Name and id together say which signature is by it. */
export interface VerifierKey {
  readonly name: string;
  /** Eight lowercase hexadecimal digits. */
  readonly keyId: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

/** Signs notes under a name. `sign` gets the note's text in UTF-8 and answers what follows the key id in the signature. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Not empty, well formed, without Unicode spaces, control characters and plus. */
export function isKeyName(name: string): boolean {
  // A lone surrogate (Cs) has no UTF-8.
  return name !== '' && !/[\p{White_Space}\p{Cs}+]/u.test(name) && !hasControl(name);
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20) return true;
  return false;
}

/** SHA-256(name || 0x0A || type || public key)[:4]. */
export function keyIdOf(key: Omit<VerifierKey, 'keyId'>, sha256: Sha256): string {
  const hash = sha256(joinBytes(new TextEncoder().encode(`${key.name}\n`), typedKey(key)));
  return toHex(hash.subarray(0, 4));
}

export function verifierKey(key: Omit<VerifierKey, 'keyId'>, sha256: Sha256): VerifierKey {
  return { ...key, keyId: keyIdOf(key, sha256) };
}

/** `<name>+<key id>+<base64 of type || public key>`. */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${key.keyId}+${toBase64(typedKey(key))}`;
}

/** Undefined when the text is no such key, its id is not that of the key, or its type is none of `KeyType`. */
export function parseVkey(text: string, sha256: Sha256): VerifierKey | undefined {
  // Base64 may contain a plus, a name may not.
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined || !isKeyName(name)) return undefined;
  const bytes = fromStandardBase64(encoded);
  const type = bytes?.[0];
  if (bytes === undefined || !isKeyType(type) || bytes.length !== 1 + publicKeyBytes[type]) return undefined;
  const key = verifierKey({ name, type, publicKey: bytes.slice(1) }, sha256);
  return key.keyId === keyId ? key : undefined;
}

function isKeyType(type: number | undefined): type is KeyType {
  return type !== undefined && Object.hasOwn(publicKeyBytes, type);
}

function typedKey({ type, publicKey }: Pick<VerifierKey, 'type' | 'publicKey'>): Uint8Array {
  return joinBytes(new Uint8Array([type]), publicKey);
}
