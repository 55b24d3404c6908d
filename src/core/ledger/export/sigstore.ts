import type { Envelope } from '../dsse.ts';
import type { Sha256 } from '../hash.ts';
import { fromHex, joinBytes, toBase64 } from '../octets.ts';
import type { LoggedEntry, PublishedLog } from '../published-log.ts';
import type { VerifierKey } from '../vkey.ts';

// What Sigstore's verifiers read: a bundle v0.3 and a trusted root, both in the JSON of their protobuf messages.

/** SubjectPublicKeyInfo of an Ed25519 key is these bytes and the key (RFC 8410). */
const ed25519Head = fromHex('302a300506032b6570032100');

/** As Rekor v2 names a log: the whole of what a note's key id is the beginning of. */
function logIdOf({ name, type, publicKey }: VerifierKey, sha256: Sha256): string {
  const typed = joinBytes(new TextEncoder().encode(`${name}\n`), new Uint8Array([type]), publicKey);
  return toBase64(sha256(typed));
}

/** `twin`: the entry behind the envelope's, its form in Rekor. */
export function sigstoreBundle(
  { payloadType, payload, signatures }: Envelope,
  twin: LoggedEntry,
  { log, sha256 }: { readonly log: PublishedLog; readonly sha256: Sha256 },
): string {
  const index = String(twin.index);
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      publicKey: { hint: signatures[0]?.keyid },
      tlogEntries: [
        {
          logIndex: index,
          logId: { keyId: logIdOf(log.key, sha256) },
          kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
          inclusionProof: {
            logIndex: index,
            rootHash: toBase64(log.root),
            treeSize: String(log.size),
            hashes: twin.hashes.map(toBase64),
            checkpoint: { envelope: log.checkpoint },
          },
          canonicalizedBody: toBase64(twin.bytes),
        },
      ],
    },
    dsseEnvelope: {
      payload: toBase64(payload),
      payloadType,
      signatures: signatures.map(({ sig, keyid }) => ({ sig: toBase64(sig), keyid })),
    },
  };
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

/** Only this log is trusted in it: signatures have no certificates and no timestamps here. */
export function trustedRoot(key: VerifierKey, sha256: Sha256): string {
  const root = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [
      {
        baseUrl: `https://${key.name}`,
        hashAlgorithm: 'SHA2_256',
        publicKey: {
          rawBytes: toBase64(joinBytes(ed25519Head, key.publicKey)),
          keyDetails: 'PKIX_ED25519',
          validFor: { start: '1970-01-01T00:00:00Z' },
        },
        logId: { keyId: logIdOf(key, sha256) },
      },
    ],
    certificateAuthorities: [],
    ctlogs: [],
    timestampAuthorities: [],
  };
  return `${JSON.stringify(root, undefined, 2)}\n`;
}

/** A public key as `cosign --key` and OpenSSL read it. */
export function publicKeyPem(subjectPublicKeyInfo: Uint8Array): string {
  const lines = toBase64(subjectPublicKeyInfo).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}
