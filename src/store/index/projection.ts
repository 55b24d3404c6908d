import type { Kysely } from 'kysely';
import type { Journal } from '../journal/journal.ts';
import { catchUp } from './catch-up.ts';
import type { EntryPorts } from './entry.ts';
import type { IndexPlace } from './place.ts';
import type { IndexSchema } from './schema.ts';

export interface ProjectionOptions {
  readonly place: IndexPlace;
  readonly journal: Journal;
  readonly entryPorts: EntryPorts;
}

/** The index, opened when first asked, caught up before every answer, made anew when it is damaged. */
export interface Projection {
  /** `work` gets undefined when nothing was ever written: then nothing is created either. */
  ask<T>(work: (db: Kysely<IndexSchema> | undefined) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function projection(options: ProjectionOptions): Projection {
  const { place, journal, entryPorts } = options;
  let opened: Kysely<IndexSchema> | undefined;
  let inMemory = false;
  let last: Promise<unknown> = Promise.resolve();

  async function open(): Promise<Kysely<IndexSchema>> {
    return inMemory ? (await import('./open-index.ts')).openIndexInMemory() : place.open();
  }

  async function upToDate(): Promise<Kysely<IndexSchema> | undefined> {
    if (opened === undefined && !(await place.isThere()) && (await journal.size()) === 0) return undefined;
    opened ??= await open();
    await catchUp(opened, journal, entryPorts);
    return opened;
  }

  async function close(): Promise<void> {
    if (opened !== undefined) await (inMemory ? opened.destroy() : place.close(opened));
    opened = undefined;
  }

  async function answer<T>(work: (db: Kysely<IndexSchema> | undefined) => Promise<T>): Promise<T> {
    try {
      return await work(await upToDate());
    } catch (thrown) {
      const trouble = place.troubleOf(thrown);
      if (inMemory || trouble === 'other') throw thrown;
      await close();
      // An index can always be made again from the journal; on a full or read-only disk for this process only.
      if (trouble === 'unwritable') inMemory = true;
      else await place.discard();
      return work(await upToDate());
    }
  }

  return {
    ask(work) {
      const asked = last
        .then(() => answer(work))
        .catch((thrown: unknown) => {
          throw place.coded(thrown);
        });
      last = asked.catch(() => undefined);
      return asked;
    },
    async close() {
      await last;
      await close();
    },
  };
}
