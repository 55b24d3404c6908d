import { hash } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { filesJournal } from '../../src/store/journal/files/files-journal.ts';
import { postgresJournal } from '../../src/store/journal/postgres/postgres-journal.ts';
import { filesPlace } from '../../src/store/log/files-place.ts';
import { postgresPlace } from '../../src/store/log/postgres-place.ts';
import { databaseAt } from '../../src/store/postgres/database.ts';
import { type OpenLog, publisherOf } from './log-writer.ts';

// A process of the system tests: `node log-writer.process.ts <dir or tenant> <keys> <number> [entries]`. Appends and
// publishes, for ever or so many entries, and prints "<index> <entry>" and "head <size> <root>" for each after it was
// acknowledged. In PostgreSQL where FACTUM_DATABASE_URL is set.

// Whoever is killed leaves no cache behind.
flushCompileCache();

const [where = '', keys = '', number = '0', entries = 'Infinity'] = process.argv.slice(2);
const url = process.env['FACTUM_DATABASE_URL'];
const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);
const log = url === undefined ? inFiles(where) : inPostgres(url, where);
const publisher = publisherOf(log, keys);

for (let n = 0; n < Number(entries); n++) {
  const entry = `writer-${number}-entry-${n}`;
  const [receipt] = await log.journal.append([new TextEncoder().encode(entry)]);
  process.stdout.write(`${receipt?.index} ${entry}\n`);
  if (n % 3 !== 1) continue;
  const published = await publisher.publish();
  process.stdout.write(`head ${published?.size} ${published?.root}\n`);
}
await log.close();

function inFiles(dir: string): OpenLog & { close(): Promise<void> } {
  const journal = filesJournal({ dir, sha256 });
  return { journal, place: filesPlace({ dir, exclusively: journal.exclusively }), close: journal.close };
}

function inPostgres(address: string, tenant: string): OpenLog & { close(): Promise<void> } {
  const database = databaseAt({ url: address, tenant });
  const journal = postgresJournal({ database, sha256 });
  return {
    journal,
    place: postgresPlace(database),
    async close() {
      await journal.close();
      await database.close();
    },
  };
}
