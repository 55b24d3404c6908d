import type { Kysely } from 'kysely';
import type { IndexSchema } from './schema.ts';

/** `damaged`: it can be made anew. `unwritable`: for this process only, in memory. */
export type IndexTrouble = 'damaged' | 'unwritable' | 'other';

/** Where an index is kept. Drivers are loaded when it is opened. */
export interface IndexPlace {
  /** False when none was ever made: reading an empty journal makes none. */
  isThere(): Promise<boolean>;
  /** Makes it when there is none, or one of another version. */
  open(): Promise<Kysely<IndexSchema>>;
  close(index: Kysely<IndexSchema>): Promise<void>;
  /** Takes a damaged one out of the way of everybody. */
  discard(): Promise<void>;
  troubleOf(thrown: unknown): IndexTrouble;
  /** What was thrown, with a code when it is one of the table. */
  coded(thrown: unknown): unknown;
}
