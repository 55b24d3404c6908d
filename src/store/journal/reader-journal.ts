import { FactumError } from '../../core/errors.ts';
import { decodeEntries, entriesPerBundle } from '../../core/ledger/bundle.ts';
import { type LedgerReader, pathsOf, readPartial } from '../../core/ledger/check/reader.ts';
import { readCheckpoint } from '../../core/ledger/check/signed-checkpoint.ts';
import type { Journal } from './journal.ts';

/** A ledger that somebody else keeps, read as a journal; nothing is appended to it. */
export function readerJournal(reader: LedgerReader): Journal {
  const paths = pathsOf(reader);
  let known: Promise<number> | undefined;

  function pathOf(bundle: number, size: number): string {
    if (reader.layout === 'store') return paths.journal(bundle);
    return paths.tile('entries', bundle, Math.min(entriesPerBundle, size - bundle * entriesPerBundle));
  }

  async function entriesIn(bundle: number, size: number): Promise<readonly Uint8Array[]> {
    const read = await readPartial(reader, pathOf(bundle, size));
    return decodeEntries(read?.bytes ?? new Uint8Array()).entries;
  }

  /** A store may have more than it has published. */
  async function countInStore(): Promise<number> {
    for (let bundle = 0; ; bundle++) {
      const { length } = await entriesIn(bundle, 0);
      if (length < entriesPerBundle) return bundle * entriesPerBundle + length;
    }
  }

  async function sizeOfLog(): Promise<number> {
    const bytes = await reader.read(paths.checkpoint);
    const checkpoint = bytes === undefined ? undefined : readCheckpoint(new TextDecoder().decode(bytes));
    if (checkpoint !== undefined) return checkpoint.size;
    throw new FactumError('LEDGER_UNREADABLE', `${reader.place}: expected a signed checkpoint, got none`);
  }

  const size = (): Promise<number> => (known ??= reader.layout === 'store' ? countInStore() : sizeOfLog());
  const placeOf = (index: number): string => `${reader.place}, entry ${index}`;

  return {
    size,
    placeOf,
    async read(from, to) {
      const read: Uint8Array[] = [];
      while (from + read.length < to) {
        const next = from + read.length;
        const first = next - (next % entriesPerBundle);
        const found = (await entriesIn(first / entriesPerBundle, await size())).slice(next - first, to - first);
        if (found.length === 0)
          throw new FactumError('JOURNAL_SHRANK', `${placeOf(next)}: expected an entry, got none`);
        read.push(...found);
      }
      return read;
    },
    append: () => Promise.reject(new FactumError('INTERNAL', `${reader.place} is only read`)),
    close: () => Promise.resolve(),
  };
}
