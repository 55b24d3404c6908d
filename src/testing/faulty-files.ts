import { type FileLayer, realFiles, type WritableFile } from '../store/journal/files/file-layer.ts';

export interface Faults {
  /** At most so many bytes are written at once. */
  shortWrites?: number;
  /** ENOSPC after so many more bytes. */
  bytesLeft?: number;
  /** EIO for every sync. */
  syncFails?: boolean;
  /** EIO for making the names in a folder durable. */
  folderSyncFails?: boolean;
  /** EIO for taking back what was written. */
  truncateFails?: boolean;
}

export interface FaultyFiles {
  readonly files: FileLayer;
  /** Changed by a test while the journal is open. */
  readonly faults: Faults;
  /** A power cut: what was not synced is gone, or zeros where `zeroed`. */
  dropUnsynced(how: 'gone' | 'zeroed'): Promise<void>;
}

/** The real file system with planted faults. */
export function faultyFiles(): FaultyFiles {
  const faults: Faults = {};
  const syncedSize = new Map<string, number>();

  async function open(path: string): Promise<WritableFile> {
    const before = await realFiles.size(path);
    if (!syncedSize.has(path)) syncedSize.set(path, before ?? 0);
    const file = await realFiles.open(path);
    return {
      async write(bytes, at) {
        const room = Math.min(bytes.length, faults.shortWrites ?? bytes.length, faults.bytesLeft ?? bytes.length);
        if (room === 0) throw systemError('ENOSPC', 'no space left on device, write');
        if (faults.bytesLeft !== undefined) faults.bytesLeft -= room;
        return file.write(bytes.subarray(0, room), at);
      },
      async sync() {
        if (faults.syncFails === true) throw systemError('EIO', 'i/o error, fdatasync');
        await file.sync();
        syncedSize.set(path, (await realFiles.size(path)) ?? 0);
      },
      async truncate(size) {
        if (faults.truncateFails === true) throw systemError('EIO', 'i/o error, ftruncate');
        await file.truncate(size);
        syncedSize.set(path, Math.min(size, syncedSize.get(path) ?? 0));
      },
      close: () => file.close(),
    };
  }

  return {
    faults,
    files: {
      ...realFiles,
      open,
      async syncFolder(path) {
        if (faults.folderSyncFails === true) throw systemError('EIO', 'i/o error, fsync');
        await realFiles.syncFolder(path);
      },
    },
    async dropUnsynced(how) {
      for (const [path, synced] of syncedSize) {
        const size = await realFiles.size(path);
        if (size === undefined || size <= synced) continue;
        const file = await realFiles.open(path);
        await file.truncate(synced);
        if (how === 'zeroed') await file.truncate(size);
        await file.close();
      }
    },
  };
}

function systemError(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
