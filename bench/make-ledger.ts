import { hash } from 'node:crypto';
import { join } from 'node:path';
import { filesJournal } from '../src/store/journal/files/files-journal.ts';
import { publisherOf } from './published-log.ts';
import { filledStore } from './ten-thousand-entries.ts';

// A published ledger of so many signed entries, for checks by hand:
//   node bench/make-ledger.ts <empty folder> 1000000
//   /usr/bin/time -v node dist/main.cjs ledger check <folder>/ledger --most 8192

const [folder, count] = process.argv.slice(2);
if (folder === undefined || !Number.isInteger(Number(count))) throw new Error('expected a folder and a number');
const dir = join(folder, 'ledger');
const configuration = join(folder, 'configuration');
await filledStore(dir, configuration, Number(count));
const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes) });
const published = await publisherOf({ dir, configuration, journal }).publish();
await journal.close();
console.log(`${published?.size} entries, published as ${published?.origin}`);
