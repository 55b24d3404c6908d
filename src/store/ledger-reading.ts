import type { LedgerReader } from '../core/ledger/check/reader.ts';
import type { Reading } from '../core/operation.ts';
import { catchUp } from './index/catch-up.ts';
import type { EntryPorts } from './index/entry.ts';
import { readingOf } from './index/reading.ts';
import { readerJournal } from './journal/reader-journal.ts';

/** What a ledger says, folded from its entries into memory. Throws JOURNAL_CORRUPT for an entry that was changed. */
export async function readingFrom(reader: LedgerReader, ports: Omit<EntryPorts, 'placeOf'>): Promise<Reading> {
  const { openIndexInMemory } = await import('./index/open-index.ts');
  const journal = readerJournal(reader);
  const db = await openIndexInMemory();
  await catchUp(db, journal, { ...ports, placeOf: journal.placeOf });
  return readingOf(db, ports);
}
