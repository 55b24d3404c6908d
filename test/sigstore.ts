import { bundleFromJSON } from '@sigstore/bundle';
import { PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';

export interface Trusted {
  /** The content of a `trusted_root.json`. */
  readonly root: string;
  /** A P-256 public key, and what the bundle calls it. */
  readonly pem: string;
  readonly keyid: string;
}

/** Throws unless this key signed the bundle and a log of this root includes it. */
export function sigstoreVerifies(bundle: unknown, { root, pem, keyid }: Trusted): void {
  const rawBytes = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\n/g, ''), 'base64');
  const keys = { [keyid]: { rawBytes, keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256 } };
  const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(root)), keys);
  const verifier = new Verifier(material, { timestampThreshold: 0, tlogThreshold: 1 });
  verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
}
