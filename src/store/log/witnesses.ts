import type { Head, SilentWitness } from '../../core/ledger/head.ts';
import { formatNote, type NoteSignature, parseNote } from '../../core/ledger/note.ts';
import { treeProofs } from '../../core/ledger/tree-proof.ts';
import type { VerifierKey } from '../../core/ledger/vkey.ts';
import type { AskWitness, Witness, WitnessOutcome } from '../../core/ledger/witnessing.ts';
import { tileReader } from './growth.ts';
import type { LogPlace } from './log-place.ts';
import { sha256 } from './sha256.ts';

export interface WitnessPorts {
  readonly witnesses: readonly Witness[];
  readonly ask: AskWitness;
  /** What no witness cosigned is not shown. */
  readonly required: boolean;
}

export interface Asked {
  readonly witness: Witness;
  readonly outcome: WitnessOutcome;
}

/** Asks all of them at once for what they say to this head; `oldSize`: what one is thought to have cosigned last. */
export function askAll(
  { witnesses, ask }: Pick<WitnessPorts, 'witnesses' | 'ask'>,
  { head, log, place }: { readonly head: Head; readonly log: VerifierKey; readonly place: LogPlace },
  oldSize: (witness: Witness) => number,
): Promise<readonly Asked[]> {
  const prove = treeProofs(head.size, tileReader(place), sha256).consistency;
  const asked = { log, checkpoint: head.checkpoint, size: head.size, prove };
  return Promise.all(
    witnesses.map(async (witness) => ({
      witness,
      outcome: await ask(witness, { ...asked, oldSize: oldSize(witness) }),
    })),
  );
}

export type Ahead = Extract<WitnessOutcome, { kind: 'ahead' }> & { readonly by: string };

/** Of those who say that they know a larger tree, the one with the largest. */
export function aheadAmong(asked: readonly Asked[]): Ahead | undefined {
  return asked
    .flatMap(({ witness, outcome }) => (outcome.kind === 'ahead' ? [{ ...outcome, by: witness.key.name }] : []))
    .toSorted((a, b) => b.size - a.size)[0];
}

/** The head with the cosignatures that came. */
export function cosigned(head: Head, asked: readonly Asked[]): Head {
  const fresh = asked.flatMap(({ witness, outcome }) =>
    outcome.kind === 'cosigned' ? [{ name: witness.key.name, outcome }] : [],
  );
  if (fresh.length === 0) return head;
  const { unwitnessedSince: _, ...rest } = head;
  return {
    ...rest,
    checkpoint: withSignatures(
      head.checkpoint,
      fresh.map(({ outcome }) => outcome.signature),
    ),
    witnesses: [
      ...head.witnesses.filter(({ name }) => !fresh.some((each) => each.name === name)),
      ...fresh.map(({ name, outcome }) => ({ name, cosignedAt: new Date(outcome.cosignedAt * 1000).toISOString() })),
    ],
  };
}

/** A later cosignature by the same key takes the place of the earlier one. */
function withSignatures(checkpoint: string, added: readonly NoteSignature[]): string {
  const note = parseNote(checkpoint);
  if (typeof note === 'string') throw new TypeError(`a checkpoint that is no note: ${note}`);
  const kept = note.signatures.filter(
    (old) => !added.some(({ name, keyId }) => old.name === name && old.keyId === keyId),
  );
  return formatNote({ text: note.text, signatures: [...kept, ...added] });
}

/** Why those did not cosign who did not. */
export function silentAmong(asked: readonly Asked[]): readonly SilentWitness[] {
  return asked.flatMap(({ witness, outcome }) =>
    outcome.kind === 'cosigned' ? [] : [{ name: witness.key.name, why: silenceOf(outcome) }],
  );
}

function silenceOf(outcome: Exclude<WitnessOutcome, { kind: 'cosigned' }>): string {
  switch (outcome.kind) {
    case 'ahead':
      return `it says that it cosigned ${outcome.size} entries`;
    case 'refused':
      return refusals[outcome.status] ?? `it refuses with status ${outcome.status}`;
    case 'unproved':
      return `its answer is no cosignature: ${outcome.why}`;
    case 'unheard':
      return outcome.message;
  }
}

const refusals: Readonly<Record<number, string>> = {
  404: 'it does not know this log: give its operator the vkey',
  422: 'it says that it cosigned another history of this log',
};
