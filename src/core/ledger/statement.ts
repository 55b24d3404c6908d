import { z } from 'zod';
import { deferred } from '../deferred.ts';
import type { Target } from '../claim/claim.ts';
import { FactumError } from '../errors.ts';
import { jsonOf } from './dsse.ts';
import { type LedgerRecord, recordFrom } from './record.ts';

const statementType = 'https://in-toto.io/Statement/v1';
export const payloadType = 'application/vnd.in-toto+json';
const predicateNamespace = 'https://factum.internal/';

const Subject = deferred(() => z.looseObject({ name: z.string(), digest: z.record(z.string(), z.string()) }));
type Subject = z.infer<typeof Subject>;

/** An in-toto Statement v1. Fields that this version does not know are kept. */
export const Statement = deferred(() =>
  z.looseObject({
    _type: z.literal(statementType),
    subject: z.array(Subject).min(1),
    predicateType: z.string(),
    predicate: z.record(z.string(), z.unknown()),
  }),
);
export type Statement = Readonly<z.infer<typeof Statement>>;

export interface StatementPorts {
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  /** SHA-256 (hex) of the envelope of the claim with this id; undefined when the claim is not in the ledger. */
  envelopeOf(claim: string): string | undefined;
}

/** Throws CLAIM_NOT_FOUND when the record is about a claim that the ledger does not have. */
export function statementOf(record: LedgerRecord, ports: StatementPorts): Statement {
  return {
    _type: statementType,
    subject: subjectOf(record, ports),
    predicateType: predicateTypeOf(record.type),
    predicate: record.body,
  };
}

export function predicateTypeOf(type: LedgerRecord['type']): string {
  return predicateNamespace + type;
}

export function encodeStatement(statement: Statement): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(statement));
}

/** Undefined when the payload is not an in-toto Statement v1. */
export function decodeStatement(payload: Uint8Array): Statement | undefined {
  return Statement.safeParse(jsonOf(payload)).data;
}

/** Undefined for a predicate, or a shape of one, that this version does not know: such entries stay valid. */
export function recordOf({ predicateType, predicate }: Statement): LedgerRecord | undefined {
  if (!predicateType.startsWith(predicateNamespace)) return undefined;
  return recordFrom(predicateType.slice(predicateNamespace.length), predicate);
}

function subjectOf(record: LedgerRecord, ports: StatementPorts): Subject[] {
  switch (record.type) {
    case 'claim/v0.1':
      return targetSubjects(record.body.id, record.body.target, ports);
    case 'verification/v0.1':
    case 'withdrawal/v0.1':
    case 'erasure/v0.1':
    case 'human-attestation/v0.1':
      return [claimSubject(record.body.claim, ports)];
    case 'policy/v0.1':
      return [named(`policy:${record.body.pod}`, ports)];
    case 'key/v0.1':
      return [named(`key:${record.body.fingerprint}`, ports)];
    case 'intent/v0.1':
      return [named(`intent:${record.body.pod}/${record.body.id}`, ports)];
  }
}

/** Later entries are about exactly that envelope: a claim's identity is its envelope hash everywhere. */
function claimSubject(claim: string, { envelopeOf }: StatementPorts): Subject {
  const sha256 = envelopeOf(claim);
  if (sha256 === undefined) throw new FactumError('CLAIM_NOT_FOUND', `the ledger has no claim ${claim}`);
  return { name: `claim:${claim}`, digest: { sha256 } };
}

function targetSubjects(claim: string, target: Target, ports: StatementPorts): Subject[] {
  const { commit, tree, repository = 'repository' } = target;
  const subjects: Subject[] = [];
  if (commit !== undefined) subjects.push({ name: repository, digest: { gitCommit: commit } });
  if (tree !== undefined) subjects.push({ name: repository, digest: { gitTree: tree } });
  if (subjects.length > 0) return subjects;
  for (const key of ['url', 'database', 'environment', 'branch', 'repository'] as const) {
    const value = target[key];
    if (value !== undefined) return [named(`${key}:${value}`, ports)];
  }
  return [named(`claim:${claim}`, ports)];
}

/** in-toto wants a digest of every subject; what has no content of its own is told by the SHA-256 of its name. */
function named(name: string, { sha256 }: StatementPorts): Subject {
  return { name, digest: { sha256: sha256(new TextEncoder().encode(name)) } };
}
