import type { Assurance } from '../claim/attestation.ts';
import type { PasskeyScope } from './key-record.ts';
import { fromBase64, joinBytes, toBase64 } from './octets.ts';
import type { SignaturePort } from './signature-port.ts';
import { decodePublicKey, encodePublicKey, publicKeyFingerprint } from './ssh-key.ts';
import type { SshKeyRefusal, SshPublicKey } from './ssh-key.ts';
import { algorithmOf, decodeSignature, encodeSignature, type SshSignature } from './ssh-signature.ts';
import { stringBytes, wireReader } from './ssh-wire.ts';
import { authenticatorMessage, clientDataRefusal, flagsRefusal, userPresent } from './webauthn.ts';
import type { WebauthnRefusal } from './webauthn.ts';

/** The contents of an SSH signature (OpenSSH, PROTOCOL.sshsig). */
export interface Sshsig {
  readonly key: SshPublicKey;
  readonly namespace: string;
  readonly hash: SshsigHash;
  readonly signature: SshSignature;
}

export type SshsigHash = 'sha256' | 'sha512';

/** Why an SSH signature is refused. */
export const sshsigRefusals = Object.freeze({
  'malformed-armor': 'not the text that ssh-keygen -Y sign writes',
  'malformed-sshsig': 'not the contents of an SSH signature of version 1',
  'unknown-hash': 'the message is hashed by another function than SHA-256 or SHA-512',
  'malformed-signature': 'the signature proper does not have the form of its algorithm',
  'unknown-signature-algorithm': 'a signature algorithm that is not supported, such as RSA over SHA-1',
  'namespace-mismatch': 'signed for another purpose',
  'key-mismatch': 'signed by another key',
  'algorithm-mismatch': 'the key does not make signatures of this algorithm',
  'signature-mismatch': 'the signature does not verify',
});
export type SshsigRefusal = keyof typeof sshsigRefusals | SshKeyRefusal | WebauthnRefusal;

/** Hashes answer their raw bytes. */
export interface SshsigPorts {
  readonly signatures: SignaturePort;
  sha256(bytes: Uint8Array): Uint8Array;
  sha512(bytes: Uint8Array): Uint8Array;
}

export interface SshsigCheck {
  readonly armored: string;
  /** What was signed, not yet hashed. */
  readonly message: Uint8Array;
  readonly namespace: string;
  readonly key: SshPublicKey;
  /** Set exactly when the key is enrolled as a passkey. */
  readonly passkey?: PasskeyScope;
}

export type SshsigVerdict =
  | { readonly ok: true; readonly assurance: Assurance; readonly fingerprint: string }
  | { readonly ok: false; readonly code: SshsigRefusal };

const magic = new TextEncoder().encode('SSHSIG');
const version = 1;
const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';
const lineLength = 70;

export function parseSshsig(armored: string): Sshsig | SshsigRefusal {
  const lines = armored.replace(/\n$/, '').split('\n');
  const body = lines.slice(1, -1);
  const isArmor = lines[0] === begin && lines.at(-1) === end && body.every((line) => /^[\w+/=-]{1,76}$/.test(line));
  const blob = fromBase64(body.join(''));
  if (!isArmor || blob === undefined || toBase64(blob) !== body.join('')) return 'malformed-armor';
  return decodeSshsig(blob);
}

function decodeSshsig(blob: Uint8Array): Sshsig | SshsigRefusal {
  if (blob.length < magic.length || !magic.every((byte, at) => blob[at] === byte)) return 'malformed-sshsig';
  const reader = wireReader(blob.subarray(magic.length));
  const isVersion = reader.uint32() === version;
  const publicKey = reader.string();
  const namespace = reader.text();
  // Nothing signs the reserved field: contents in it would make two texts of one signature.
  const isReserved = reader.string().length === 0;
  const hash = reader.text();
  const signatureBlob = reader.string();
  if (!reader.isDone() || !isVersion || !isReserved || namespace === '') return 'malformed-sshsig';
  if (hash !== 'sha256' && hash !== 'sha512') return 'unknown-hash';
  const key = decodePublicKey(publicKey);
  if (typeof key === 'string') return key;
  const signature = decodeSignature(signatureBlob);
  return typeof signature === 'string' ? signature : { key, namespace, hash, signature };
}

/** As ssh-keygen writes it, with a line break at the end. */
export function formatSshsig({ key, namespace, hash, signature }: Sshsig): string {
  const blob = joinBytes(
    magic,
    Uint8Array.of(0, 0, 0, version),
    stringBytes(encodePublicKey(key)),
    stringBytes(namespace),
    stringBytes(''),
    stringBytes(hash),
    stringBytes(encodeSignature(signature)),
  );
  const lines = toBase64(blob).match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}

/** What the key signs; for a passkey, the challenge. */
export function signedData(namespace: string, hash: SshsigHash, messageHash: Uint8Array): Uint8Array {
  return joinBytes(magic, ...[namespace, '', hash, messageHash].map(stringBytes));
}

/** Never throws. */
export async function verifySshsig(check: SshsigCheck, ports: SshsigPorts): Promise<SshsigVerdict> {
  const parsed = parseSshsig(check.armored);
  if (typeof parsed === 'string') return { ok: false, code: parsed };
  const { key, signature } = parsed;
  const data = signedData(check.namespace, parsed.hash, ports[parsed.hash](check.message));
  const code =
    mismatchOf(parsed, check) ??
    passkeyRefusal(parsed, check, data) ??
    ((await isSigned(parsed, data, ports)) ? undefined : 'signature-mismatch') ??
    ('origin' in signature ? flagsRefusal(signature) : undefined);
  if (code !== undefined) return { ok: false, code };
  return { ok: true, assurance: assuranceOf(signature), fingerprint: publicKeyFingerprint(key, ports.sha256) };
}

function mismatchOf({ key, namespace, signature }: Sshsig, expected: SshsigCheck): SshsigRefusal | undefined {
  if (namespace !== expected.namespace) return 'namespace-mismatch';
  if (toBase64(encodePublicKey(key)) !== toBase64(encodePublicKey(expected.key))) return 'key-mismatch';
  return algorithmOf(signature).key === key.type ? undefined : 'algorithm-mismatch';
}

function passkeyRefusal({ key, signature }: Sshsig, { passkey }: SshsigCheck, challenge: Uint8Array) {
  if (!('origin' in signature)) return passkey === undefined ? undefined : 'not-webauthn';
  if (passkey === undefined) return 'passkey-not-enrolled';
  if (!('application' in key) || key.application !== passkey.rpId) return 'rp-id-mismatch';
  return clientDataRefusal(signature, passkey, challenge);
}

function isSigned({ key, signature }: Sshsig, data: Uint8Array, { signatures, sha256 }: SshsigPorts): Promise<boolean> {
  const { algorithm } = algorithmOf(signature);
  const publicKey = key.type === 'ssh-rsa' ? { n: key.n, e: key.e } : key.point;
  if (!('application' in key && 'flags' in signature)) {
    return signatures.verify(algorithm, publicKey, data, signature.signature);
  }
  const application = sha256(new TextEncoder().encode(key.application));
  const given = sha256('origin' in signature ? signature.clientData : data);
  return signatures.verify(
    algorithm,
    publicKey,
    authenticatorMessage(signature, application, given),
    signature.signature,
  );
}

/** A key that only programs hold could have been used by any process of that user. */
function assuranceOf(signature: SshSignature): Assurance {
  return 'flags' in signature && (signature.flags & userPresent) !== 0 ? 'presence' : 'software';
}
