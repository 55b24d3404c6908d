import { fromHex, joinBytes, toBase64 } from './octets.ts';

const curve = 'nistp256';

/**
 * `SHA256:...` as `ssh-keygen -l` prints it, of an ECDSA P-256 public key.
 * `point` is the uncompressed point (65 bytes); `sha256` answers in hex.
 */
export function fingerprintOf(point: Uint8Array, sha256: (bytes: Uint8Array) => string): string {
  const text = new TextEncoder();
  const blob = joinBytes(
    lengthPrefixed(text.encode(`ecdsa-sha2-${curve}`)),
    lengthPrefixed(text.encode(curve)),
    lengthPrefixed(point),
  );
  return `SHA256:${toBase64(fromHex(sha256(blob))).replace(/=+$/, '')}`;
}

/** An SSH `string` (RFC 4251 s.5). */
function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return joinBytes(length, bytes);
}
