import { constants } from 'node:fs';
import { mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isErrno } from '../../errno.ts';

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
  /** Opens for writing, creates when missing. */
  open(path: string): Promise<WritableFile>;
  remove(path: string): Promise<void>;
  /** Creates a folder and its parents, durably. */
  makeFolder(path: string): Promise<void>;
  syncFolder(path: string): Promise<void>;
}

export const realFiles: FileLayer = {
  async size(path) {
    return whenThere(async () => (await stat(path)).size);
  },
  async read(path) {
    return whenThere(() => readFile(path));
  },
  async open(path) {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    return {
      write: async (bytes, at) => (await file.write(bytes, 0, bytes.length, at)).bytesWritten,
      sync: () => file.datasync(),
      truncate: (size) => file.truncate(size),
      close: () => file.close(),
    };
  },
  remove: (path) => unlink(path),
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    let folder = dirname(first);
    for (const name of relative(folder, path).split(sep)) {
      await syncFolder(folder);
      folder = join(folder, name);
    }
  },
  syncFolder,
};

async function whenThere<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

/** Makes the names in a folder durable. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
