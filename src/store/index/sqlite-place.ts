import { existsSync } from 'node:fs';
import { FactumError } from '../../core/errors.ts';
import { sqliteTrouble } from '../sqlite-errors.ts';
import type { Exclusively } from './open-index.ts';
import type { IndexPlace } from './place.ts';

/** A file beside the journal. */
export function sqlitePlace(path: string, exclusively: Exclusively): IndexPlace {
  return {
    isThere: async () => existsSync(path),
    // Kysely is most of the start-up time, so it is loaded only now.
    open: async () => (await import('./open-index.ts')).openIndex(path, exclusively),
    close: (index) => index.destroy(),
    discard: async () => (await import('./open-index.ts')).discardIndex(path, exclusively),
    troubleOf(thrown) {
      if (thrown instanceof FactumError && thrown.code === 'JOURNAL_WRITE') return 'unwritable';
      const trouble = sqliteTrouble(thrown);
      return trouble === 'busy' ? 'other' : trouble;
    },
    coded: (thrown) => thrown,
  };
}
