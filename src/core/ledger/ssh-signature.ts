import { joinBytes } from './octets.ts';
import type { SignatureAlgorithm } from './signature-port.ts';
import type { SecurityKeyType, SshPublicKey } from './ssh-key.ts';
import { mpintBytes, stringBytes, uint32Bytes, type WireReader, wireReader, withoutLeadingZeros } from './ssh-wire.ts';

const webauthnName = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';

/** The signature blob of SSH. `signature` is in the form of the signature port. */
export type SshSignature =
  | { readonly algorithm: PlainAlgorithm; readonly signature: Uint8Array }
  | ({ readonly algorithm: SecurityKeyType } & Touched)
  | WebauthnSignature;

/** What a browser's passkey signed, as OpenSSH's PROTOCOL.u2f writes it. */
export interface WebauthnSignature extends Touched {
  readonly algorithm: typeof webauthnName;
  readonly origin: string;
  readonly clientData: Uint8Array;
  /** CBOR, as it stands in the authenticator data. */
  readonly extensions: Uint8Array;
}

/** What an authenticator adds to its signature. */
export interface Touched {
  readonly signature: Uint8Array;
  readonly flags: number;
  readonly counter: number;
}

type PlainAlgorithm = Exclude<SshPublicKey['type'], 'ssh-rsa' | SecurityKeyType> | 'rsa-sha2-256' | 'rsa-sha2-512';
type AlgorithmName = SshSignature['algorithm'];

interface AlgorithmForm {
  readonly key: SshPublicKey['type'];
  readonly algorithm: SignatureAlgorithm;
  /** Bytes of r and of s, where the signature is such a pair. */
  readonly width?: number;
}

/** `ssh-rsa`, which is RSA over SHA-1, is left out on purpose. */
const algorithmForms: Readonly<Record<AlgorithmName, AlgorithmForm>> = {
  'ssh-ed25519': { key: 'ssh-ed25519', algorithm: 'ed25519' },
  'ecdsa-sha2-nistp256': { key: 'ecdsa-sha2-nistp256', algorithm: 'ecdsa-p256-sha256', width: 32 },
  'ecdsa-sha2-nistp384': { key: 'ecdsa-sha2-nistp384', algorithm: 'ecdsa-p384-sha384', width: 48 },
  'ecdsa-sha2-nistp521': { key: 'ecdsa-sha2-nistp521', algorithm: 'ecdsa-p521-sha512', width: 66 },
  'rsa-sha2-256': { key: 'ssh-rsa', algorithm: 'rsa-sha256' },
  'rsa-sha2-512': { key: 'ssh-rsa', algorithm: 'rsa-sha512' },
  'sk-ssh-ed25519@openssh.com': { key: 'sk-ssh-ed25519@openssh.com', algorithm: 'ed25519' },
  'sk-ecdsa-sha2-nistp256@openssh.com': {
    key: 'sk-ecdsa-sha2-nistp256@openssh.com',
    algorithm: 'ecdsa-p256-sha256',
    width: 32,
  },
  [webauthnName]: { key: 'sk-ecdsa-sha2-nistp256@openssh.com', algorithm: 'ecdsa-p256-sha256', width: 32 },
};

/** Which key makes such signatures, and how they are checked. */
export function algorithmOf({ algorithm }: SshSignature): AlgorithmForm {
  return algorithmForms[algorithm];
}

export function decodeSignature(
  blob: Uint8Array,
): SshSignature | 'malformed-signature' | 'unknown-signature-algorithm' {
  const reader = wireReader(blob);
  const name = reader.text();
  if (name === '') return 'malformed-signature';
  if (!isAlgorithmName(name)) return 'unknown-signature-algorithm';
  const signature = portForm(reader.string(), algorithmForms[name]);
  const decoded = readRest(name, signature ?? new Uint8Array(), reader);
  return signature === undefined || !reader.isDone() ? 'malformed-signature' : decoded;
}

function isAlgorithmName(name: string): name is AlgorithmName {
  return Object.hasOwn(algorithmForms, name);
}

function readRest(algorithm: AlgorithmName, signature: Uint8Array, reader: WireReader): SshSignature {
  switch (algorithm) {
    case webauthnName: {
      const touched = { signature, flags: reader.byte(), counter: reader.uint32() };
      return {
        algorithm,
        ...touched,
        origin: reader.text(),
        clientData: reader.string(),
        extensions: reader.string(),
      };
    }
    case 'sk-ssh-ed25519@openssh.com':
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return { algorithm, signature, flags: reader.byte(), counter: reader.uint32() };
    default:
      return { algorithm, signature };
  }
}

/** Of ECDSA, SSH writes two numbers where the port takes two fields of one width. */
function portForm(bytes: Uint8Array, { width }: AlgorithmForm): Uint8Array | undefined {
  if (width === undefined) return bytes;
  const reader = wireReader(bytes);
  const [r, s] = [reader.mpint(), reader.mpint()];
  return reader.isDone() ? joinedPair(r, s, width) : undefined;
}

/** r || s, each of `width` bytes; undefined when one of them is longer. */
function joinedPair(r: Uint8Array, s: Uint8Array, width: number): Uint8Array | undefined {
  if (r.length > width || s.length > width) return undefined;
  const pair = new Uint8Array(2 * width);
  pair.set(r, width - r.length);
  pair.set(s, 2 * width - s.length);
  return pair;
}

/** ECDSA in DER, as r || s. `width` below 62, so that all lengths are one byte. Undefined for anything else. */
export function pairOfDer(der: Uint8Array, width: number): Uint8Array | undefined {
  const [sequence, length, integer, ofR = 0] = der;
  if (sequence !== 0x30 || length !== der.length - 2 || integer !== 0x02) return undefined;
  const r = der.subarray(4, 4 + ofR);
  const [second, ofS] = der.subarray(4 + ofR);
  const s = der.subarray(6 + ofR);
  if (r.length !== ofR || second !== 0x02 || s.length !== ofS) return undefined;
  return joinedPair(withoutLeadingZeros(r), withoutLeadingZeros(s), width);
}

export function encodeSignature(signature: SshSignature): Uint8Array {
  const head = joinBytes(stringBytes(signature.algorithm), stringBytes(wireForm(signature)));
  if (!('flags' in signature)) return head;
  const touched = joinBytes(head, Uint8Array.of(signature.flags), uint32Bytes(signature.counter));
  if (!('origin' in signature)) return touched;
  const { origin, clientData, extensions } = signature;
  return joinBytes(touched, stringBytes(origin), stringBytes(clientData), stringBytes(extensions));
}

function wireForm(signed: SshSignature): Uint8Array {
  const { width } = algorithmOf(signed);
  const { signature } = signed;
  if (width === undefined) return signature;
  return joinBytes(mpintBytes(signature.subarray(0, width)), mpintBytes(signature.subarray(width)));
}
