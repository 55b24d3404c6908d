import { type Envelope, preAuthEncoding } from './dsse.ts';
import type { Sha256 } from './hash.ts';
import { fromHex, joinBytes, toBase64 } from './octets.ts';
import { parsePublicKeyLine } from './ssh-key.ts';

/** SubjectPublicKeyInfo of an uncompressed P-256 point is these bytes and the point (RFC 5480). */
const p256Head = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');

/**
 * The form in which Rekor v2 logs such a signature: `hashedrekord` 0.0.2 over SHA-256(PAE), in JCS (RFC 8785).
 * Stock Sigstore verifiers make it again from an envelope, so every byte counts.
 * Undefined for an envelope that no single ECDSA P-256 key signed.
 */
export function twinLeafOf({ payloadType, payload, signatures }: Envelope, sha256: Sha256): Uint8Array | undefined {
  const [signature, ...others] = signatures;
  if (signature?.publicKey === undefined || others.length > 0) return undefined;
  const rawBytes = subjectPublicKeyInfo(signature.publicKey);
  if (rawBytes === undefined) return undefined;
  // Keys stand in the order of JCS; base64 and these names need no escapes.
  const body = {
    apiVersion: '0.0.2',
    kind: 'hashedrekord',
    spec: {
      hashedRekordV002: {
        data: { algorithm: 'SHA2_256', digest: toBase64(sha256(preAuthEncoding(payloadType, payload))) },
        signature: {
          content: toBase64(signature.sig),
          verifier: { keyDetails: 'PKIX_ECDSA_P256_SHA_256', publicKey: { rawBytes: toBase64(rawBytes) } },
        },
      },
    },
  };
  return new TextEncoder().encode(JSON.stringify(body));
}

/** DER of a P-256 key in OpenSSH's form; undefined for any other key. */
export function subjectPublicKeyInfo(publicKeyLine: string): Uint8Array | undefined {
  const key = parsePublicKeyLine(publicKeyLine);
  if (typeof key === 'string' || key.type !== 'ecdsa-sha2-nistp256') return undefined;
  return joinBytes(p256Head, key.point);
}

/** Whether JSON is the form that an entry before it has in Rekor; it adds no fact. */
export function looksLikeTwinLeaf(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'kind' in json && json.kind === 'hashedrekord';
}
