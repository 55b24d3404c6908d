import type { Attestation } from '../../claim/attestation.ts';
import type { Erasure } from '../../claim/erasure.ts';
import { sheetDigest } from '../../claim/look-sheet.ts';
import { type Envelope, jsonOf, parseEnvelope } from '../dsse.ts';
import type { Sha256 } from '../hash.ts';
import type { KeyEvent } from '../key-ring.ts';
import { toHex } from '../octets.ts';
import type { LedgerRecord } from '../record.ts';
import type { Signer, SignerRefusal } from '../signer.ts';
import { decodeStatement, payloadType, recordOf, type Statement } from '../statement.ts';
import { looksLikeTwinLeaf, twinLeafOf } from '../twin-leaf.ts';
import type { FindingCode } from './finding.ts';
import type { KnownClaim } from './voices.ts';

/** What one entry says by itself, in values that one thread can hand to another. */
export interface ReadEntry {
  readonly kind: 'envelope' | 'twin' | 'other';
  /** Nothing is taken from an entry with one. */
  readonly fault?: { readonly code: FindingCode; readonly got?: string };
  /** Absent for what this version does not know. */
  readonly says?: Says;
}

export type Says =
  | { readonly type: 'claim'; readonly id: string; readonly claim: Omit<KnownClaim, 'index'> }
  | { readonly type: 'key'; readonly event: Omit<KeyEvent, 'index'> }
  | AboutClaim;

/** A look, a withdrawal, an erasure or an attestation. */
export interface AboutClaim {
  readonly type: 'about';
  readonly claim: string;
  /** SHA-256 of the envelope that its statement is about. */
  readonly bound: string;
  readonly signer: Pick<Signer, 'kind' | 'fingerprint'>;
  /** Digests of what a look keeps. */
  readonly artifacts: readonly string[];
  readonly erased?: Erasure;
  readonly attested?: { readonly signer: Signer; readonly body: Attestation };
}

/** Reads entries that stand one after the other; `before` is the entry in front of the first of them. */
export type ReadEntries = (
  entries: readonly Uint8Array[],
  before: Uint8Array | undefined,
) => Promise<readonly ReadEntry[]>;

export interface ReadEntryPorts {
  readonly sha256: Sha256;
  /** Checks the envelope's signature. */
  signerOf(envelope: Envelope): Promise<Signer | SignerRefusal>;
}

/** All at once: signatures are checked beside each other where the port can. */
export function entryReader(ports: ReadEntryPorts): ReadEntries {
  return (entries, before) =>
    Promise.all(entries.map((entry, at) => readEntry(entry, at === 0 ? before : entries[at - 1], ports)));
}

async function readEntry(entry: Uint8Array, before: Uint8Array | undefined, ports: ReadEntryPorts): Promise<ReadEntry> {
  const envelope = parseEnvelope(entry);
  if (envelope === undefined) return readOther(entry, before, ports);
  const kind = 'envelope';
  const signer = await ports.signerOf(envelope);
  if (typeof signer === 'string') return { kind, fault: { code: 'signature-refused', got: signer } };
  if (envelope.payloadType !== payloadType) return { kind };
  const statement = decodeStatement(envelope.payload);
  if (statement === undefined) return { kind, fault: { code: 'statement-form' } };
  const record = recordOf(statement);
  const says = record === undefined ? undefined : saysOf(record, { entry, statement, signer, ports });
  return says === undefined ? { kind } : { kind, says };
}

function readOther(entry: Uint8Array, before: Uint8Array | undefined, { sha256 }: ReadEntryPorts): ReadEntry {
  if (!looksLikeTwinLeaf(jsonOf(entry)))
    return { kind: 'other', fault: { code: 'entry-form', got: `${entry.length} bytes` } };
  const envelope = before === undefined ? undefined : parseEnvelope(before);
  const twin = envelope === undefined ? undefined : twinLeafOf(envelope, sha256);
  return twin !== undefined && isSame(twin, entry)
    ? { kind: 'twin' }
    : { kind: 'twin', fault: { code: 'twin-mismatch' } };
}

interface Signed {
  readonly entry: Uint8Array;
  readonly statement: Statement;
  readonly signer: Signer;
  readonly ports: ReadEntryPorts;
}

function saysOf(record: LedgerRecord, { entry, statement, signer, ports: { sha256 } }: Signed): Says | undefined {
  const { kind, fingerprint } = signer;
  const about = { type: 'about', signer: { kind, fingerprint }, artifacts: [] } as const;
  switch (record.type) {
    case 'claim/v0.1': {
      const { id, pod, claimant } = record.body;
      const leaf = new Uint8Array(1 + entry.length);
      leaf.set(entry, 1);
      const sheet = sheetDigest(record.body, (bytes) => toHex(sha256(bytes)));
      const hashes = { envelope: toHex(sha256(entry)), leafHash: toHex(sha256(leaf)), sheet };
      return { type: 'claim', id, claim: { pod, claimant: claimant.id, ...hashes } };
    }
    case 'key/v0.1':
      return { type: 'key', event: { record: record.body, signer: fingerprint } };
    case 'verification/v0.1': {
      const artifacts = record.body.artifacts.map(({ digest }) => digest);
      return { ...about, claim: record.body.claim, bound: boundIn(statement), artifacts };
    }
    case 'withdrawal/v0.1':
      return { ...about, claim: record.body.claim, bound: boundIn(statement) };
    case 'erasure/v0.1':
      return { ...about, claim: record.body.claim, bound: boundIn(statement), erased: record.body };
    case 'human-attestation/v0.1':
      return { ...about, claim: record.body.claim, bound: boundIn(statement), attested: { signer, body: record.body } };
    case 'policy/v0.1':
    case 'intent/v0.1':
      return undefined;
  }
}

function boundIn({ subject }: Statement): string {
  return subject.map(({ digest }) => digest['sha256'] ?? 'no sha256').join(', ');
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
