import { FactumError } from '../errors.ts';

// Entry bundles and their names as in C2SP tlog-tiles.

export const entriesPerBundle = 256;
export const maxEntryBytes = 65_535;
const lengthBytes = 2;

/** Each entry as big-endian uint16 length || entry. Throws ENTRY_TOO_LARGE. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + lengthBytes + entry.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    refuseTooLarge(entry);
    view.setUint16(at, entry.length);
    bytes.set(entry, at + lengthBytes);
    at += lengthBytes + entry.length;
  }
  return bytes;
}

export function refuseTooLarge(entry: Uint8Array): void {
  if (entry.length <= maxEntryBytes) return;
  throw new FactumError(
    'ENTRY_TOO_LARGE',
    `an entry holds at most ${maxEntryBytes} bytes, this one has ${entry.length}`,
  );
}

export interface ReadBundle {
  readonly entries: readonly Uint8Array[];
  /** Offset behind the last complete entry. Less than the length: the rest is an incomplete entry. */
  readonly end: number;
}

/** Complete entries from the beginning, views into `bytes`, at most `limit`. */
export function decodeEntries(bytes: Uint8Array, limit: number = entriesPerBundle): ReadBundle {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let end = 0;
  while (entries.length < limit && end + lengthBytes <= bytes.length) {
    const from = end + lengthBytes;
    const to = from + view.getUint16(end);
    if (to > bytes.length) break;
    entries.push(bytes.subarray(from, to));
    end = to;
  }
  return { entries, end };
}

/** The name of tile or bundle `n`: groups of three digits, all but the last prefixed `x`: 1234067 -> x001/x234/067. */
export function tilePath(n: number): string {
  const digits = String(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}
