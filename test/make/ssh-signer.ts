import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import type { SecurityKeyType, SshPublicKey } from '../../src/core/ledger/ssh-key.ts';
import { formatSshsig, signedData } from '../../src/core/ledger/sshsig.ts';
import type { SshSignature } from '../../src/core/ledger/ssh-signature.ts';
import { authenticatorMessage, webauthnSignatureOf } from '../../src/core/ledger/webauthn.ts';

/** Signs like OpenSSH with keys made here, and like authenticators that say what a test tells them to. */
export interface SshSigner {
  readonly key: SshPublicKey;
  sign(data: Uint8Array): SshSignature;
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const curves = {
  'ecdsa-sha2-nistp256': ['P-256', 65, 'sha256'],
  'ecdsa-sha2-nistp384': ['P-384', 97, 'sha384'],
  'ecdsa-sha2-nistp521': ['P-521', 133, 'sha512'],
} as const;

export function ed25519Signer(): SshSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = { type: 'ssh-ed25519', point: tailOf(publicKey, 32) } as const;
  return { key, sign: (data) => ({ algorithm: key.type, signature: sign(null, data, privateKey) }) };
}

export function ecdsaSigner(type: keyof typeof curves): SshSigner {
  const [namedCurve, bytes, digest] = curves[type];
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const point = tailOf(publicKey, bytes);
  return {
    key: { type, point },
    sign: (data) => ({ algorithm: type, signature: pairBy(privateKey, digest, data) }),
  };
}

export function rsaSigner(algorithm: 'rsa-sha2-256' | 'rsa-sha2-512', modulusLength = 2048): SshSigner {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const jwk = publicKey.export({ format: 'jwk' });
  const [n, e] = [Buffer.from(jwk.n ?? '', 'base64url'), Buffer.from(jwk.e ?? '', 'base64url')];
  const digest = algorithm === 'rsa-sha2-256' ? 'sha256' : 'sha512';
  return { key: { type: 'ssh-rsa', n, e }, sign: (data) => ({ algorithm, signature: sign(digest, data, privateKey) }) };
}

/** `flags` 1 = touched. */
export function securityKeySigner(type: SecurityKeyType, flags = 1): SshSigner {
  const isEcdsa = type === 'sk-ecdsa-sha2-nistp256@openssh.com';
  const made = isEcdsa ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const key = { type, point: tailOf(made.publicKey, isEcdsa ? 65 : 32), application: 'ssh:' };
  return {
    key,
    sign(data) {
      const touched = { flags, counter: 7 };
      const message = authenticatorMessage(touched, sha256(new TextEncoder().encode('ssh:')), sha256(data));
      const { privateKey } = made;
      const signature = isEcdsa ? pairBy(privateKey, 'sha256', message) : sign(null, message, privateKey);
      return { algorithm: type, signature, ...touched };
    },
  };
}

export interface PasskeyFaults {
  /** Default 5: present and verified. */
  readonly flags?: number;
  readonly extensions?: Uint8Array;
  /** Fields that stand in for those a browser writes. */
  readonly clientData?: Readonly<Record<string, unknown>>;
  /** In place of the whole of them. */
  readonly clientDataText?: string;
}

export const passkeyScope = { origin: 'http://localhost:4711', rpId: 'localhost' } as const;

/** A browser at `passkeyScope` with an authenticator. */
export function passkeySigner(faults: PasskeyFaults = {}): SshSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { origin, rpId } = passkeyScope;
  const key = { type: 'sk-ecdsa-sha2-nistp256@openssh.com', point: tailOf(publicKey, 65), application: rpId } as const;
  return {
    key,
    sign(data) {
      const { flags = 5, extensions = new Uint8Array() } = faults;
      const challenge = Buffer.from(data).toString('base64url');
      const fields = { type: 'webauthn.get', challenge, origin, crossOrigin: false, ...faults.clientData };
      const clientDataJSON = new TextEncoder().encode(faults.clientDataText ?? JSON.stringify(fields));
      const rpIdHash = sha256(new TextEncoder().encode(rpId));
      const authenticatorData = authenticatorMessage({ flags, counter: 1, extensions }, rpIdHash, new Uint8Array());
      const message = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
      const signature = sign('sha256', message, privateKey);
      const signed = webauthnSignatureOf({ authenticatorData, clientDataJSON, signature }, origin);
      if (signed === undefined) throw new Error('the answer of the authenticator was not read');
      return signed;
    },
  };
}

/** Signed as `ssh-keygen -Y sign` does. */
export function armoredBy({ key, sign: signing }: SshSigner, message: Uint8Array, namespace: string): string {
  const data = signedData(namespace, 'sha512', hash('sha512', message, 'buffer'));
  return formatSshsig({ key, namespace, hash: 'sha512', signature: signing(data) });
}

function tailOf(publicKey: KeyObject, bytes: number): Uint8Array {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-bytes);
}

function pairBy(key: KeyObject, digest: string, data: Uint8Array): Uint8Array {
  return sign(digest, data, { key, dsaEncoding: 'ieee-p1363' });
}
