import type { Insertable } from 'kysely';
import { FactumError } from '../../core/errors.ts';
import { checkEnvelope, type EnvelopeKey, jsonOf, parseEnvelope } from '../../core/ledger/dsse.ts';
import { leafHashOf } from '../../core/ledger/merkle.ts';
import type { LedgerRecord } from '../../core/ledger/record.ts';
import { decodeStatement, payloadType, recordOf } from '../../core/ledger/statement.ts';
import type { IndexSchema, SayingKind } from './schema.ts';

/** What one entry adds to the index. */
export type EntryRows = { readonly [Table in Exclude<keyof IndexSchema, 'state'>]?: Insertable<IndexSchema[Table]> };

export interface EntryPorts {
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  placeOf(index: number): string;
  /** This machine's key; entries of other machines are taken as they are until their keys are enrolled. */
  readonly key: EnvelopeKey | undefined;
}

/** Throws JOURNAL_CORRUPT for an entry that was changed. One that this version does not understand adds nothing. */
export async function rowsOf(entry: Uint8Array, index: number, ports: EntryPorts): Promise<EntryRows> {
  const envelope = parseEnvelope(entry);
  if (envelope === undefined) {
    if (isTwinLeaf(jsonOf(entry))) return {};
    throw changed('a DSSE envelope', 'other bytes', { entry, index, ports });
  }
  const { key } = ports;
  if (key !== undefined && (await checkEnvelope(envelope, key)) === 'broken') {
    throw changed(`an envelope signed by ${key.keyid}`, 'one whose signature is not its own', { entry, index, ports });
  }
  if (envelope.payloadType !== payloadType) return {};
  const statement = decodeStatement(envelope.payload);
  const record = statement === undefined ? undefined : recordOf(statement);
  return record === undefined ? {} : rowsOfRecord(record, { entry, index, ports });
}

interface Where {
  readonly entry: Uint8Array;
  readonly index: number;
  readonly ports: EntryPorts;
}

function rowsOfRecord(record: LedgerRecord, { entry, index, ports: { sha256 } }: Where): EntryRows {
  const body = JSON.stringify(record.body);
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
      const sayings = saying('evidence', record.body.claim, { index, body });
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
      return { sayings: saying('attestation', record.body.claim, { index, body }) };
    case 'withdrawal/v0.1':
      return { sayings: saying('withdrawal', record.body.claim, { index, body }) };
    case 'policy/v0.1':
      return { policies: { entry: index, pod: record.body.pod, body } };
    case 'intent/v0.1':
      return {};
  }
}

function saying(
  kind: SayingKind,
  claim: string,
  { index, body }: { index: number; body: string },
): Insertable<IndexSchema['sayings']> {
  return { entry: index, claim, kind, body };
}

/** The Rekor form of the entry before it; it adds no fact. */
function isTwinLeaf(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'kind' in json && json.kind === 'hashedrekord';
}

function changed(expected: string, got: string, { entry, index, ports }: Where): FactumError {
  return new FactumError(
    'JOURNAL_CORRUPT',
    `the journal is damaged: ${ports.placeOf(index)}: expected ${expected}, got ${got} (SHA-256 ${ports.sha256(entry)})`,
  );
}
