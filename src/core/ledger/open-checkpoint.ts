import { type Checkpoint, type CheckpointRefusal, checkpointRefusals, parseCheckpoint } from './checkpoint.ts';
import { isBy, noteRefusals, type Note, type NoteRefusal, type NoteSignature, parseNote, verifyNote } from './note.ts';
import type { SignaturePort } from './signature-port.ts';
import { formatVkey, type VerifierKey } from './vkey.ts';

/** Why a signed checkpoint is not accepted, the forms of notes and checkpoints included. */
export const openingRefusals = Object.freeze({
  ...noteRefusals,
  ...checkpointRefusals,
  'unknown-origin': 'no known log has the origin of the checkpoint as the name of its key',
  'log-unsigned': 'no signature is by a known key of the log that the checkpoint names',
  'log-uncheckable': 'the log signed with ML-DSA-44, which cannot be checked here',
});
export type OpeningRefusal = NoteRefusal | CheckpointRefusal | 'unknown-origin' | 'log-unsigned' | 'log-uncheckable';

export interface KnownKeys {
  readonly logs: readonly VerifierKey[];
  /** Default: none, so that no cosignature is looked at. */
  readonly witnesses?: readonly VerifierKey[];
}

/** A known witness whose cosignature verified. */
export interface Cosigned {
  readonly key: VerifierKey;
  /** By the witness's clock, in seconds since the epoch. */
  readonly cosignedAt: number;
}

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** What was signed. */
  readonly text: string;
  /** The log's key that signed it. */
  readonly log: VerifierKey;
  readonly cosigned: readonly Cosigned[];
  /** By keys that are not known, or cannot be checked here. */
  readonly unknown: readonly NoteSignature[];
}

/** A log's checkpoint only when a key whose name is its origin signed it, and no known key's signature is wrong. */
export async function openCheckpoint(
  source: string | Uint8Array,
  known: KnownKeys,
  signatures: SignaturePort,
): Promise<OpenedCheckpoint | OpeningRefusal> {
  const note = parseNote(source);
  if (typeof note === 'string') return note;
  const checkpoint = parseCheckpoint(note.text);
  if (typeof checkpoint === 'string') return checkpoint;
  const logs = known.logs.filter(({ name }) => name === checkpoint.origin);
  if (logs.length === 0) return 'unknown-origin';
  const witnesses = known.witnesses ?? [];
  const keys = new Map([...logs, ...witnesses].map((key) => [formatVkey(key), key]));
  const opened = await verifyNote(note, [...keys.values()], signatures);
  if (opened === 'no-known-signature') return unsigned(note, logs);
  if (typeof opened === 'string') return opened;
  const log = logs.find((each) => opened.verifiedBy.some(({ key }) => isSameKey(key, each)));
  if (log === undefined) return unsigned(note, logs);
  const cosigned = opened.verifiedBy.flatMap(({ key, cosignedAt }) =>
    cosignedAt !== undefined && witnesses.some((each) => isSameKey(each, key)) ? [{ key, cosignedAt }] : [],
  );
  return { checkpoint, text: note.text, log, cosigned, unknown: opened.unknown };
}

/** A log's key may be a witness's, too. */
function isSameKey(a: VerifierKey, b: VerifierKey): boolean {
  return formatVkey(a) === formatVkey(b);
}

function unsigned({ signatures }: Note, logs: readonly VerifierKey[]): OpeningRefusal {
  const hasUncheckable = signatures.some((each) => logs.some((log) => log.type === 0x06 && isBy(each, log)));
  return hasUncheckable ? 'log-uncheckable' : 'log-unsigned';
}
