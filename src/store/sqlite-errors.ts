type Trouble = 'busy' | 'damaged' | 'unwritable' | 'other';

/** Primary result codes of SQLite, https://sqlite.org/rescode.html; the low byte of an extended code. */
const troubles: Readonly<Record<number, Trouble>> = {
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'unwritable', // READONLY
  10: 'unwritable', // IOERR
  11: 'damaged', // CORRUPT
  13: 'unwritable', // FULL
  14: 'unwritable', // CANTOPEN
  26: 'damaged', // NOTADB
};

/** What kind of trouble a thrown value of `node:sqlite` tells of. */
export function sqliteTrouble(thrown: unknown): Trouble {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return 'other';
  return troubles[Number(thrown.errcode) & 0xff] ?? 'other';
}
