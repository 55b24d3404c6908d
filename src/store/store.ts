import { join } from 'node:path';
import { type Envelope, type EnvelopeKey, parseEnvelope, signEnvelope } from '../core/ledger/dsse.ts';
import { fromHex } from '../core/ledger/octets.ts';
import type { LedgerRecord, Receipt } from '../core/ledger/record.ts';
import type { Signer, SignerRefusal } from '../core/ledger/signer.ts';
import { encodeStatement, payloadType, statementOf } from '../core/ledger/statement.ts';
import { twinLeafOf } from '../core/ledger/twin-leaf.ts';
import type { Reading } from '../core/operation.ts';
import type { LedgerReader } from '../core/ledger/check/reader.ts';
import type { Admission, EnvelopeSource, Exchange } from '../core/ledger/peer.ts';
import { admit } from './admit.ts';
import { type Blobs, blobsIn } from './blobs.ts';
import { rowsOf } from './index/entry.ts';
import type { IndexPlace } from './index/place.ts';
import { postgresPlace } from './index/postgres-place.ts';
import { projection } from './index/projection.ts';
import { emptyReading, envelopesOf, readingOf } from './index/reading.ts';
import { sqlitePlace } from './index/sqlite-place.ts';
import { filesJournal } from './journal/files/files-journal.ts';
import type { Journal } from './journal/journal.ts';
import { postgresJournal } from './journal/postgres/postgres-journal.ts';
import type { LogPlace } from './log/log-place.ts';
import { ownEnvelopes } from './own-envelopes.ts';
import { type DatabaseAddress, databaseAt } from './postgres/database.ts';

export interface StoreOptions {
  /** `<git common dir>/factum`; nothing is created before the first write. */
  readonly dir: string;
  readonly keys: {
    /** Makes the key when there is none. */
    own(): Promise<EnvelopeKey>;
  };
  signerOf(envelope: Envelope): Promise<Signer | SignerRefusal>;
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  /** Takes secrets out of texts before they are kept as blobs. */
  redact(text: string): string;
  /** What a machine signs is followed by its form in Rekor; default: it is not. */
  readonly twinLeaves?: boolean;
  readonly lockTimeoutMs?: number;
  /** Journal and index are there when it is given, else in files; blobs are always in files. */
  readonly database?: DatabaseAddress;
}

/** What is published, and where. */
export interface StoreLog {
  readonly journal: Journal;
  place(): Promise<LogPlace>;
  /** Reads it as it is kept, checking nothing. Absent: it is the folder. Throws LEDGER_UNREADABLE where nothing is. */
  reader?(): Promise<LedgerReader>;
}

export interface Store {
  readonly read: Reading;
  /**
   * Signs and appends, by default with this machine's key; answers when all are on disk. Records may be about claims
   * earlier in the same call.
   */
  write(records: readonly [LedgerRecord, ...LedgerRecord[]], key?: EnvelopeKey): Promise<readonly Receipt[]>;
  /** Appends envelopes that were made elsewhere, after checking each; answers when all are on disk. */
  admit(envelopes: EnvelopeSource): Promise<Admission>;
  /** What the ledger has of its own and of others. */
  readonly envelopes: Exchange['own'];
  readonly blobs: Blobs;
  readonly log: StoreLog;
  /** Meets what an append needs, on the newest entries: for a moment in which there is nothing else to do. */
  rehearse(): Promise<void>;
  /** Whether this store appended anything since it was opened. */
  hasAppended(): boolean;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export function openStore(options: StoreOptions): Store {
  const { dir, keys, sha256, redact, signerOf } = options;
  const { log, place, catchUp, release } = keptIn(options);
  const { journal } = log;
  let hasAppended = false;
  const entryPorts = { sha256, signerOf, placeOf: journal.placeOf };
  const index = projection({ place, journal, entryPorts });

  function ask<T>(question: (reading: Reading) => Promise<T>): Promise<T> {
    return index.ask((db) => question(db === undefined ? emptyReading : readingOf(db, { sha256 })));
  }

  /** Envelope hashes of the claims that these records are about and that stand in the ledger already. */
  async function knownEnvelopes(records: readonly LedgerRecord[]): Promise<Map<string, string>> {
    const own = new Set(records.flatMap((record) => (record.type === 'claim/v0.1' ? record.body.id : [])));
    const others = new Set(records.flatMap((record) => ('claim' in record.body ? record.body.claim : [])));
    const asked = [...others].filter((id) => !own.has(id));
    if (asked.length === 0) return new Map();
    return index.ask(async (db) => new Map(db === undefined ? [] : await envelopesOf(db, asked)));
  }

  /** Each envelope, followed by its twin leaf where it has one. */
  async function signAll(
    records: readonly LedgerRecord[],
    key: EnvelopeKey,
  ): Promise<readonly (readonly Uint8Array[])[]> {
    const envelopes = await knownEnvelopes(records);
    const signed: Uint8Array[][] = [];
    for (const record of records) {
      const statement = statementOf(record, { sha256, envelopeOf: (claim) => envelopes.get(claim) });
      const envelope = await signEnvelope(payloadType, encodeStatement(statement), key);
      if (record.type === 'claim/v0.1') envelopes.set(record.body.id, sha256(envelope));
      signed.push(withTwin(envelope));
    }
    return signed;
  }

  function withTwin(envelope: Uint8Array): Uint8Array[] {
    const twin = options.twinLeaves === true ? twinOf(envelope) : undefined;
    return twin === undefined ? [envelope] : [envelope, twin];
  }

  function twinOf(bytes: Uint8Array): Uint8Array | undefined {
    const envelope = parseEnvelope(bytes);
    return envelope === undefined ? undefined : twinLeafOf(envelope, (content) => fromHex(sha256(content)));
  }

  async function append(entries: readonly Uint8Array[]): Promise<readonly Receipt[]> {
    const receipts = await journal.append(entries);
    hasAppended ||= receipts.length > 0;
    return receipts;
  }

  async function write(records: readonly LedgerRecord[], key?: EnvelopeKey): Promise<readonly Receipt[]> {
    const signed = await signAll(records, key ?? (await keys.own()));
    const receipts = await append(signed.flat());
    // A twin leaf is no record: nobody waits for its receipt.
    const isTwin = signed.flatMap((entries) => entries.map((_, at) => at > 0));
    return receipts.filter((_, at) => isTwin[at] === false);
  }

  const own = ownEnvelopes(journal, sha256);
  const admitPorts = {
    sha256,
    signerOf,
    own,
    async knownClaims(ids: readonly string[]) {
      return index.ask(async (db) => (db === undefined ? new Map<string, string>() : envelopesOf(db, ids)));
    },
    append: (admitted: readonly Uint8Array[]) => append(admitted.flatMap(withTwin)),
  };

  return {
    read: {
      claims: (newest) => ask((reading) => reading.claims(newest)),
      claim: (id) => ask((reading) => reading.claim(id)),
      reusable: (key) => ask((reading) => reading.reusable(key)),
      lastSupported: (key) => ask((reading) => reading.lastSupported(key)),
      policyInForce: (pod) => ask((reading) => reading.policyInForce(pod)),
      entriesAbout: (claim) => ask((reading) => reading.entriesAbout(claim)),
      keyRing: (pod) => ask((reading) => reading.keyRing(pod)),
    },
    write,
    admit: (source) => admit(source, admitPorts),
    envelopes: own,
    blobs: blobsIn({ dir: join(dir, 'blobs'), sha256, redact }),
    log,
    async rehearse() {
      await Promise.all([keys.own(), log.place(), catchUp()]);
      const size = await journal.size();
      // The newest may be the twin leaf of the one before.
      const first = Math.max(0, size - 2);
      for (const [at, entry] of (await journal.read(first, size)).entries()) {
        twinOf(entry);
        await rowsOf(entry, first + at, entryPorts);
      }
    },
    hasAppended: () => hasAppended,
    async close() {
      await index.close();
      await journal.close();
      await release();
    },
  };
}

interface Kept {
  readonly log: StoreLog;
  readonly place: IndexPlace;
  /** What an append can do before it is asked for. */
  catchUp(): Promise<void>;
  release(): Promise<void>;
}

function keptIn(options: StoreOptions): Kept {
  if (options.database === undefined) {
    const journal = filesJournal(options);
    return {
      log: {
        journal,
        place: async () =>
          (await import('./log/files-place.ts')).filesPlace({ dir: options.dir, exclusively: journal.exclusively }),
      },
      place: sqlitePlace(join(options.dir, 'index.sqlite'), journal.exclusively),
      catchUp: journal.catchUp,
      release: () => Promise.resolve(),
    };
  }
  const database = databaseAt(options.database);
  return {
    log: {
      journal: postgresJournal({ ...options, database }),
      place: async () => (await import('./log/postgres-place.ts')).postgresPlace(database),
      reader: async () => (await import('./log/postgres-reader.ts')).postgresReader(database, options.dir),
    },
    place: postgresPlace(database, options.sha256),
    catchUp: () => Promise.resolve(),
    release: database.close,
  };
}
