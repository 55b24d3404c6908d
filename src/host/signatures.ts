import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { RawPublicKey, SignatureAlgorithm, SignaturePort } from '../core/ledger/signature-port.ts';
import type { SshsigPorts } from '../core/ledger/sshsig.ts';
import { nodeCrypto } from './node-crypto.ts';

interface Scheme {
  /** Null: the algorithm hashes by itself. */
  readonly digest: string | null;
  readonly curve?: string;
  /** Bytes of r and of s. */
  readonly width?: number;
}

const schemes: Readonly<Record<SignatureAlgorithm, Scheme>> = {
  ed25519: { digest: null },
  'ecdsa-p256-sha256': { digest: 'sha256', curve: 'P-256', width: 32 },
  'ecdsa-p384-sha384': { digest: 'sha384', curve: 'P-384', width: 48 },
  'ecdsa-p521-sha512': { digest: 'sha512', curve: 'P-521', width: 66 },
  'rsa-sha256': { digest: 'sha256' },
  'rsa-sha512': { digest: 'sha512' },
};

/** Checks signatures by OpenSSL, on threads of Node's own. */
export const nodeSignatures: SignaturePort = {
  verify(algorithm, publicKey, message, signature) {
    const asked = questionOf(algorithm, publicKey, signature);
    if (asked === undefined) return Promise.resolve(false);
    const { digest, key, form } = asked;
    return new Promise((resolve) => {
      nodeCrypto().verify(digest, message, key, form, (error, verifies) => resolve(error === null && verifies));
    });
  },
};

/** The same on the thread that asks: for one that has nothing else to do. */
export const signaturesHere: SignaturePort = {
  async verify(algorithm, publicKey, message, signature) {
    const asked = questionOf(algorithm, publicKey, signature);
    return asked !== undefined && nodeCrypto().verify(asked.digest, message, asked.key, asked.form);
  },
};

/** Undefined for a key or a signature of another form. */
function questionOf(algorithm: SignatureAlgorithm, publicKey: RawPublicKey, signature: Uint8Array) {
  const key = publicKeyOf(algorithm, publicKey);
  const { digest, width } = schemes[algorithm];
  if (key === undefined || (width !== undefined && signature.length !== 2 * width)) return undefined;
  // Node takes r || s as well, and spends half as long as the check on that.
  return { digest, key, form: width === undefined ? signature : derOfPair(signature) };
}

/** What SSH signatures are checked with. */
export const nodeSshsigPorts: SshsigPorts = {
  signatures: nodeSignatures,
  sha256: (bytes) => nodeCrypto().hash('sha256', bytes, 'buffer'),
  sha512: (bytes) => nodeCrypto().hash('sha512', bytes, 'buffer'),
};

/** A ledger has few keys and many signatures, and to make a key takes as long as half a check. */
const known = new Map<string, KeyObject>();
const mostKnown = 256;

/** Undefined when OpenSSL takes it for no key, such as a point that is not on the curve. */
function publicKeyOf(algorithm: SignatureAlgorithm, publicKey: RawPublicKey): KeyObject | undefined {
  const name = nameOf(algorithm, publicKey);
  const there = known.get(name);
  if (there !== undefined) return there;
  const jwk = jwkOf(algorithm, publicKey);
  const key = jwk === undefined ? undefined : made(jwk);
  if (key === undefined) return undefined;
  if (known.size >= mostKnown) known.clear();
  known.set(name, key);
  return key;
}

function nameOf(algorithm: SignatureAlgorithm, publicKey: RawPublicKey): string {
  if ('n' in publicKey) return `${algorithm} ${base64Url(publicKey.n)} ${base64Url(publicKey.e)}`;
  return `${algorithm} ${base64Url(publicKey)}`;
}

/** ECDSA's r || s as DER has it: a sequence of two integers. */
function derOfPair(pair: Uint8Array): Uint8Array {
  const half = pair.length / 2;
  const [r, s] = [lengthOfInteger(pair, 0, half), lengthOfInteger(pair, half, pair.length)];
  const length = 4 + r + s;
  const head = length < 128 ? [0x30, length] : [0x30, 0x81, length];
  const der = new Uint8Array(head.length + length);
  der.set(head);
  writeInteger(der, head.length, pair.subarray(0, half), r);
  writeInteger(der, head.length + 2 + r, pair.subarray(half), s);
  return der;
}

/** Without leading zeros, but for one before a first bit that would make it negative. */
function lengthOfInteger(pair: Uint8Array, from: number, to: number): number {
  let first = from;
  while (first < to - 1 && pair[first] === 0) first++;
  return to - first + ((pair[first] ?? 0) < 128 ? 0 : 1);
}

function writeInteger(der: Uint8Array, at: number, bytes: Uint8Array, length: number): void {
  der[at] = 0x02;
  der[at + 1] = length;
  const value = length > bytes.length ? bytes : bytes.subarray(bytes.length - length);
  der.set(value, at + 2 + length - value.length);
}

function made(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return nodeCrypto().createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function jwkOf(algorithm: SignatureAlgorithm, publicKey: RawPublicKey): JsonWebKey | undefined {
  if (algorithm.startsWith('rsa-') !== 'n' in publicKey) return undefined;
  if ('n' in publicKey) return { kty: 'RSA', n: base64Url(publicKey.n), e: base64Url(publicKey.e) };
  const { curve } = schemes[algorithm];
  if (curve === undefined) return { kty: 'OKP', crv: 'Ed25519', x: base64Url(publicKey) };
  const middle = (publicKey.length + 1) / 2;
  if (publicKey[0] !== 4 || !Number.isInteger(middle)) return undefined;
  const [x, y] = [publicKey.subarray(1, middle), publicKey.subarray(middle)];
  return { kty: 'EC', crv: curve, x: base64Url(x), y: base64Url(y) };
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');
}
