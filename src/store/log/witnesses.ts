import type { Head } from '../../core/ledger/head.ts';
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
}

export interface Asked {
  readonly witness: Witness;
  readonly outcome: WitnessOutcome;
}

/** Asks all of them at once for what they say to this head. */
export function askAll(
  witnesses: readonly Witness[],
  ask: AskWitness,
  { head, log, place }: { readonly head: Head; readonly log: VerifierKey; readonly place: LogPlace },
): Promise<readonly Asked[]> {
  const proofs = treeProofs(head.size, tileReader(place), sha256);
  const asked = { log, checkpoint: head.checkpoint, size: head.size, oldSize: 0, prove: proofs.consistency };
  return Promise.all(witnesses.map(async (witness) => ({ witness, outcome: await ask(witness, asked) })));
}

/** The head with the cosignatures that came; `since`: when its log was first left without any. */
export function cosigned(head: Head, asked: readonly Asked[], since: string): Head {
  const fresh = asked.flatMap(({ witness, outcome }) =>
    outcome.kind === 'cosigned' ? [{ name: witness.key.name, outcome }] : [],
  );
  const witnesses = [
    ...head.witnesses.filter(({ name }) => !fresh.some((each) => each.name === name)),
    ...fresh.map(({ name, outcome }) => ({ name, cosignedAt: new Date(outcome.cosignedAt * 1000).toISOString() })),
  ];
  const { unwitnessedSince: _, ...rest } = head;
  return {
    ...rest,
    checkpoint: withSignatures(
      head.checkpoint,
      fresh.map(({ outcome }) => outcome.signature),
    ),
    witnesses,
    ...(witnesses.length > 0 ? {} : { unwitnessedSince: head.unwitnessedSince ?? since }),
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
