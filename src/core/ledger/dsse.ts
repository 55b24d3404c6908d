import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { hasKeysLikeEachOther, hasKeyTwice } from './json-keys.ts';
import { fromBase64, joinBytes, toBase64 } from './octets.ts';

/** The key that signs envelopes: ECDSA P-256 over SHA-256, signatures in DER, or an SSH signature in its armor. */
export interface EnvelopeKey {
  /** OpenSSH `SHA256:` fingerprint of the public key. */
  readonly keyid: string;
  /** As in an `authorized_keys` file; goes into the envelope. An SSH signature has it in itself. */
  readonly publicKey?: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A DSSE v1.0.2 envelope, decoded. `payload` is the signed body, byte for byte. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly keyid: string; readonly sig: Uint8Array; readonly publicKey?: string }[];
}

const EnvelopeSignature = deferred(() =>
  z.looseObject({ keyid: z.string().default(''), sig: z.string(), publicKey: z.string().optional() }).refine(isPlain),
);

/** Fields that it does not know are let go, as DSSE asks, unless another reader may take them for ones it knows. */
const EnvelopeJson = deferred(() =>
  z
    .looseObject({
      payloadType: z.string(),
      payload: z.string(),
      signatures: z.array(EnvelopeSignature).min(1),
    })
    .refine(isPlain),
);

function isPlain(object: object): boolean {
  return !hasKeysLikeEachOther(object);
}

const encoder = new TextEncoder();

/** Pre-authentication encoding: `DSSEv1 <len> <type> <len> <body>`; lengths in bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = encoder.encode(payloadType);
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return joinBytes(encoder.encode(head), payload);
}

/** The bytes of a signed envelope: they are stored as they are and never made again. */
export async function signEnvelope(payloadType: string, payload: Uint8Array, key: EnvelopeKey): Promise<Uint8Array> {
  const sig = await key.sign(preAuthEncoding(payloadType, payload));
  const { keyid, publicKey } = key;
  const signatures = [{ keyid, sig: toBase64(sig), publicKey }];
  return new TextEncoder().encode(JSON.stringify({ payloadType, payload: toBase64(payload), signatures }));
}

/** Undefined when the bytes are not a DSSE envelope. */
export function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  const parsed = EnvelopeJson.safeParse(jsonOf(bytes));
  if (!parsed.success) return undefined;
  const payload = fromBase64(parsed.data.payload);
  if (payload === undefined) return undefined;
  const signatures: Envelope['signatures'][number][] = [];
  for (const { keyid, sig, publicKey } of parsed.data.signatures) {
    const decoded = fromBase64(sig);
    if (decoded === undefined) return undefined;
    signatures.push({ keyid, sig: decoded, ...(publicKey === undefined ? {} : { publicKey }) });
  }
  return { payloadType: parsed.data.payloadType, payload, signatures };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined when the bytes are not JSON in UTF-8, or when an object in it has a key twice. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return hasKeyTwice(text, value) ? undefined : value;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
