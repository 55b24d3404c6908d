import type { Reading } from '../operation.ts';
import type { AnchorPorts, SeenCheckpoint } from './check/anchors.ts';
import type { EntryPorts } from './check/entries.ts';
import type { Head } from './head.ts';
import type { LedgerReader } from './check/reader.ts';

/** What operations may ask of ledgers, this repository's own and those of others. */
export interface LedgerAccess {
  /** Of a folder or a URL, by default of this repository. Throws LEDGER_UNREADABLE. */
  reader(where?: string): Promise<LedgerReader>;
  /** The last checkpoint that this user saw of a log. */
  lastSeen(origin: string): Promise<readonly SeenCheckpoint[]>;
  /** What this repository's ledger signed last; undefined when nothing was. Throws LOG_DAMAGED. */
  head(): Promise<Head | undefined>;
  remember(origin: string, note: string): Promise<void>;
  /** A small text file of the user's. Throws LEDGER_UNREADABLE. */
  text(path: string): Promise<string>;
  readonly ports: AnchorPorts & EntryPorts;
  /** What a ledger's entries say, from them alone. Throws LEDGER_UNREADABLE or JOURNAL_*. */
  reading(reader: LedgerReader): Promise<Reading>;
}
