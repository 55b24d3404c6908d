import { fromBase64, joinBytes, toBase64 } from './octets.ts';
import { mpintBytes, stringBytes, type WireReader, wireReader } from './ssh-wire.ts';

/** A public key of OpenSSH. ECDSA points are uncompressed; `application` is what a FIDO key is bound to, a passkey's rpId. */
export type SshPublicKey =
  | { readonly type: PlainKeyType; readonly point: Uint8Array }
  | { readonly type: SecurityKeyType; readonly point: Uint8Array; readonly application: string }
  | { readonly type: 'ssh-rsa'; readonly n: Uint8Array; readonly e: Uint8Array };

type PlainKeyType = 'ssh-ed25519' | 'ecdsa-sha2-nistp256' | 'ecdsa-sha2-nistp384' | 'ecdsa-sha2-nistp521';
export type SecurityKeyType = 'sk-ssh-ed25519@openssh.com' | 'sk-ecdsa-sha2-nistp256@openssh.com';

/** Why a key is refused. */
export const sshKeyRefusals = Object.freeze({
  'malformed-key': 'not the text or the bytes of an OpenSSH public key',
  'unknown-key-type': 'a key of a type that is not supported',
  'rsa-key-size': 'an RSA key of fewer than 2,048 or more than 16,384 bits',
});
export type SshKeyRefusal = keyof typeof sshKeyRefusals;

interface PointForm {
  readonly bytes: number;
  readonly curve?: string;
}

const pointForms: Readonly<Record<PlainKeyType | SecurityKeyType, PointForm>> = {
  'ssh-ed25519': { bytes: 32 },
  'ecdsa-sha2-nistp256': { bytes: 65, curve: 'nistp256' },
  'ecdsa-sha2-nistp384': { bytes: 97, curve: 'nistp384' },
  'ecdsa-sha2-nistp521': { bytes: 133, curve: 'nistp521' },
  'sk-ssh-ed25519@openssh.com': { bytes: 32 },
  'sk-ecdsa-sha2-nistp256@openssh.com': { bytes: 65, curve: 'nistp256' },
};

const uncompressed = 4;
const rsaBits = { least: 2048, most: 16_384 } as const;
/** OpenSSL's limit for large moduli: with a longer exponent a check could take minutes. */
const mostExponentBytes = 8;

/** One line of an `id_*.pub` file: `ssh-ed25519 AAAA... comment`. */
export function parsePublicKeyLine(line: string): SshPublicKey | SshKeyRefusal {
  const [, type, encoded = ''] = /^([^\s]+) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?\r?\n?$/.exec(line) ?? [];
  const blob = fromBase64(encoded);
  if (type === undefined || blob === undefined || toBase64(blob) !== encoded) return 'malformed-key';
  const key = decodePublicKey(blob);
  return typeof key === 'object' && key.type !== type ? 'malformed-key' : key;
}

/** Without a comment. */
export function formatPublicKeyLine(key: SshPublicKey): string {
  return `${key.type} ${toBase64(encodePublicKey(key))}`;
}

/** From the wire form, which the base64 of a line holds. */
export function decodePublicKey(blob: Uint8Array): SshPublicKey | SshKeyRefusal {
  const reader = wireReader(blob);
  const type = reader.text();
  if (type === '') return 'malformed-key';
  if (type === 'ssh-rsa') return readRsaKey(reader);
  return isPointType(type) ? readPointKey(type, reader) : 'unknown-key-type';
}

function isPointType(type: string): type is PlainKeyType | SecurityKeyType {
  return Object.hasOwn(pointForms, type);
}

function readPointKey(type: PlainKeyType | SecurityKeyType, reader: WireReader): SshPublicKey | SshKeyRefusal {
  const { bytes, curve } = pointForms[type];
  const isRightCurve = curve === undefined || reader.text() === curve;
  const point = reader.string();
  const application = isSecurityKeyType(type) ? reader.text() : '';
  const isPoint = point.length === bytes && (curve === undefined || point[0] === uncompressed);
  if (!reader.isDone() || !isRightCurve || !isPoint) return 'malformed-key';
  return isSecurityKeyType(type) ? { type, point, application } : { type, point };
}

function isSecurityKeyType(type: SshPublicKey['type']): type is SecurityKeyType {
  return type.startsWith('sk-');
}

function readRsaKey(reader: WireReader): SshPublicKey | SshKeyRefusal {
  const e = reader.mpint();
  const n = reader.mpint();
  if (!reader.isDone() || !isOdd(n) || !isOdd(e)) return 'malformed-key';
  if (e.length > mostExponentBytes || (e.length === 1 && e[0] === 1)) return 'malformed-key';
  const bits = 8 * n.length - Math.clz32(n[0] ?? 0) + 24;
  return bits < rsaBits.least || bits > rsaBits.most ? 'rsa-key-size' : { type: 'ssh-rsa', n, e };
}

function isOdd(magnitude: Uint8Array): boolean {
  return ((magnitude.at(-1) ?? 0) & 1) === 1;
}

export function encodePublicKey(key: SshPublicKey): Uint8Array {
  const type = stringBytes(key.type);
  if (key.type === 'ssh-rsa') return joinBytes(type, mpintBytes(key.e), mpintBytes(key.n));
  const { curve } = pointForms[key.type];
  const named = curve === undefined ? type : joinBytes(type, stringBytes(curve));
  const blob = joinBytes(named, stringBytes(key.point));
  return 'application' in key ? joinBytes(blob, stringBytes(key.application)) : blob;
}

/** `SHA256:...` as `ssh-keygen -l` prints it; `sha256` answers 32 bytes. */
export function publicKeyFingerprint(key: SshPublicKey, sha256: (bytes: Uint8Array) => Uint8Array): string {
  return `SHA256:${toBase64(sha256(encodePublicKey(key))).replace(/=+$/, '')}`;
}
