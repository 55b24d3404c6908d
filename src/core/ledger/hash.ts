/** 32 bytes. */
export type Hash = Uint8Array;

/** SHA-256 in raw bytes; pure code is given it, so that a browser can run the same. */
export type Sha256 = (bytes: Uint8Array) => Hash;

export function isSameHash(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
