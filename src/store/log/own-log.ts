import { FactumError } from '../../core/errors.ts';
import { formatCheckpoint } from '../../core/ledger/checkpoint.ts';
import type { Head, LogIdentity } from '../../core/ledger/head.ts';
import { type LogKeys, noteSignerOf, originOf, verifierOf } from '../../core/ledger/log-key.ts';
import { formatNote, signNote } from '../../core/ledger/note.ts';
import { toHex } from '../../core/ledger/octets.ts';
import { openCheckpoint } from '../../core/ledger/open-checkpoint.ts';
import type { SignaturePort } from '../../core/ledger/signature-port.ts';
import type { VerifierKey } from '../../core/ledger/vkey.ts';
import type { LogPlace } from './log-place.ts';
import { sha256 } from './sha256.ts';

export interface OwnLogOptions {
  readonly place: LogPlace;
  /** Of the repository or the tenant: part of a new log's origin. */
  readonly name: string;
  readonly keys: LogKeys;
  readonly signatures: SignaturePort;
}

/** A log that this user may sign. */
export interface OwnLog {
  readonly key: VerifierKey;
  /** A signed note. */
  sign(size: number, root: Uint8Array): Promise<string>;
  /** The head, which this log signed itself. Throws LOG_DAMAGED for any other. */
  head(): Promise<Head | undefined>;
}

/** Begins the log where there is none. Throws LOG_KEY when somebody else signs it. */
export async function ownLog({ place, name, keys, signatures }: OwnLogOptions): Promise<OwnLog> {
  const { id, name: named, origin } = (await place.identity()) ?? (await begin());
  const own = await keys.of(id);
  if (own === undefined || originOf(named, own, sha256) !== origin) {
    throw new FactumError('LOG_KEY', `the log ${origin} is signed with a key that this user does not have`);
  }
  const key = verifierOf(origin, own, sha256);

  async function begin(): Promise<LogIdentity> {
    if ((await place.head()) !== undefined)
      throw new FactumError('LOG_DAMAGED', 'the log has signed a checkpoint, and who it is (log.json) is gone');
    const fresh = await keys.newId();
    const made = await keys.of(fresh);
    if (made === undefined) throw new FactumError('LOG_KEY', 'a key was made for this log and is not there');
    return place.identify({ id: fresh, name, origin: originOf(name, made, sha256) });
  }

  return {
    key,
    async sign(size, root) {
      const note = await signNote(formatCheckpoint({ origin, size, root }), noteSignerOf(origin, own, sha256));
      if (typeof note === 'string') throw new TypeError(`a checkpoint that cannot be signed: ${note}`);
      return formatNote(note);
    },
    async head() {
      const head = await place.head();
      if (head === undefined) return undefined;
      const opened = await openCheckpoint(head.checkpoint, { logs: [key] }, signatures);
      if (typeof opened === 'string') throw damaged(origin, opened);
      const { size, root } = opened.checkpoint;
      if (size !== head.size || toHex(root) !== head.root) throw damaged(origin, 'another size or root than it signed');
      return head;
    },
  };
}

function damaged(origin: string, got: string): FactumError {
  return new FactumError('LOG_DAMAGED', `the head of ${origin}: expected what this log signed last, got ${got}`);
}
