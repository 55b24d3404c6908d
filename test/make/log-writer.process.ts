import { hash } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { filesJournal } from '../../src/store/journal/files/files-journal.ts';
import { filesPlace } from '../../src/store/log/files-place.ts';
import { publishUnsigned } from './log-writer.ts';

// A process of the system tests: `node log-writer.process.ts <dir> <number>`. Appends and publishes for ever and
// prints "<index> <entry>" and "head <size> <root>" for each after it was acknowledged.

// Whoever is killed leaves no cache behind.
flushCompileCache();

const [dir = '', number = '0'] = process.argv.slice(2);
const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes) });
const place = filesPlace({ dir, exclusively: journal.exclusively });

for (let n = 0; ; n++) {
  const entry = `writer-${number}-entry-${n}`;
  const [receipt] = await journal.append([new TextEncoder().encode(entry)]);
  process.stdout.write(`${receipt?.index} ${entry}\n`);
  if (n % 3 !== 1) continue;
  const { size, root } = await publishUnsigned({ journal, place });
  process.stdout.write(`head ${size} ${root}\n`);
}
