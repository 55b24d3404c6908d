import { parseCheckpoint } from './checkpoint.ts';
import { type Hash, isSameHash, type Sha256 } from './hash.ts';
import { verifyConsistency } from './merkle.ts';
import { type OpenedCheckpoint, openCheckpoint, type OpeningRefusal } from './open-checkpoint.ts';
import type { SignaturePort } from './signature-port.ts';
import type { VerifierKey } from './vkey.ts';
import type { AddCheckpoint } from './witness-protocol.ts';

// How a witness of C2SP tlog-witness decides. It cosigns growth of what it cosigned before, and nothing else.

/** What the witness cosigned last for one origin. */
export interface WitnessedTree {
  readonly size: number;
  readonly root: Hash;
}

export type WitnessDecision =
  | { readonly status: 200; readonly opened: OpenedCheckpoint }
  /** `size`: what the witness knows. */
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422; readonly reason: string };

export interface WitnessPorts {
  readonly sha256: Sha256;
  readonly signatures: SignaturePort;
}

/** First half: whether a known log signed it. */
export async function openRequest(
  { checkpoint }: AddCheckpoint,
  logs: readonly VerifierKey[],
  { signatures }: WitnessPorts,
): Promise<WitnessDecision> {
  const opened = await openCheckpoint(checkpoint, { logs }, signatures);
  if (opened === 'note-form') return refusalOf(withoutSignatures(checkpoint, logs));
  return typeof opened === 'string' ? refusalOf(opened) : { status: 200, opened };
}

/** Lines that are no signatures sign nothing: what stands above them says which log is meant. */
function withoutSignatures(source: string, logs: readonly VerifierKey[]): OpeningRefusal {
  const checkpoint = parseCheckpoint(source.slice(0, source.lastIndexOf('\n\n') + 1));
  if (typeof checkpoint === 'string') return 'note-form';
  return logs.some(({ name }) => name === checkpoint.origin) ? 'log-unsigned' : 'unknown-origin';
}

function refusalOf(refusal: OpeningRefusal): WitnessDecision {
  switch (refusal) {
    case 'unknown-origin':
      return { status: 404, reason: 'unknown log' };
    case 'ambiguous-key':
    case 'bad-signature':
    case 'log-uncheckable':
    case 'log-unsigned':
    case 'no-known-signature':
      return { status: 403, reason: `invalid signature: ${refusal}` };
    case 'checkpoint-lines':
    case 'checkpoint-root':
    case 'checkpoint-size':
    case 'note-encoding':
    case 'note-form':
    case 'note-too-long':
    case 'too-many-signatures':
      return { status: 400, reason: `invalid checkpoint: ${refusal}` };
  }
}

/** Second half: whether it grows from `last`. Nothing may change what was cosigned last between this and writing it down. */
export function judgeGrowth(
  { oldSize, proof }: AddCheckpoint,
  opened: OpenedCheckpoint,
  last: WitnessedTree | undefined,
  sha256: Sha256,
): WitnessDecision {
  const { size, root } = opened.checkpoint;
  if (oldSize > size) return { status: 400, reason: 'the old size is larger than the size of the checkpoint' };
  const known = last?.size ?? 0;
  if (oldSize !== known) return { status: 409, size: known };
  if (size === 0 && !isSameHash(root, sha256(new Uint8Array()))) return unproved('not the root of the empty tree');
  if (last === undefined || known === 0) {
    // The empty tree is the beginning of every tree: there is nothing to prove.
    return proof.length === 0 ? { status: 200, opened } : unproved('expected none from size 0 on');
  }
  const refusal = verifyConsistency({ from: known, to: size, fromRoot: last.root, toRoot: root, proof }, sha256);
  return refusal === undefined ? { status: 200, opened } : unproved(refusal);
}

function unproved(why: string): WitnessDecision {
  return { status: 422, reason: `bad consistency proof: ${why}` };
}
