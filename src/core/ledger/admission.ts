import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { maxEntryBytes } from './bundle.ts';
import { type Envelope, parseEnvelope } from './dsse.ts';
import type { LedgerRecord } from './record.ts';
import { type Signer, type SignerRefusal, signerRefusals } from './signer.ts';
import { sshKeyRefusals } from './ssh-key.ts';
import { sshsigRefusals } from './sshsig.ts';
import { decodeStatement, payloadType, recordOf, type Statement } from './statement.ts';
import { webauthnRefusals } from './webauthn.ts';

// Envelopes that were made elsewhere, and what each must be before it is appended here.

/** Why an envelope from elsewhere is not appended. */
export const admissionRefusals = Object.freeze({
  'wrong-name': 'its name is not the SHA-256 of its bytes',
  missing: 'its bytes are not there',
  'too-large': `it has more than ${maxEntryBytes} bytes`,
  'not-plain': 'it is not one line of printable ASCII',
  'not-an-envelope': 'it is not a DSSE envelope',
  'not-in-toto': 'its payload is of another type than an in-toto statement',
  'not-a-statement': 'its payload is not an in-toto statement',
  'claim-id-form': 'the id of its claim is not written in small letters',
  'claim-id-taken': 'another claim has its id',
  'claim-unknown': 'it is about a claim that is not here; it is tried again next time',
  'other-claim': 'it is about another claim with the same id',
});
export type AdmissionRefusal = keyof typeof admissionRefusals | SignerRefusal;

/** Something that was offered and is not taken. */
export const Refused = deferred(() =>
  z.object({
    /** The envelope's SHA-256, or the name under which it was offered. */
    name: z.string(),
    code: z.string(),
    why: z.string(),
  }),
);
export type Refused = Readonly<z.infer<typeof Refused>>;

export function refused(name: string, code: AdmissionRefusal): Refused {
  return { name, code, why: meanings[code] };
}

const meanings: Readonly<Record<AdmissionRefusal, string>> = {
  ...sshKeyRefusals,
  ...webauthnRefusals,
  ...sshsigRefusals,
  ...signerRefusals,
  ...admissionRefusals,
};

/** No version will ever take it: it is not passed on. What is only unknown here may be known elsewhere. */
export function isForGood(code: string): boolean {
  return ['wrong-name', 'too-large', 'not-plain', 'not-an-envelope', 'signature-mismatch', 'wrong-key-id'].includes(
    code,
  );
}

/** What the order of admission depends on, of an envelope that is good in itself. */
export interface Examined {
  /** SHA-256 of the envelope, hex. */
  readonly name: string;
  /** Enrolments come before all that they let count; a removal takes its place in time: what was signed before it stays valid. */
  readonly isEnrolment: boolean;
  /** What the statement says, milliseconds; later than all others when it says nothing that this version reads. */
  readonly at: number;
  readonly claim?: { readonly id: string; readonly relays?: string };
  readonly about?: { readonly claim: string; readonly envelope: string | undefined };
}

export interface ExaminePorts {
  /** Checks the envelope's signature. */
  signerOf(envelope: Envelope): Promise<Signer | SignerRefusal>;
}

/** An envelope by itself: form, size and signature; `name` is the SHA-256 of its bytes. */
export async function examine(
  name: string,
  bytes: Uint8Array,
  { signerOf }: ExaminePorts,
): Promise<Examined | AdmissionRefusal> {
  if (bytes.length > maxEntryBytes) return 'too-large';
  // Then a file of them has one per line, and showing one cannot steer a terminal.
  if (!bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'not-plain';
  const envelope = parseEnvelope(bytes);
  if (envelope === undefined) return 'not-an-envelope';
  if (envelope.payloadType !== payloadType) return 'not-in-toto';
  const signer = await signerOf(envelope);
  if (typeof signer === 'string') return signer;
  const statement = decodeStatement(envelope.payload);
  if (statement === undefined) return 'not-a-statement';
  const record = recordOf(statement);
  return record === undefined ? { name, isEnrolment: false, at: Infinity } : examinedRecord(name, record, statement);
}

function examinedRecord(name: string, record: LedgerRecord, { subject }: Statement): Examined | AdmissionRefusal {
  const isEnrolment = record.type === 'key/v0.1' && record.body.action !== 'remove';
  const base = { name, isEnrolment, at: Date.parse(timeOf(record)) };
  if (record.type === 'claim/v0.1') {
    const { id, relays } = record.body;
    if (![id, relays ?? ''].every(isSmall)) return 'claim-id-form';
    return { ...base, claim: { id, ...(relays === undefined ? {} : { relays }) } };
  }
  if (!('claim' in record.body)) return base;
  const { claim } = record.body;
  if (!isSmall(claim)) return 'claim-id-form';
  return { ...base, about: { claim, envelope: subject[0]?.digest['sha256'] } };
}

/** Two spellings of one id would make it stand for two claims. */
function isSmall(id: string): boolean {
  return id === id.toLowerCase();
}

function timeOf(record: LedgerRecord): string {
  switch (record.type) {
    case 'claim/v0.1':
      return record.body.claimedAt;
    case 'verification/v0.1':
      return record.body.observedAt;
    case 'withdrawal/v0.1':
      return record.body.withdrawnAt;
    case 'erasure/v0.1':
      return record.body.erasedAt;
    case 'human-attestation/v0.1':
      return record.body.attestedAt;
    default:
      return record.body.recordedAt;
  }
}
