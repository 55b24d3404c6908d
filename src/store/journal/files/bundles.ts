import { dirname, join } from 'node:path';
import { FactumError, messageOf } from '../../../core/errors.ts';
import { decodeEntries, encodeEntries, entriesPerBundle, tilePath } from '../../../core/ledger/bundle.ts';
import type { FileLayer, WritableFile } from './file-layer.ts';
import type { Acknowledged } from './journal-lock.ts';

/** The bundle files of one journal: `<folder>/<N>` named as tile paths, each grown in place to 256 entries. */
export interface Bundles {
  pathOf(bundle: number): string;
  /** Bytes of the bundle that takes the next entry, 0 when it is not there yet. */
  tailBytes(end: Acknowledged): Promise<number>;
  /** Throws JOURNAL_SHRANK or JOURNAL_CORRUPT when one of these acknowledged entries is not there. */
  read(from: number, to: number): Promise<readonly Uint8Array[]>;
  /** Makes entries durable behind `end`. When it throws, `cut` takes back what was begun. */
  write(end: Acknowledged, entries: readonly Uint8Array[]): Promise<Acknowledged>;
  /** Takes back what was written behind `end`; no sync is needed, since none of it was acknowledged. */
  cut(end: Acknowledged, written: number): Promise<void>;
}

export function bundlesIn(folder: string, files: FileLayer): Bundles {
  function pathOf(bundle: number): string {
    return join(folder, tilePath(bundle));
  }

  async function readBundle(bundle: number, from: number, to: number): Promise<readonly Uint8Array[]> {
    const path = pathOf(bundle);
    const bytes = await readable(path, () => files.read(path));
    const expected = `expected at least ${to} acknowledged entries`;
    if (bytes === undefined) throw shrank(path, `${expected}, got no file`);
    const { entries, end } = decodeEntries(bytes);
    if (entries.length < to) {
      const got = `${expected}, got ${entries.length} entries in ${bytes.length} bytes`;
      if (end === bytes.length) throw shrank(path, got);
      throw corrupt(path, entries.length, `${got}: the length of the next one leads past the end of the file`);
    }
    if (entries.length === entriesPerBundle && end < bytes.length) {
      throw corrupt(
        path,
        entriesPerBundle,
        `expected ${entriesPerBundle} entries and the end of the file at byte ${end}, got ${bytes.length} bytes`,
      );
    }
    const wanted = entries.slice(from, to);
    const empty = wanted.findIndex((entry) => entry.length === 0);
    if (empty >= 0) throw corrupt(path, from + empty, 'expected an entry, got a length of zero');
    return wanted;
  }

  async function writeBundle(end: Acknowledged, entries: readonly Uint8Array[]): Promise<Acknowledged> {
    const path = pathOf(Math.floor(end.entries / entriesPerBundle));
    const isNew = end.bytes === 0;
    if (isNew) await files.makeFolder(dirname(path));
    const bytes = encodeEntries(entries);
    const file = await files.open(path);
    try {
      await writeAll(file, bytes, end.bytes);
      // Side by side: neither is of use without the other. One bundle after the other, though: after a power cut a
      // bundle that is not full must have none behind it.
      await bothDone(file.sync(), isNew ? files.syncFolder(dirname(path)) : undefined);
    } finally {
      await file.close();
    }
    const total = end.entries + entries.length;
    return { entries: total, bytes: total % entriesPerBundle === 0 ? 0 : end.bytes + bytes.length };
  }

  async function cut(end: Acknowledged, written: number): Promise<void> {
    const first = Math.floor(end.entries / entriesPerBundle);
    const last = Math.floor((end.entries + written) / entriesPerBundle);
    for (let bundle = last; bundle >= first; bundle--) {
      const path = pathOf(bundle);
      if ((await files.size(path)) === undefined) continue;
      if (bundle > first || end.bytes === 0) await files.remove(path);
      else await truncate(files, path, end.bytes);
    }
  }

  return {
    pathOf,
    cut,
    async tailBytes(end) {
      const path = pathOf(Math.floor(end.entries / entriesPerBundle));
      return (await readable(path, () => files.size(path))) ?? 0;
    },
    async read(from, to) {
      const read: Uint8Array[] = [];
      while (from + read.length < to) {
        const next = from + read.length;
        const bundle = Math.floor(next / entriesPerBundle);
        const first = bundle * entriesPerBundle;
        const until = Math.min(to - first, entriesPerBundle);
        read.push(...(await readBundle(bundle, next - first, until)));
      }
      return read;
    },
    async write(end, entries) {
      let written = end;
      for (let at = 0; at < entries.length; at = written.entries - end.entries) {
        const room = entriesPerBundle - (written.entries % entriesPerBundle);
        written = await writeBundle(written, entries.slice(at, at + room));
      }
      return written;
    },
  };
}

/** Waits for both also when one fails: nothing is taken back while a sync is under way. */
async function bothDone(one: Promise<void>, other: Promise<void> | undefined): Promise<void> {
  for (const settled of await Promise.allSettled([one, other])) {
    if (settled.status === 'rejected') throw settled.reason;
  }
}

async function writeAll(file: WritableFile, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const written = await file.write(bytes.subarray(done), at + done);
    if (written <= 0) throw new Error(`only ${done} of ${bytes.length} bytes could be written`);
    done += written;
  }
}

async function truncate(files: FileLayer, path: string, size: number): Promise<void> {
  const file = await files.open(path);
  try {
    await file.truncate(size);
  } finally {
    await file.close();
  }
}

/** A file that is there and cannot be looked at is not an empty one. */
export async function readable<T>(path: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (thrown) {
    throw new FactumError('JOURNAL_UNREADABLE', `cannot read ${path}: ${messageOf(thrown)}`, { cause: thrown });
  }
}

export function shrank(path: string, why: string): FactumError {
  return new FactumError('JOURNAL_SHRANK', `the journal lost entries: ${path}: ${why}`);
}

export function corrupt(path: string, entry: number, why: string): FactumError {
  return new FactumError('JOURNAL_CORRUPT', `the journal is damaged: ${path}, entry ${entry} of the file: ${why}`);
}
