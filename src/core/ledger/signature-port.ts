/** Every algorithm a signature in the ledger may have. `rsa-*` is PKCS #1 v1.5 (RFC 8332). */
export type SignatureAlgorithm =
  | 'ed25519'
  | 'ecdsa-p256-sha256'
  | 'ecdsa-p384-sha384'
  | 'ecdsa-p521-sha512'
  | 'rsa-sha256'
  | 'rsa-sha512';

/** Modulus and exponent, big-endian, unsigned. */
export interface RsaPublicKey {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
}

/** Ed25519: 32 bytes (RFC 8032). ECDSA: the uncompressed point, 0x04 || x || y. */
export type RawPublicKey = Uint8Array | RsaPublicKey;

/** Checks signatures: `node:crypto` on a host, WebCrypto in a browser. */
export interface SignaturePort {
  /**
   * `message` is not yet hashed. `signature`: 64 bytes for Ed25519, r || s of the curve's width (IEEE P1363) for ECDSA,
   * as long as the modulus for RSA. A key or signature of another form answers false, it never throws.
   */
  verify(
    algorithm: SignatureAlgorithm,
    publicKey: RawPublicKey,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>;
}
