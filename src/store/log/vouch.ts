import { parseEnvelope } from '../../core/ledger/dsse.ts';
import { fromHex } from '../../core/ledger/octets.ts';
import { twinLeafOf } from '../../core/ledger/twin-leaf.ts';
import { changed, checkedSigner, type EntryPorts } from '../index/entry.ts';
import type { Vouch } from './growth.ts';
import { isSameBytes } from './log-place.ts';

/** An entry is an envelope that verifies by its own key, or the twin leaf of the entry before it. */
export function vouchBy(ports: EntryPorts): Vouch {
  return async (entry, index, before) => {
    const where = { entry, index, ports };
    const envelope = parseEnvelope(entry);
    if (envelope !== undefined) return void (await checkedSigner(envelope, where));
    const twin = before === undefined ? undefined : twinIn(before);
    if (twin !== undefined && isSameBytes(twin, entry)) return;
    throw changed('a DSSE envelope, or the twin leaf of the entry before', 'other bytes', where);
  };

  function twinIn(before: Uint8Array): Uint8Array | undefined {
    const envelope = parseEnvelope(before);
    return envelope === undefined ? undefined : twinLeafOf(envelope, (bytes) => fromHex(ports.sha256(bytes)));
  }
}
