import { parseSize } from './checkpoint.ts';
import type { Hash } from './hash.ts';
import { type NoteSignature, parseSignatureLines, plainText, verifyNote } from './note.ts';
import type { SignaturePort } from './signature-port.ts';
import { formatHashes, parseHashes } from './tlog-proof.ts';
import type { VerifierKey } from './vkey.ts';

// C2SP tlog-witness: what a log and a witness say to each other at `<prefix>/add-checkpoint`.

/** Bytes: 63 hashes and a checkpoint with several large signatures fit well. */
export const maxRequestBytes = 65_536;
const maxAnswerBytes = 262_144;

/** Of the body of a 409. */
export const sizeMediaType = 'text/x.tlog.size';

export interface AddCheckpoint {
  /** Of the checkpoint that the witness cosigned last, 0 when it has none or the log does not know. */
  readonly oldSize: number;
  /** Of consistency, from the old size on; none from 0 on. */
  readonly proof: readonly Hash[];
  /** A signed note. */
  readonly checkpoint: string;
}

export const requestRefusals = Object.freeze({
  'request-encoding': `the request is longer than ${maxRequestBytes} bytes, not UTF-8, or has control characters`,
  'request-form': 'the request is not an old size, hashes, a blank line and a checkpoint',
  'request-size': 'the old size is no decimal number without leading zeros, or above 2^53 - 1',
  'request-hash': 'a line of the proof is no hash of 32 bytes in standard base64, or there are more than 63',
});
export type RequestRefusal = keyof typeof requestRefusals;

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${formatHashes(proof)}\n${checkpoint}`;
}

/** The checkpoint is not looked into. */
export function parseAddCheckpoint(source: string | Uint8Array): AddCheckpoint | RequestRefusal {
  const text = plainText(source, maxRequestBytes);
  if (text === undefined) return 'request-encoding';
  const split = text.indexOf('\n\n');
  const [old = '', ...lines] = text.slice(0, Math.max(split, 0)).split('\n');
  if (split === -1 || !old.startsWith('old ')) return 'request-form';
  const oldSize = parseSize(old.slice('old '.length));
  if (oldSize === undefined) return 'request-size';
  const proof = parseHashes(lines);
  return proof === undefined ? 'request-hash' : { oldSize, proof, checkpoint: text.slice(split + 2) };
}

/** What a witness answered, before any signature is checked. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly signatures: readonly NoteSignature[] }
  /** It knows another size than the old one that was given. */
  | { readonly kind: 'conflict'; readonly size: number }
  | { readonly kind: 'refused'; readonly status: number }
  /** Not what the protocol allows for this status. */
  | { readonly kind: 'malformed'; readonly status: number };

export interface WitnessResponse {
  readonly status: number;
  readonly contentType?: string | undefined;
  readonly body: string;
}

export function parseWitnessAnswer({ status, contentType = '', body }: WitnessResponse): WitnessAnswer {
  if (status === 200) {
    const lines = plainText(body, maxAnswerBytes);
    const signatures = lines === undefined ? 'note-encoding' : parseSignatureLines(lines);
    return typeof signatures === 'string' ? { kind: 'malformed', status } : { kind: 'cosigned', signatures };
  }
  if (status !== 409) return { kind: 'refused', status };
  const size = body.endsWith('\n') ? parseSize(body.slice(0, -1)) : undefined;
  const isSize = contentType.split(';')[0]?.trim().toLowerCase() === sizeMediaType;
  return size === undefined || !isSize ? { kind: 'malformed', status } : { kind: 'conflict', size };
}

/** Why a witness's answer is no cosignature by it. */
export const cosignatureRefusals = Object.freeze({
  'no-cosignature': 'no signature in the answer is by the key of this witness',
  'bad-cosignature': 'a signature under the key of this witness does not verify',
  'cosigned-at-zero': 'the cosignature says no time',
});
export type CosignatureRefusal = keyof typeof cosignatureRefusals;

export interface Cosignature {
  /** To be added to the note. */
  readonly signature: NoteSignature;
  /** By the witness's clock, in seconds since the epoch. */
  readonly cosignedAt: number;
}

/** What `witness` signed; signatures by others in its answer are left out. */
export async function cosignatureBy(
  witness: VerifierKey,
  answered: { readonly text: string; readonly signatures: readonly NoteSignature[] },
  port: SignaturePort,
): Promise<Cosignature | CosignatureRefusal> {
  const opened = await verifyNote(answered, [witness], port);
  if (opened === 'no-known-signature') return 'no-cosignature';
  if (typeof opened === 'string') return 'bad-cosignature';
  const signature = answered.signatures.find((each) => !opened.unknown.includes(each));
  const [{ cosignedAt }] = opened.verifiedBy;
  if (signature === undefined || cosignedAt === undefined) return 'no-cosignature';
  return cosignedAt === 0 ? 'cosigned-at-zero' : { signature, cosignedAt };
}
