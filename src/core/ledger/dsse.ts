import { z } from 'zod';
import { hasKeysLikeEachOther, hasKeyTwice } from './json-keys.ts';
import { fromBase64, joinBytes, toBase64 } from './octets.ts';

/** The key that signs envelopes. `sign` and `verify` are ECDSA P-256 over SHA-256, signatures in DER. */
export interface EnvelopeKey {
  /** OpenSSH `SHA256:` fingerprint of the public key. */
  readonly keyid: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
  verify(message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** A DSSE v1.0.2 envelope, decoded. `payload` is the signed body, byte for byte. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly keyid: string; readonly sig: Uint8Array }[];
}

/** Fields that it does not know are let go, as DSSE asks, unless another reader may take them for ones it knows. */
const EnvelopeJson = z
  .looseObject({
    payloadType: z.string(),
    payload: z.string(),
    signatures: z.array(z.looseObject({ keyid: z.string().default(''), sig: z.string() }).refine(isPlain)).min(1),
  })
  .refine(isPlain);

function isPlain(object: object): boolean {
  return !hasKeysLikeEachOther(object);
}

/** Pre-authentication encoding: `DSSEv1 <len> <type> <len> <body>`; lengths in bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const type = encoder.encode(payloadType);
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return joinBytes(encoder.encode(head), payload);
}

/** The bytes of a signed envelope: they are stored as they are and never made again. */
export async function signEnvelope(payloadType: string, payload: Uint8Array, key: EnvelopeKey): Promise<Uint8Array> {
  const sig = await key.sign(preAuthEncoding(payloadType, payload));
  const signatures = [{ keyid: key.keyid, sig: toBase64(sig) }];
  return new TextEncoder().encode(JSON.stringify({ payloadType, payload: toBase64(payload), signatures }));
}

/** Undefined when the bytes are not a DSSE envelope. */
export function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  const parsed = EnvelopeJson.safeParse(jsonOf(bytes));
  if (!parsed.success) return undefined;
  const payload = fromBase64(parsed.data.payload);
  if (payload === undefined) return undefined;
  const signatures: { keyid: string; sig: Uint8Array }[] = [];
  for (const { keyid, sig } of parsed.data.signatures) {
    const decoded = fromBase64(sig);
    if (decoded === undefined) return undefined;
    signatures.push({ keyid, sig: decoded });
  }
  return { payloadType: parsed.data.payloadType, payload, signatures };
}

/**
 * `signed`: by this key. `foreign`: no signature names this key and none verifies with it.
 * `broken`: a signature names this key and does not verify, or one verifies under another name.
 * The key id is not signed itself, so it alone never decides whose an envelope is.
 */
export async function checkEnvelope(envelope: Envelope, key: EnvelopeKey): Promise<'signed' | 'foreign' | 'broken'> {
  const message = preAuthEncoding(envelope.payloadType, envelope.payload);
  let found: 'signed' | 'foreign' = 'foreign';
  for (const { keyid, sig } of envelope.signatures) {
    const verifies = await key.verify(message, sig);
    if (verifies !== (keyid === key.keyid)) return 'broken';
    if (verifies) found = 'signed';
  }
  return found;
}

/** Undefined when the bytes are not JSON in UTF-8, or when an object in it has a key twice. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return hasKeyTwice(text) ? undefined : value;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
