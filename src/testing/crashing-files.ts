import type { FileLayer, WritableFile } from '../store/journal/files/file-layer.ts';

interface Stored {
  now: Uint8Array;
  /** What a power cut leaves for certain. */
  synced: Uint8Array;
}

export interface CrashOptions {
  /** The operation that no longer happens, nor any behind it. Counts from 0. */
  readonly crashAt?: number;
  /** A planted fault: what does nothing although it answers. */
  readonly skips?: 'sync' | 'syncFolder';
}

/** A file system in memory that knows what was synced: bytes by `sync`, names and renames by `syncFolder`. */
export interface CrashingFiles {
  readonly files: FileLayer;
  /** How many there were. */
  operations(): number;
  /** After a power cut. Of what was not synced, `keep` decides by numbers below 1 how much is there all the same. */
  reboot(keep: () => number): CrashingFiles;
}

export function crashingFiles(options: CrashOptions = {}, names = new Map<string, Stored>()): CrashingFiles {
  const durable = new Map(names);
  let count = 0;

  function step(): void {
    if (count++ >= (options.crashAt ?? Number.POSITIVE_INFINITY)) throw new Error('the power was cut');
  }

  function fileAt(path: string): Stored {
    const file = names.get(path) ?? { now: new Uint8Array(), synced: new Uint8Array() };
    names.set(path, file);
    return file;
  }

  function writable(file: Stored): WritableFile {
    return {
      async write(bytes, at) {
        step();
        file.now = sized(file.now, Math.max(file.now.length, at + bytes.length));
        file.now.set(bytes, at);
        return bytes.length;
      },
      async sync() {
        step();
        if (options.skips !== 'sync') file.synced = file.now.slice();
      },
      async truncate(size) {
        step();
        file.now = sized(file.now, size);
      },
      close: () => Promise.resolve(),
    };
  }

  const files: FileLayer = {
    size: async (path) => names.get(path)?.now.length,
    read: async (path) => names.get(path)?.now.slice(),
    names: async (path) =>
      [...names.keys()].filter((name) => folderOf(name) === path).map((name) => name.slice(path.length + 1)),
    // Long ago: whoever wrote it was cut off.
    writtenAt: async (path) => (names.has(path) ? 0 : undefined),
    async open(path) {
      step();
      return writable(fileAt(path));
    },
    async remove(path) {
      step();
      names.delete(path);
    },
    async rename(from, to) {
      step();
      names.set(to, fileAt(from));
      names.delete(from);
    },
    async removeFolder(path) {
      step();
      for (const name of names.keys()) if (name === path || name.startsWith(`${path}/`)) names.delete(name);
    },
    async makeFolder() {
      step();
    },
    async syncFolder(path) {
      step();
      if (options.skips === 'syncFolder') return;
      for (const name of durable.keys()) if (folderOf(name) === path && !names.has(name)) durable.delete(name);
      for (const [name, file] of names) if (folderOf(name) === path) durable.set(name, file);
    },
  };

  return {
    files,
    operations: () => count,
    reboot(keep) {
      const left = new Map<string, Stored>();
      for (const name of new Set([...durable.keys(), ...names.keys()])) {
        const [before, after] = [durable.get(name), names.get(name)];
        const file = before === after || keep() < 0.5 ? before : after;
        if (file === undefined) continue;
        const bytes = bytesLeft(file, keep);
        left.set(name, { now: bytes, synced: bytes });
      }
      return crashingFiles({}, left);
    },
  };
}

/** What was synced, and behind it nothing, zeros, or some of what was written. */
function bytesLeft({ now, synced }: Stored, keep: () => number): Uint8Array {
  const share = keep();
  if (share < 0.25) return synced.slice();
  if (share < 0.5) return sized(synced, Math.max(now.length, synced.length));
  const end = synced.length + Math.round(keep() * Math.max(0, now.length - synced.length));
  return now.slice(0, end);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function sized(bytes: Uint8Array, size: number): Uint8Array {
  const other = new Uint8Array(size);
  other.set(bytes.subarray(0, size));
  return other;
}
