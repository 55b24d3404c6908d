import type { Insertable, Kysely, Transaction } from 'kysely';
import { FactumError } from '../../core/errors.ts';
import type { Journal } from '../journal/journal.ts';
import { pauseBefore } from '../patience.ts';
import { databaseTrouble } from '../postgres/database-failure.ts';
import { sqliteTrouble } from '../sqlite-errors.ts';
import { type EntryPorts, type EntryRows, rowsOf } from './entry.ts';
import type { IndexSchema } from './schema.ts';

const entriesAtOnce = 4096;
const rowsPerInsert = 500;

/** Folds what the journal has and the index has not. Throws JOURNAL_SHRANK when the index has seen more than is there. */
export async function catchUp(db: Kysely<IndexSchema>, journal: Journal, ports: EntryPorts): Promise<void> {
  const size = await journal.size();
  let position = await positionOf(db);
  for (let attempt = 0; position < size; attempt++) {
    const to = Math.min(size, position + entriesAtOnce);
    const entries = await journal.read(position, to);
    const from = position;
    const rows = await Promise.all(entries.map((entry, at) => rowsOf(entry, from + at, ports)));
    const folded = await fold(db, { from, to }, rows);
    if (!folded) await pauseBefore(attempt);
    position = await positionOf(db);
  }
  // A second look: another process may have folded entries that were appended after the first.
  if (position > size && position > (await journal.size())) {
    throw new FactumError(
      'JOURNAL_SHRANK',
      `the journal lost entries: expected at least ${position}, which this index has seen, got ${size}: ${journal.placeOf(size)}`,
    );
  }
}

async function positionOf(db: Kysely<IndexSchema>): Promise<number> {
  const { entries } = await db.selectFrom('state').select('entries').executeTakeFirstOrThrow();
  return entries;
}

/** False when another process was at it. */
async function fold(
  db: Kysely<IndexSchema>,
  { from, to }: { from: number; to: number },
  rows: readonly EntryRows[],
): Promise<boolean> {
  try {
    return await db.transaction().execute(async (transaction) => {
      // The first statement writes: it waits for no reader, and shows whether another process was faster.
      const moved = await transaction
        .updateTable('state')
        .set({ entries: to })
        .where('entries', '=', from)
        .executeTakeFirst();
      if (moved.numUpdatedRows === 0n) return false;
      await insertAll(transaction, rows);
      return true;
    });
  } catch (thrown) {
    if (sqliteTrouble(thrown) === 'busy' || databaseTrouble(thrown) === 'busy') return false;
    throw thrown;
  }
}

async function insertAll(transaction: Transaction<IndexSchema>, rows: readonly EntryRows[]): Promise<void> {
  // A claim keeps its first entry: a later one with the same id changes nothing.
  await inPieces(of(rows, 'claims'), (piece) =>
    transaction
      .insertInto('claims')
      .values(piece)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  await inPieces(of(rows, 'sayings'), (piece) => transaction.insertInto('sayings').values(piece).execute());
  await inPieces(of(rows, 'supports'), (piece) => transaction.insertInto('supports').values(piece).execute());
  await inPieces(of(rows, 'keys'), (piece) => transaction.insertInto('keys').values(piece).execute());
  await inPieces(of(rows, 'policies'), (piece) => transaction.insertInto('policies').values(piece).execute());
}

function of<Table extends keyof EntryRows>(
  rows: readonly EntryRows[],
  table: Table,
): readonly NonNullable<EntryRows[Table]>[] {
  return rows.flatMap((row) => (row[table] === undefined ? [] : storable(row[table]))) as readonly NonNullable<
    EntryRows[Table]
  >[];
}

/** PostgreSQL's texts hold no zero; an entry that names something so must not keep all others out of the index. */
function storable(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  );
}

async function inPieces<Row extends Insertable<IndexSchema[keyof IndexSchema]>>(
  rows: readonly Row[],
  insert: (piece: Row[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsPerInsert) await insert(rows.slice(at, at + rowsPerInsert));
}
