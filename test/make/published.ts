import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderReader } from '../../src/host/ledger/folder-reader.ts';
import { readerJournal } from '../../src/store/journal/reader-journal.ts';
import { storeFiles } from './ledger-files.ts';
import type { NoteKey } from './note-keys.ts';

/** Publishes all entries of Factum's own folder under this key; answers how many there are. */
export async function publishAll(folder: string, log: NoteKey): Promise<number> {
  const journal = readerJournal(await folderReader(folder));
  const size = await journal.size();
  for (const [path, bytes] of await storeFiles(await journal.read(0, size), log, size)) {
    if (path.startsWith('journal/')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return size;
}
