import type { Kysely } from 'kysely';
import { existsSync } from 'node:fs';
import { FactumError } from '../../core/errors.ts';
import type { Journal } from '../journal/journal.ts';
import { sqliteTrouble } from '../sqlite-errors.ts';
import { catchUp } from './catch-up.ts';
import type { EntryPorts } from './entry.ts';
import type { Exclusively } from './open-index.ts';
import type { IndexSchema } from './schema.ts';

export interface ProjectionOptions {
  readonly path: string;
  readonly journal: Journal;
  readonly exclusively: Exclusively;
  readonly entryPorts: EntryPorts;
}

/** The index, opened when first asked, caught up before every answer, made anew when it is damaged. */
export interface Projection {
  /** `work` gets undefined when nothing was ever written: then nothing is created either. */
  ask<T>(work: (db: Kysely<IndexSchema> | undefined) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function projection(options: ProjectionOptions): Projection {
  const { path, journal, exclusively, entryPorts } = options;
  let opened: Kysely<IndexSchema> | undefined;
  let inMemory = false;
  let last: Promise<unknown> = Promise.resolve();

  async function open(): Promise<Kysely<IndexSchema>> {
    // Kysely is most of the start-up time, so it is loaded only now.
    const { openIndex, openIndexInMemory } = await import('./open-index.ts');
    return inMemory ? openIndexInMemory() : openIndex(path, exclusively);
  }

  async function upToDate(): Promise<Kysely<IndexSchema> | undefined> {
    if (opened === undefined && !existsSync(path) && (await journal.size()) === 0) return undefined;
    opened ??= await open();
    await catchUp(opened, journal, entryPorts);
    return opened;
  }

  async function close(): Promise<void> {
    await opened?.destroy();
    opened = undefined;
  }

  async function answer<T>(work: (db: Kysely<IndexSchema> | undefined) => Promise<T>): Promise<T> {
    try {
      return await work(await upToDate());
    } catch (thrown) {
      const trouble = troubleOf(thrown);
      if (inMemory || (trouble !== 'damaged' && trouble !== 'unwritable')) throw thrown;
      await close();
      // An index can always be made again from the journal; on a full or read-only disk for this process only.
      if (trouble === 'unwritable') inMemory = true;
      else await (await import('./open-index.ts')).discardIndex(path, exclusively);
      return work(await upToDate());
    }
  }

  return {
    ask(work) {
      const asked = last.then(() => answer(work));
      last = asked.catch(() => undefined);
      return asked;
    },
    async close() {
      await last;
      await close();
    },
  };
}

function troubleOf(thrown: unknown): ReturnType<typeof sqliteTrouble> {
  if (thrown instanceof FactumError && thrown.code === 'JOURNAL_WRITE') return 'unwritable';
  return sqliteTrouble(thrown);
}
