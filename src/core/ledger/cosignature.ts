import { joinBytes } from './octets.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { SignaturePort } from './signature-port.ts';
import type { NoteSigner, VerifierKey } from './vkey.ts';

// Cosignature v1 of C2SP tlog-cosignature: time in eight bytes, big-endian, and an Ed25519 signature.

const timeBytes = 8;
const signatureBytes = 64;

/** What is signed: the checkpoint's text under a head that names the time, in seconds since the epoch. */
function cosignedMessage(checkpointText: string, cosignedAt: number): Uint8Array {
  return new TextEncoder().encode(`cosignature/v1\ntime ${cosignedAt}\n${checkpointText}`);
}

interface Cosigning {
  readonly key: Pick<VerifierKey, 'name' | 'keyId'>;
  /** Seconds since the epoch. */
  readonly cosignedAt: number;
  /** Ed25519. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Signs checkpoints as a witness that saw them at `cosignedAt`. */
export function cosigner({ key, cosignedAt, sign }: Cosigning): NoteSigner {
  return {
    name: key.name,
    keyId: key.keyId,
    async sign(text) {
      const time = new Uint8Array(timeBytes);
      new DataView(time.buffer).setBigUint64(0, BigInt(cosignedAt));
      return joinBytes(time, await sign(cosignedMessage(new TextDecoder().decode(text), cosignedAt)));
    },
  };
}

/** When `key` cosigned, in seconds since the epoch; undefined when this is no cosignature of the text, or the text no checkpoint. */
export async function verifyCosignature(
  key: VerifierKey,
  { text, signature }: { readonly text: string; readonly signature: Uint8Array },
  signatures: SignaturePort,
): Promise<number | undefined> {
  if (signature.length !== timeBytes + signatureBytes || typeof parseCheckpoint(text) === 'string') return undefined;
  const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength);
  const cosignedAt = Number(view.getBigUint64(0));
  // Beyond 2^53 a number no longer says which second was signed.
  if (!Number.isSafeInteger(cosignedAt)) return undefined;
  const message = cosignedMessage(text, cosignedAt);
  const verifies = await signatures.verify('ed25519', key.publicKey, message, signature.subarray(timeBytes));
  return verifies ? cosignedAt : undefined;
}
