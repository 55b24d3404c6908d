import { jsonOf } from './dsse.ts';
import type { PasskeyScope } from './key-record.ts';
import { joinBytes, toBase64 } from './octets.ts';
import { pairOfDer, type WebauthnSignature } from './ssh-signature.ts';
import { uint32Bytes } from './ssh-wire.ts';

/** Why what a passkey signed is refused. */
export const webauthnRefusals = Object.freeze({
  'passkey-not-enrolled': 'a passkey signed, and the key is enrolled as another kind',
  'not-webauthn': 'the key is enrolled as a passkey, and signed in another way than a browser does',
  'rp-id-mismatch': 'the key is bound to another relying party than the enrolled one',
  'origin-mismatch': 'another page than the enrolled one asked for the signature',
  'malformed-client-data': 'the client data are not what a browser writes',
  'challenge-mismatch': 'what was signed is another message',
  'cross-origin': 'the page that asked was embedded in a page of another origin',
  'malformed-authenticator-data': 'the flags do not fit the rest of the authenticator data',
  'user-not-present': 'the authenticator did not see a touch',
  'user-not-verified': 'the authenticator did not verify who touched it, by PIN or by body',
});
export type WebauthnRefusal = keyof typeof webauthnRefusals;

export const userPresent = 0x01;
const userVerified = 0x04;
const attestedCredential = 0x40;
const hasExtensions = 0x80;

/** What a FIDO key signs: authenticator data and the hash of what it was given. */
export function authenticatorMessage(
  { flags, counter, extensions }: Pick<WebauthnSignature, 'flags' | 'counter'> & { readonly extensions?: Uint8Array },
  application: Uint8Array,
  given: Uint8Array,
): Uint8Array {
  return joinBytes(application, Uint8Array.of(flags), uint32Bytes(counter), extensions ?? new Uint8Array(), given);
}

/** What is signed has to be asked for by the enrolled page, and for `challenge`. */
export function clientDataRefusal(
  { origin, clientData }: WebauthnSignature,
  scope: PasskeyScope,
  challenge: Uint8Array,
): WebauthnRefusal | undefined {
  if (origin !== scope.origin) return 'origin-mismatch';
  const parsed = jsonOf(clientData);
  if (!isClientData(parsed) || parsed.type !== 'webauthn.get') return 'malformed-client-data';
  if (parsed.origin !== scope.origin) return 'origin-mismatch';
  if (parsed.challenge !== toBase64Url(challenge)) return 'challenge-mismatch';
  if (parsed.crossOrigin === true) return 'cross-origin';
  return startsAsSerialised(clientData, parsed) ? undefined : 'malformed-client-data';
}

/** Judged after the signature, which vouches for the flags. */
export function flagsRefusal({ flags, extensions }: WebauthnSignature): WebauthnRefusal | undefined {
  const saysExtensions = (flags & hasExtensions) !== 0;
  const carriesCredential = (flags & attestedCredential) !== 0;
  if (carriesCredential || saysExtensions !== extensions.length > 0) return 'malformed-authenticator-data';
  if ((flags & userPresent) === 0) return 'user-not-present';
  return (flags & userVerified) === 0 ? 'user-not-verified' : undefined;
}

interface ClientData {
  readonly type: unknown;
  readonly challenge: unknown;
  readonly origin: unknown;
  readonly crossOrigin?: unknown;
}

function isClientData(value: unknown): value is ClientData {
  return typeof value === 'object' && value !== null && 'type' in value && 'challenge' in value && 'origin' in value;
}

/** WebAuthn fixes the order of the first fields, and OpenSSH compares these bytes and parses nothing. */
function startsAsSerialised(clientData: Uint8Array, { type, challenge, origin }: ClientData): boolean {
  const expected = new TextEncoder().encode(JSON.stringify({ type, challenge, origin }).slice(0, -1));
  return expected.every((byte, at) => clientData[at] === byte);
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** What `navigator.credentials.get` answers. */
export interface PasskeyAnswer {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  /** ECDSA P-256 in DER. */
  readonly signature: Uint8Array;
}

const rpIdHashBytes = 32;

/** Undefined when the answer is not that of an ES256 passkey. */
export function webauthnSignatureOf(answer: PasskeyAnswer, origin: string): WebauthnSignature | undefined {
  const { authenticatorData, clientDataJSON: clientData } = answer;
  const signature = pairOfDer(answer.signature, 32);
  if (authenticatorData.length < rpIdHashBytes + 5 || signature === undefined) return undefined;
  const view = new DataView(authenticatorData.buffer, authenticatorData.byteOffset);
  return {
    algorithm: 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com',
    signature,
    flags: view.getUint8(rpIdHashBytes),
    counter: view.getUint32(rpIdHashBytes + 1),
    origin,
    clientData,
    extensions: authenticatorData.subarray(rpIdHashBytes + 5),
  };
}
