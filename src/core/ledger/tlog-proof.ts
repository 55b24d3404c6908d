import { acceptCheckpoint, type PolicyVerdict, policyVerdicts } from './accept-checkpoint.ts';
import { parseCheckpoint, parseSize } from './checkpoint.ts';
import type { Hash, Sha256 } from './hash.ts';
import { type ProofRefusal, proofRefusals, verifyInclusion } from './merkle.ts';
import { parseNote, plainText } from './note.ts';
import { fromStandardBase64, toBase64 } from './octets.ts';
import type { OpenedCheckpoint } from './open-checkpoint.ts';
import type { SignaturePort } from './signature-port.ts';
import type { TlogPolicy } from './tlog-policy.ts';

// C2SP tlog-proof: everything that shows, offline, that an entry is in a log and that witnesses saw that log.

const header = 'c2sp.org/tlog-proof@v1';
const maxProofBytes = 2_000_000;
const maxHashes = 63;
const hashBytes = 32;

export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Hash[];
  /** A signed note, as the log and its witnesses made it. */
  readonly checkpoint: string;
  /** Nobody has signed this. */
  readonly extra?: Uint8Array;
}

export const tlogProofRefusals = Object.freeze({
  'proof-encoding': `the proof is longer than ${maxProofBytes} bytes, not UTF-8, or has control characters`,
  'proof-header': `the first line is not ${header}`,
  'proof-extra': 'the extra data is empty or not standard base64',
  'proof-index': 'the index is no decimal number without leading zeros, or above 2^53 - 1',
  'proof-hash': `a line is no hash of 32 bytes in standard base64, or there are more than ${maxHashes}`,
  'proof-form': 'after the hashes stand no blank line and no signed checkpoint',
});
export type TlogProofRefusal = keyof typeof tlogProofRefusals;

/** Checks the form only: see `verifyTlogProof`. */
export function parseTlogProof(source: string | Uint8Array): TlogProof | TlogProofRefusal {
  const text = plainText(source, maxProofBytes);
  if (text === undefined) return 'proof-encoding';
  const split = text.indexOf('\n\n');
  if (!text.startsWith(`${header}\n`)) return 'proof-header';
  if (split === -1) return 'proof-form';
  const [first = '', ...others] = text.slice(header.length + 1, split).split('\n', maxHashes + 3);
  const hasExtra = first.startsWith('extra ');
  const [indexLine = '', ...lines] = hasExtra ? others : [first, ...others];
  const extra = hasExtra ? fromStandardBase64(first.slice('extra '.length)) : undefined;
  if (hasExtra && (extra === undefined || extra.length === 0)) return 'proof-extra';
  const index = indexLine.startsWith('index ') ? parseSize(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return 'proof-index';
  const hashes = parseHashes(lines);
  if (hashes === undefined) return 'proof-hash';
  const checkpoint = text.slice(split + 2);
  if (!isSignedCheckpoint(checkpoint)) return 'proof-form';
  return { index, hashes, checkpoint, ...(extra === undefined ? {} : { extra }) };
}

/** Lines of hashes, as proofs and witnesses' requests have them: 63 at most, undefined when one is none. */
export function parseHashes(lines: readonly string[]): readonly Hash[] | undefined {
  if (lines.length > maxHashes) return undefined;
  const hashes = lines.map((line) => fromStandardBase64(line));
  return hashes.every((hash): hash is Hash => hash?.length === hashBytes) ? hashes : undefined;
}

function isSignedCheckpoint(source: string): boolean {
  const note = parseNote(source);
  return typeof note !== 'string' && typeof parseCheckpoint(note.text) !== 'string';
}

/** The content of a `.tlog-proof` file. */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const data = extra === undefined || extra.length === 0 ? '' : `extra ${toBase64(extra)}\n`;
  return `${header}\n${data}index ${index}\n${formatHashes(hashes)}\n${checkpoint}`;
}

export function formatHashes(hashes: readonly Hash[]): string {
  return hashes.map((hash) => `${toBase64(hash)}\n`).join('');
}

/** Why a proof does not show that its entry is in a log that the policy accepts. */
export const entryRefusals = Object.freeze({ ...policyVerdicts, ...proofRefusals });
export type EntryRefusal = PolicyVerdict | ProofRefusal;

export interface ProvedEntry {
  readonly proof: TlogProof;
  /** Of the entry, whose bytes the verifier has from elsewhere. */
  readonly leafHash: Hash;
  readonly policy: TlogPolicy;
}

/** The checkpoint that the entry is in, when the policy accepts that checkpoint. */
export async function verifyTlogProof(
  { proof, leafHash, policy }: ProvedEntry,
  ports: { readonly sha256: Sha256; readonly signatures: SignaturePort },
): Promise<OpenedCheckpoint | EntryRefusal> {
  const accepted = await acceptCheckpoint(proof.checkpoint, policy, ports.signatures);
  if (typeof accepted === 'string') return accepted;
  const { size, root } = accepted.checkpoint;
  const { index, hashes } = proof;
  return verifyInclusion({ index, size, leafHash, proof: hashes, root }, ports.sha256) ?? accepted;
}
