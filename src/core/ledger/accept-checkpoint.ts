import { isBy, type NoteSignature } from './note.ts';
import { type OpenedCheckpoint, openCheckpoint, openingRefusals, type OpeningRefusal } from './open-checkpoint.ts';
import type { SignaturePort } from './signature-port.ts';
import type { PolicyWitness, Quorum, TlogPolicy } from './tlog-policy.ts';
import { formatVkey } from './vkey.ts';

/** Why a policy does not accept a checkpoint. */
export const policyVerdicts = Object.freeze({
  ...openingRefusals,
  'quorum-missed': 'too few of the witnesses that the policy asks for have cosigned',
  'quorum-uncheckable': 'the quorum would hold only by ML-DSA cosignatures, which cannot be checked here',
});
export type PolicyVerdict = OpeningRefusal | 'quorum-missed' | 'quorum-uncheckable';

/** The checkpoint when a log of the policy signed it and its quorum cosigned. */
export async function acceptCheckpoint(
  source: string | Uint8Array,
  policy: TlogPolicy,
  signatures: SignaturePort,
): Promise<OpenedCheckpoint | PolicyVerdict> {
  const witnesses = policy.witnesses.map(({ key }) => key);
  const opened = await openCheckpoint(source, { logs: policy.logs.map(({ key }) => key), witnesses }, signatures);
  if (typeof opened === 'string') return opened;
  const cosigned = new Set(opened.cosigned.map(({ key }) => formatVkey(key)));
  const isCosigned = ({ key }: PolicyWitness) => cosigned.has(formatVkey(key));
  if (holds(policy.quorum, isCosigned)) return opened;
  const mayBe = (witness: PolicyWitness) => isCosigned(witness) || hasUncheckable(witness, opened.unknown);
  return holds(policy.quorum, mayBe) ? 'quorum-uncheckable' : 'quorum-missed';
}

function holds(quorum: Quorum, isCosigned: (witness: PolicyWitness) => boolean): boolean {
  switch (quorum.kind) {
    case 'none':
      return true;
    case 'witness':
      return isCosigned(quorum.witness);
    case 'group':
      return quorum.members.filter((member) => holds(member, isCosigned)).length >= quorum.threshold;
  }
}

function hasUncheckable({ key }: PolicyWitness, unknown: readonly NoteSignature[]): boolean {
  return key.type === 0x06 && unknown.some((signature) => isBy(signature, key));
}
