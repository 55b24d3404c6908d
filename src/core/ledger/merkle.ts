import { joinBytes } from './octets.ts';

const leafPrefix = new Uint8Array([0]);

/** RFC 6962 s.2.1: SHA-256(0x00 || entry); `sha256` answers in hex. */
export function leafHashOf(entry: Uint8Array, sha256: (bytes: Uint8Array) => string): string {
  return sha256(joinBytes(leafPrefix, entry));
}
