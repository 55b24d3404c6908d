import { sheetDigest } from '../../claim/look-sheet.ts';
import type { LedgerRecord } from '../record.ts';
import { type Envelope, jsonOf, parseEnvelope } from '../dsse.ts';
import type { Sha256 } from '../hash.ts';
import type { Signer, SignerRefusal } from '../signer.ts';
import { decodeStatement, payloadType, recordOf, type Statement } from '../statement.ts';
import { looksLikeTwinLeaf, twinLeafOf } from '../twin-leaf.ts';
import type { Findings } from './finding.ts';
import { hexOf } from './signed-checkpoint.ts';
import { type KnownClaim, voices } from './voices.ts';

export interface EntryPorts {
  readonly sha256: Sha256;
  /** Checks the envelope's signature. */
  signerOf(envelope: Envelope): Promise<Signer | SignerRefusal>;
}

/** What the entries of a log say, one after the other, and whether it holds together. */
export interface EntryCheck {
  /** In the order of the log. */
  take(entries: readonly Uint8Array[], first: number): Promise<void>;
  /** After the last entry. */
  end(): void;
  readonly envelopes: number;
  readonly twins: number;
  /** Digests that looks name, each with the first entry that does. */
  readonly artifacts: ReadonlyMap<string, number>;
}

type Saying = Extract<LedgerRecord, { type: 'verification/v0.1' | 'withdrawal/v0.1' | 'human-attestation/v0.1' }>;

interface Spoken {
  readonly index: number;
  readonly record: Saying;
  readonly subject: Statement['subject'];
  readonly signer: Signer;
}

export function checkEntries(ports: EntryPorts, findings: Findings, placeOf: (entry: number) => string): EntryCheck {
  const claims = new Map<string, KnownClaim>();
  const early: Spoken[] = [];
  const artifacts = new Map<string, number>();
  const spoke = voices();
  let before: Envelope | undefined;
  const counts = { envelopes: 0, twins: 0 };

  function fault(code: Parameters<Findings['report']>[0], entry: number, details: object = {}): void {
    findings.report(code, placeOf(entry), { entry, ...details });
  }

  function takeOther(entry: Uint8Array, index: number): void {
    if (!looksLikeTwinLeaf(jsonOf(entry))) return fault('entry-form', index, { got: `${entry.length} bytes` });
    counts.twins += 1;
    const twin = before === undefined ? undefined : twinLeafOf(before, ports.sha256);
    if (twin === undefined || !isSame(twin, entry)) fault('twin-mismatch', index);
  }

  function takeSigned(entry: Uint8Array, index: number, { envelope, signer }: SignedEnvelope): void {
    counts.envelopes += 1;
    if (typeof signer === 'string') return fault('signature-refused', index, { got: signer });
    if (envelope.payloadType !== payloadType) return;
    const statement = decodeStatement(envelope.payload);
    if (statement === undefined) return fault('statement-form', index);
    const record = recordOf(statement);
    if (record !== undefined) takeRecord(record, entry, { index, signer, subject: statement.subject });
  }

  function takeRecord(record: LedgerRecord, entry: Uint8Array, said: Omit<Spoken, 'record'>): void {
    const { index, signer } = said;
    switch (record.type) {
      case 'claim/v0.1': {
        const { id, pod, claimant } = record.body;
        const known = claims.get(id);
        const envelope = hexOf(ports.sha256(entry));
        if (known !== undefined) return fault('claim-twice', index, { got: `${id}, first at entry ${known.index}` });
        const leafHash = hexOf(ports.sha256(new Uint8Array([0, ...entry])));
        const sheet = sheetDigest(record.body, (bytes) => hexOf(ports.sha256(bytes)));
        claims.set(id, { index, pod, claimant: claimant.id, envelope, leafHash, sheet });
        return;
      }
      case 'key/v0.1':
        return spoke.keys({ index, record: record.body, signer: signer.fingerprint });
      case 'verification/v0.1':
        for (const { digest } of record.body.artifacts) {
          if (!artifacts.has(digest)) artifacts.set(digest, index);
        }
        return about(record, said);
      case 'withdrawal/v0.1':
      case 'human-attestation/v0.1':
        return about(record, said);
      case 'policy/v0.1':
      case 'intent/v0.1':
    }
  }

  function about(record: Saying, said: Omit<Spoken, 'record'>): void {
    const claim = claims.get(record.body.claim);
    // Entries that came from another clone may stand before their claim.
    if (claim === undefined) early.push({ ...said, record });
    else takeSaying(claim, { ...said, record });
  }

  function takeSaying(claim: KnownClaim, { index, record, subject, signer }: Spoken): void {
    const bound = subject.map(({ digest }) => digest['sha256'] ?? 'no sha256').join(', ');
    if (bound !== claim.envelope) return fault('wrong-subject', index, { expected: claim.envelope, got: bound });
    if (record.type !== 'human-attestation/v0.1') return spoke.observes(claim, signer, index);
    const { claimLeaf } = record.body;
    if (claimLeaf !== claim.leafHash)
      return fault('wrong-claim-leaf', index, { expected: claim.leafHash, got: claimLeaf });
    spoke.attests(claim, { index, signer, body: record.body });
  }

  return {
    async take(entries, first) {
      // All of a bundle at once: signatures are checked beside each other.
      const signed = await Promise.all(entries.map((entry) => signedIn(entry, ports)));
      for (const [at, entry] of entries.entries()) {
        const found = signed[at];
        if (found === undefined) takeOther(entry, first + at);
        else takeSigned(entry, first + at, found);
        before = found?.envelope;
      }
    },
    end() {
      for (const spoken of early) {
        const claim = claims.get(spoken.record.body.claim);
        if (claim === undefined) fault('claim-missing', spoken.index, { got: spoken.record.body.claim });
        else takeSaying(claim, spoken);
      }
      spoke.judge(findings, placeOf);
    },
    get envelopes() {
      return counts.envelopes;
    },
    get twins() {
      return counts.twins;
    },
    artifacts,
  };
}

interface SignedEnvelope {
  readonly envelope: Envelope;
  readonly signer: Signer | SignerRefusal;
}

async function signedIn(entry: Uint8Array, { signerOf }: EntryPorts): Promise<SignedEnvelope | undefined> {
  const envelope = parseEnvelope(entry);
  return envelope === undefined ? undefined : { envelope, signer: await signerOf(envelope) };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
