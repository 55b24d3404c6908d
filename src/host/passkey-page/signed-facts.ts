import type { Attestation } from '../../core/claim/attestation.ts';
import type { LedgerRecord } from '../../core/ledger/record.ts';
import { decodeStatement, recordOf } from '../../core/ledger/statement.ts';
import type { Shown } from './steps.ts';

type Facts = Shown['facts'];

/** What a signature over these bytes says, read from the bytes themselves: a page that shows anything else deceives. */
export function signedFacts(message: Uint8Array): Required<Pick<Shown, 'title' | 'facts' | 'bytes'>> {
  const statement = decodeStatement(payloadIn(message));
  const record = statement && recordOf(statement);
  const bytes = new TextDecoder().decode(message);
  return record === undefined ? { title: 'Sign an entry', facts: [], bytes } : { ...factsOf(record), bytes };
}

/** Of a pre-authentication encoding (DSSE v1.0.2), the body. */
function payloadIn(message: Uint8Array): Uint8Array {
  const [, length] = /^DSSEv1 \d+ \S+ (\d+) /.exec(new TextDecoder().decode(message.subarray(0, 200))) ?? [];
  return length === undefined ? new Uint8Array() : message.subarray(message.length - Number(length));
}

function factsOf({ type, body }: LedgerRecord): { readonly title: string; readonly facts: Facts } {
  switch (type) {
    case 'human-attestation/v0.1': {
      const { decision, note, person, claim, attestedAt, saw } = body;
      const facts = {
        Decision: decision,
        Note: note,
        'Seen before': seenBefore(saw),
        Person: person.id,
        Claim: claim,
        Time: attestedAt,
      };
      return { title: `Sign your answer: ${decision}`, facts: given(facts) };
    }
    case 'key/v0.1': {
      const { action, kind, holder, pod, fingerprint, reason, recordedAt } = body;
      const facts = {
        Holder: holder.id,
        Pod: pod,
        Key: fingerprint,
        'Kind of key': kind,
        Reason: reason,
        Time: recordedAt,
      };
      return { title: keyTitles[action], facts: given(facts) };
    }
    default:
      return { title: `Sign an entry: ${type}`, facts: [] };
  }
}

/** What makes an answer less than independent is part of what is signed. */
function seenBefore({ machineVerdict, otherAttestations, aiReview }: Attestation['saw']): string {
  const seen = [
    ...(machineVerdict ? ['what machines say'] : []),
    ...(otherAttestations ? ["others' answers"] : []),
    ...(aiReview ? ["an AI's review"] : []),
  ];
  return seen.length === 0 ? "neither what machines say nor others' answers" : seen.join(', ');
}

const keyTitles = {
  request: 'Ask to enrol this key',
  enroll: 'Vouch for a key',
  remove: 'Remove a key',
} as const;

function given(facts: Readonly<Record<string, string | undefined>>): Facts {
  return Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
