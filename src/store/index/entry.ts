import type { Insertable } from 'kysely';
import { FactumError } from '../../core/errors.ts';
import { type Envelope, jsonOf, parseEnvelope } from '../../core/ledger/dsse.ts';
import { leafHashOf } from '../../core/ledger/merkle.ts';
import type { LedgerRecord } from '../../core/ledger/record.ts';
import { type Signer, type SignerRefusal } from '../../core/ledger/signer.ts';
import { decodeStatement, payloadType, recordOf } from '../../core/ledger/statement.ts';
import { looksLikeTwinLeaf } from '../../core/ledger/twin-leaf.ts';
import type { IndexSchema, SayingKind } from './schema.ts';

/** What one entry adds to the index. */
export type EntryRows = { readonly [Table in Exclude<keyof IndexSchema, 'state'>]?: Insertable<IndexSchema[Table]> };

export interface EntryPorts {
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  placeOf(index: number): string;
  /** Checks the envelope's signature. */
  signerOf(envelope: Envelope): Promise<Signer | SignerRefusal>;
}

/** Throws JOURNAL_CORRUPT for an entry that was changed. One that this version does not understand adds nothing. */
export async function rowsOf(entry: Uint8Array, index: number, ports: EntryPorts): Promise<EntryRows> {
  const envelope = parseEnvelope(entry);
  if (envelope === undefined) {
    if (looksLikeTwinLeaf(jsonOf(entry))) return {};
    throw changed('a DSSE envelope', 'other bytes', { entry, index, ports });
  }
  const where = { entry, index, ports };
  const signer = await checkedSigner(envelope, where);
  if (envelope.payloadType !== payloadType) return {};
  const statement = decodeStatement(envelope.payload);
  const record = statement === undefined ? undefined : recordOf(statement);
  return record === undefined ? {} : rowsOfRecord(record, signer, where);
}

export interface Where {
  readonly entry: Uint8Array;
  readonly index: number;
  readonly ports: EntryPorts;
}

/** Throws JOURNAL_CORRUPT unless the envelope verifies by its own key. */
export async function checkedSigner(envelope: Envelope, where: Where): Promise<Signer> {
  const signer = await where.ports.signerOf(envelope);
  if (typeof signer !== 'string') return signer;
  throw changed('an envelope whose signature verifies', `one that has ${signer}`, where);
}

function rowsOfRecord(record: LedgerRecord, by: Signer, { entry, index, ports: { sha256 } }: Where): EntryRows {
  const body = JSON.stringify(record.body);
  const saying = (kind: SayingKind, claim: string): Insertable<IndexSchema['sayings']> => {
    return { entry: index, claim, kind, signer: by.fingerprint, signature: JSON.stringify(by), body };
  };
  switch (record.type) {
    case 'claim/v0.1':
      return {
        claims: {
          id: record.body.id,
          entry: index,
          leaf_hash: leafHashOf(entry, sha256),
          envelope_hash: sha256(entry),
          body,
        },
      };
    case 'verification/v0.1': {
      const { verifier, boundTo, environment, observedAt, outcome } = record.body;
      const sayings = saying('evidence', record.body.claim);
      if (outcome !== 'supported') return { sayings };
      return {
        sayings,
        supports: {
          entry: index,
          verifier: verifier.id,
          version: verifier.version,
          options_digest: verifier.optionsDigest,
          tree: boundTo.tree ?? null,
          environment: environment?.digest ?? null,
          observed_ms: Date.parse(observedAt),
        },
      };
    }
    case 'human-attestation/v0.1':
      return { sayings: saying('attestation', record.body.claim) };
    case 'withdrawal/v0.1':
      return { sayings: saying('withdrawal', record.body.claim) };
    case 'erasure/v0.1':
      return { sayings: saying('erasure', record.body.claim) };
    case 'policy/v0.1':
      return { policies: { entry: index, pod: record.body.pod, signer: by.fingerprint, body } };
    case 'key/v0.1':
      return { keys: { entry: index, signer: by.fingerprint, body } };
    case 'intent/v0.1':
      return {};
  }
}

export function changed(expected: string, got: string, { entry, index, ports }: Where): FactumError {
  return new FactumError(
    'JOURNAL_CORRUPT',
    `the journal is damaged: ${ports.placeOf(index)}: expected ${expected}, got ${got} (SHA-256 ${ports.sha256(entry)})`,
  );
}
