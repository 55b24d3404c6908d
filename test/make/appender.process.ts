import { hash } from 'node:crypto';
import { databaseAt } from '../../src/store/postgres/database.ts';
import { postgresJournal } from '../../src/store/journal/postgres/postgres-journal.ts';

// A process of the system tests: `node appender.process.ts <url> <tenant> <number>`. Appends for ever and prints
// "<index> <entry>" for each entry after it was acknowledged.

const [url = '', tenant = '', number = '0'] = process.argv.slice(2);
const journal = postgresJournal({
  database: databaseAt({ url, tenant }),
  sha256: (bytes) => hash('sha256', bytes),
});

for (let n = 0; ; n++) {
  const entry = `writer-${number}-entry-${n}`;
  const [receipt] = await journal.append([new TextEncoder().encode(entry)]);
  process.stdout.write(`${receipt?.index} ${entry}\n`);
}
