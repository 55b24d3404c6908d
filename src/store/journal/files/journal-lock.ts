import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { FactumError, messageOf } from '../../../core/errors.ts';
import { pauseBefore } from '../../patience.ts';
import { sqliteTrouble } from '../../sqlite-errors.ts';

/** How far the journal was acknowledged: entries, and bytes in the bundle that takes the next entry. */
export interface Acknowledged {
  readonly entries: number;
  readonly bytes: number;
}

export interface HeldLock {
  /** Undefined when the lock database is new: it was deleted, or nothing was ever written. */
  readonly acknowledged: Acknowledged | undefined;
  /** Records the new end and lets go of the lock. */
  acknowledge(end: Acknowledged): void;
}

/**
 * One writer at a time, across processes: the operating system frees a SQLite write lock when its holder is killed.
 * The same small database remembers how far entries were acknowledged, so that only what lies behind is ever cut.
 */
export interface JournalLock {
  /** Undefined when it is not known. */
  acknowledged(): Acknowledged | undefined;
  /** Throws LOCK_TIMEOUT or JOURNAL_WRITE. */
  held<T>(work: (lock: HeldLock) => Promise<T>): Promise<T>;
  /** Undefined, at once, when somebody else holds it. */
  heldIfFree<T>(work: (lock: HeldLock) => Promise<T>): Promise<T | undefined>;
  /** True when the last `held` had to wait. */
  readonly contended: boolean;
  close(): void;
}

interface LockFile {
  readonly db: DatabaseSync;
  readonly inode: bigint;
}

// WAL: a reader never waits for the writer. Without syncs: the journal is what must survive a power cut, and an end
// that lags behind it is caught up with. A killed process leaves the database whole.
const schema = `
  pragma journal_mode = wal;
  pragma synchronous = off;
  create table if not exists acknowledged (id integer primary key check (id = 1), entries integer, bytes integer);
`;

export function journalLock(path: string, timeoutMs: number): JournalLock {
  let opened: LockFile | undefined;
  let contended = false;

  function close(): void {
    opened?.db.close();
    opened = undefined;
  }

  /** Undefined when somebody else holds the lock. */
  function take(): LockFile | undefined {
    if (opened?.db.isTransaction === true) return undefined;
    try {
      opened ??= openLock(path);
      opened.db.exec('begin immediate');
      if (inodeOf(path) === opened.inode) return opened;
      // The file was replaced behind our back: a lock on the old one excludes nobody.
      opened.db.exec('rollback');
      close();
      return undefined;
    } catch (thrown) {
      const trouble = sqliteTrouble(thrown);
      if (trouble === 'busy') return undefined;
      close();
      if (trouble !== 'damaged') throw cannotWrite(path, thrown);
      setAside(path);
      return undefined;
    }
  }

  async function run<T>({ db }: LockFile, work: (lock: HeldLock) => Promise<T>): Promise<T> {
    try {
      return await work({
        acknowledged: readEnd(db),
        acknowledge(end) {
          try {
            db.prepare('insert or replace into acknowledged values (1, ?, ?)').run(end.entries, end.bytes);
            db.exec('commit');
          } catch (thrown) {
            letGo(db);
            throw cannotWrite(path, thrown);
          }
        },
      });
    } finally {
      letGo(db);
    }
  }

  return {
    get contended() {
      return contended;
    },
    acknowledged() {
      try {
        if (opened === undefined && !existsSync(path)) return undefined;
        opened ??= openLock(path);
        return readEnd(opened.db);
      } catch (thrown) {
        if (sqliteTrouble(thrown) === 'other') throw thrown;
        return undefined;
      }
    },
    async held(work) {
      const deadline = performance.now() + timeoutMs;
      let attempt = 0;
      let lock = take();
      contended = lock === undefined;
      while (lock === undefined) {
        if (performance.now() > deadline) {
          throw new FactumError('LOCK_TIMEOUT', `another process has held ${path} for over ${timeoutMs} ms`);
        }
        await pauseBefore(attempt++);
        lock = take();
      }
      return run(lock, work);
    },
    async heldIfFree(work) {
      const lock = take();
      return lock === undefined ? undefined : run(lock, work);
    },
    close,
  };
}

function openLock(path: string): LockFile {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec(schema);
    return { db, inode: inodeOf(path) };
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** Without a commit nothing was acknowledged. */
function letGo(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('rollback');
}

function readEnd(db: DatabaseSync): Acknowledged | undefined {
  const row = db.prepare('select entries, bytes from acknowledged').get();
  return row === undefined ? undefined : { entries: Number(row['entries']), bytes: Number(row['bytes']) };
}

function inodeOf(path: string): bigint {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? 0n;
}

/** A lock database that is no database any more; the next one starts without knowing how far was acknowledged. */
function setAside(path: string): void {
  if (!existsSync(path)) return;
  renameSync(path, `${path}.damaged`);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function cannotWrite(path: string, thrown: unknown): FactumError {
  return new FactumError('JOURNAL_WRITE', `cannot write ${path}: ${messageOf(thrown)}`, { cause: thrown });
}
