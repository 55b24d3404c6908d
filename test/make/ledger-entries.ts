import { generateKeyPairSync, hash, sign } from 'node:crypto';
import type { Attestation } from '../../src/core/claim/attestation.ts';
import { sheetDigest } from '../../src/core/claim/look-sheet.ts';
import type { Claim } from '../../src/core/claim/claim.ts';
import { type EnvelopeKey, parseEnvelope, signEnvelope } from '../../src/core/ledger/dsse.ts';
import { attestNamespace, type KeyRecord, type PasskeyScope } from '../../src/core/ledger/key-record.ts';
import { leafHashOf } from '../../src/core/ledger/merkle.ts';
import type { LedgerRecord } from '../../src/core/ledger/record.ts';
import { formatPublicKeyLine, publicKeyFingerprint } from '../../src/core/ledger/ssh-key.ts';
import { encodeStatement, payloadType, type Statement, statementOf } from '../../src/core/ledger/statement.ts';
import { twinLeafOf } from '../../src/core/ledger/twin-leaf.ts';
import { aClaim, aLook, anAttestation, claimId, minute } from './claim-values.ts';
import { armoredBy, ed25519Signer, type SshSigner } from './ssh-signer.ts';
import { sha256 } from './trees.ts';

const sha256Hex = (bytes: Uint8Array): string => hash('sha256', bytes);

export function machineKey(): EnvelopeKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const key = { type: 'ecdsa-sha2-nistp256', point } as const;
  return {
    keyid: publicKeyFingerprint(key, sha256),
    publicKey: formatPublicKeyLine(key),
    sign: (message) => Promise.resolve(sign('sha256', message, privateKey)),
  };
}

/** A person's key: signs as `ssh-keygen -Y sign` does. */
export interface HumanKey extends EnvelopeKey {
  /** As in an `authorized_keys` file. */
  readonly line: string;
}

export function humanKey(signer: SshSigner = ed25519Signer(), namespace: string = attestNamespace): HumanKey {
  return {
    keyid: publicKeyFingerprint(signer.key, sha256),
    line: formatPublicKeyLine(signer.key),
    sign: (message) => Promise.resolve(new TextEncoder().encode(armoredBy(signer, message, namespace))),
  };
}

/** Entries in the order in which they are added, with the names of what they are about. */
export function entryMaker() {
  const entries: Uint8Array[] = [];
  const envelopes = new Map<string, Uint8Array>();
  const sheets = new Map<string, string>();

  async function addStatement(said: Statement, key: EnvelopeKey): Promise<Uint8Array> {
    const envelope = await signEnvelope(payloadType, encodeStatement(said), key);
    entries.push(envelope);
    return envelope;
  }

  function statement(record: LedgerRecord): Statement {
    const envelopeOf = (claim: string): string | undefined => {
      const envelope = envelopes.get(claim);
      return envelope === undefined ? undefined : sha256Hex(envelope);
    };
    return statementOf(record, { sha256: sha256Hex, envelopeOf });
  }

  async function add(record: LedgerRecord, key: EnvelopeKey): Promise<Uint8Array> {
    const envelope = await addStatement(statement(record), key);
    if (record.type === 'claim/v0.1') {
      envelopes.set(record.body.id, envelope);
      sheets.set(record.body.id, sheetDigest(record.body, sha256Hex));
    }
    return envelope;
  }

  return {
    entries,
    add,
    addStatement,
    statement,
    claim: (key: EnvelopeKey, fields: Partial<Claim> = {}) => add({ type: 'claim/v0.1', body: aClaim(fields) }, key),
    look: (key: EnvelopeKey, claim = claimId(1)) => add({ type: 'verification/v0.1', body: aLook({ claim }) }, key),
    attest: (key: EnvelopeKey, person: string, fields: Partial<Attestation> = {}) =>
      add({ type: 'human-attestation/v0.1', body: attestation(person, fields) }, key),
    keyEntry: (action: KeyRecord['action'], of: EnvelopeKey, by: EnvelopeKey, fields: KeyFields) =>
      add({ type: 'key/v0.1', body: keyRecord(action, of, fields) }, by),
    /** The twin leaf of the last entry. */
    twin(): void {
      const envelope = parseEnvelope(entries.at(-1) ?? new Uint8Array());
      const twin = envelope === undefined ? undefined : twinLeafOf(envelope, sha256);
      if (twin === undefined) throw new Error('the last entry has no twin leaf');
      entries.push(twin);
    },
    attestation,
  };

  function attestation(person: string, fields: Partial<Attestation> = {}): Attestation {
    const id = fields.claim ?? claimId(1);
    const claimLeaf = leafHashOf(envelopes.get(id) ?? new Uint8Array(), sha256Hex);
    return anAttestation(person, { claimLeaf, shownDigest: sheets.get(id) ?? '', ...fields });
  }
}

interface KeyFields {
  readonly holder: string;
  readonly passkey?: PasskeyScope;
}

function keyRecord(action: KeyRecord['action'], of: EnvelopeKey, { holder, passkey }: KeyFields): KeyRecord {
  const line = 'line' in of && typeof of.line === 'string' ? of.line : undefined;
  return {
    pod: 'core',
    action,
    kind: line === undefined ? 'machine' : 'human',
    holder: { id: holder },
    key: line ?? of.publicKey ?? '',
    fingerprint: of.keyid,
    recordedAt: minute(1),
    ...(passkey === undefined ? {} : { passkey }),
  };
}
