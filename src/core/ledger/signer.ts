import type { Assurance } from '../claim/attestation.ts';
import { type Envelope, preAuthEncoding } from './dsse.ts';
import { attestNamespace, type PasskeyScope } from './key-record.ts';
import { formatPublicKeyLine, parsePublicKeyLine, publicKeyFingerprint } from './ssh-key.ts';
import { parseSshsig, type SshsigPorts, type SshsigRefusal, verifySshsig } from './sshsig.ts';
import { pairOfDer } from './ssh-signature.ts';

/** A key that signed an envelope, after its signature was checked. Whose key it is says the key ring. */
export interface Signer {
  /** `SHA256:...` as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** As in an `authorized_keys` file. */
  readonly key: string;
  /** `human`: an SSH signature for attesting; `machine`: a plain ECDSA P-256 one. */
  readonly kind: 'human' | 'machine';
  readonly assurance: Assurance;
  /** Only of a passkey: the page and the relying party that its signature names. */
  readonly passkey?: PasskeyScope;
}

/** Why an envelope's signature is refused. */
export const signerRefusals = Object.freeze({
  'several-signatures': 'an envelope has one signature',
  'no-public-key': 'the signature does not say which key made it',
  'wrong-key-id': 'the key id is not the fingerprint of the key',
  'not-p256': 'a machine signs with ECDSA P-256',
  'signature-mismatch': 'the signature does not verify',
});
export type SignerRefusal = keyof typeof signerRefusals | SshsigRefusal;

const armorBegins = new TextEncoder().encode('-----BEGIN SSH SIGNATURE-----');

function isArmored(sig: Uint8Array): boolean {
  return armorBegins.every((byte, at) => byte === sig[at]);
}

/** Checks an envelope's one signature against the key that it carries itself. */
export async function signerOf(envelope: Envelope, ports: SshsigPorts): Promise<Signer | SignerRefusal> {
  const [signature, ...others] = envelope.signatures;
  if (signature === undefined || others.length > 0) return 'several-signatures';
  const message = preAuthEncoding(envelope.payloadType, envelope.payload);
  const signer = isArmored(signature.sig)
    ? await human(new TextDecoder().decode(signature.sig), message, ports)
    : await machine(signature, message, ports);
  if (typeof signer === 'string') return signer;
  return signer.fingerprint === signature.keyid ? signer : 'wrong-key-id';
}

async function human(armored: string, message: Uint8Array, ports: SshsigPorts): Promise<Signer | SignerRefusal> {
  const parsed = parseSshsig(armored);
  if (typeof parsed === 'string') return parsed;
  const { key, signature } = parsed;
  // Whether these are the enrolled ones is compared with the key ring: here they only have to fit the signature.
  const passkey =
    'origin' in signature && 'application' in key ? { origin: signature.origin, rpId: key.application } : undefined;
  const scope = passkey === undefined ? {} : { passkey };
  const verdict = await verifySshsig({ armored, message, namespace: attestNamespace, key, ...scope }, ports);
  if (!verdict.ok) return verdict.code;
  const { fingerprint, assurance } = verdict;
  return { kind: 'human', fingerprint, key: formatPublicKeyLine(key), assurance, ...scope };
}

async function machine(
  { sig, publicKey }: Envelope['signatures'][number],
  message: Uint8Array,
  { signatures, sha256 }: SshsigPorts,
): Promise<Signer | SignerRefusal> {
  if (publicKey === undefined) return 'no-public-key';
  const known = machineKeyIn(publicKey, sha256);
  if (typeof known === 'string') return known;
  const { point, fingerprint } = known;
  const pair = pairOfDer(sig, 32);
  const isSigned = pair !== undefined && (await signatures.verify('ecdsa-p256-sha256', point, message, pair));
  if (!isSigned) return 'signature-mismatch';
  return { kind: 'machine', fingerprint, key: publicKey, assurance: 'software' };
}

interface MachineKey {
  readonly point: Uint8Array;
  readonly fingerprint: string;
}

/** A ledger has few keys and many signatures; to read a key takes a third as long as to check with it. */
const read = new Map<string, MachineKey>();
const mostRead = 256;

function machineKeyIn(line: string, sha256: SshsigPorts['sha256']): MachineKey | SignerRefusal {
  const there = read.get(line);
  if (there !== undefined) return there;
  const key = parsePublicKeyLine(line);
  if (typeof key === 'string') return key;
  if (key.type !== 'ecdsa-sha2-nistp256') return 'not-p256';
  const made = { point: key.point, fingerprint: publicKeyFingerprint(key, sha256) };
  if (read.size >= mostRead) read.clear();
  read.set(line, made);
  return made;
}
