import { Kysely } from 'kysely';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pauseBefore } from '../patience.ts';
import { sqliteTrouble } from '../sqlite-errors.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { createSchema, type IndexSchema, indexVersion } from './schema.ts';

/** One at a time across processes. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/** Some seconds: opening waits only for a process that makes the tables. */
const mostAttempts = 1000;

const sidecars = ['-wal', '-shm'] as const;

/** Opens the index; makes it anew when there is none, or it is damaged or of another version. */
export async function openIndex(path: string, exclusively: Exclusively): Promise<Kysely<IndexSchema>> {
  const found = existsSync(path) ? await openExisting(path) : undefined;
  return found ?? exclusively(async () => (await openExisting(path)) ?? createIndex(path));
}

/** An index for this process only, where nothing can be written. */
export async function openIndexInMemory(): Promise<Kysely<IndexSchema>> {
  const db = kyselyOn(new DatabaseSync(':memory:'));
  await createSchema(db);
  return db;
}

/** Takes a damaged index out of the way of everybody. */
export async function discardIndex(path: string, exclusively: Exclusively): Promise<void> {
  await exclusively(async () => removeIndex(path));
}

/** Undefined when there is none that can be used. */
async function openExisting(path: string): Promise<Kysely<IndexSchema> | undefined> {
  if (!existsSync(path)) return undefined;
  for (let attempt = 0; ; attempt++) {
    const db = new DatabaseSync(path, { timeout: 0 });
    try {
      db.exec('pragma journal_mode = wal; pragma synchronous = normal');
      const index = kyselyOn(db);
      await bringToVersion(index, db);
      return index;
    } catch (thrown) {
      db.close();
      const trouble = sqliteTrouble(thrown);
      if (trouble === 'damaged') return undefined;
      if (trouble !== 'busy' || attempt >= mostAttempts) throw thrown;
    }
    await pauseBefore(attempt);
  }
}

async function bringToVersion(index: Kysely<IndexSchema>, db: DatabaseSync): Promise<void> {
  if (versionOf(db) === indexVersion) return;
  db.exec('begin immediate');
  try {
    // Another process may have done it while this one waited.
    if (versionOf(db) !== indexVersion) await createSchema(index);
    db.exec('commit');
  } finally {
    if (db.isTransaction) db.exec('rollback');
  }
}

function versionOf(db: DatabaseSync): number | undefined {
  const hasState = db.prepare("select 1 from sqlite_master where name = 'state'").get() !== undefined;
  if (!hasState) return undefined;
  const columns = db.prepare('select * from state').get();
  return columns === undefined ? undefined : Number(columns['version']);
}

/** Made beside its place and moved there whole, so that nobody opens half of one. */
async function createIndex(path: string): Promise<Kysely<IndexSchema>> {
  removeIndex(path);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  const fresh = kyselyOn(new DatabaseSync(temporary));
  try {
    await createSchema(fresh);
    await fresh.destroy();
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  const index = await openExisting(path);
  if (index === undefined) throw new Error(`the index ${path} was made and cannot be opened`);
  return index;
}

/** The database first: SQLite drops the log of a database that is not there. */
function removeIndex(path: string): void {
  for (const suffix of ['', ...sidecars]) rmSync(path + suffix, { force: true });
}

function kyselyOn(db: DatabaseSync): Kysely<IndexSchema> {
  return new Kysely<IndexSchema>({ dialect: nodeSqliteDialect(db) });
}
