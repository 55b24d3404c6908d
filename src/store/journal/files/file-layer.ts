import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fsync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { isErrno } from '../../../core/errno.ts';

const dataSync = promisify(fdatasync);
const wholeSync = promisify(fsync);

/** A file being written. */
export interface WritableFile {
  /** How many of the bytes were written: it may be fewer than given. */
  write(bytes: Uint8Array, at: number): Promise<number>;
  /** Answers when the bytes are on the medium. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** What the journal asks of a file system; tests put faults into it. */
export interface FileLayer {
  /** Undefined when there is no such file. */
  size(path: string): Promise<number | undefined>;
  read(path: string): Promise<Uint8Array | undefined>;
  /** In a folder; none when there is no such folder. */
  names(path: string): Promise<readonly string[]>;
  /** When it was last written, in milliseconds since 1970; undefined when there is no such file. */
  writtenAt(path: string): Promise<number | undefined>;
  /** Opens for writing, creates when missing. */
  open(path: string): Promise<WritableFile>;
  remove(path: string): Promise<void>;
  /** Takes the place of what is at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** With all that is in it, or a file; one that is not there is removed already. */
  removeFolder(path: string): Promise<void>;
  /** Creates a folder and its parents, durably. */
  makeFolder(path: string): Promise<void>;
  syncFolder(path: string): Promise<void>;
}

/**
 * All but the syncs are done at once, without the thread pool: they touch the page cache only, and every turn that
 * the lock is held costs those who wait for it.
 */
export const realFiles: FileLayer = {
  size: (path) => whenThere(() => statSync(path).size),
  read: (path) => whenThere(() => readFileSync(path)),
  names: async (path) => (await whenThere(() => readdirSync(path))) ?? [],
  writtenAt: (path) => whenThere(() => statSync(path).mtimeMs),
  async open(path) {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    return {
      write: async (bytes, at) => writeSync(file, bytes, 0, bytes.length, at),
      sync: () => dataSync(file),
      truncate: async (size) => ftruncateSync(file, size),
      close: async () => closeSync(file),
    };
  },
  remove: async (path) => unlinkSync(path),
  rename: async (from, to) => renameSync(from, to),
  removeFolder: async (path) => rmSync(path, { recursive: true, force: true }),
  makeFolder,
  syncFolder,
};

/** Not by mkdir's own recursion: below /proc, where a folder takes none and says ENOENT, that never ends. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST')) return;
    throw thrown;
  }
  await syncFolder(parent);
}

async function whenThere<T>(look: () => T): Promise<T | undefined> {
  try {
    return look();
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

/** Makes the names in a folder durable. */
async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, 'r');
  try {
    await wholeSync(folder);
  } finally {
    closeSync(folder);
  }
}
