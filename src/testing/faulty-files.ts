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
  /** After so many operations one fails, and all behind it unless `once`. A full disk still reads and removes. */
  failing?: { after: number; readonly code: 'ENOSPC' | 'EIO'; readonly once: boolean };
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

  function step(what: string, takesSpace = true): void {
    const { failing } = faults;
    if (failing === undefined || (failing.code === 'ENOSPC' && !takesSpace)) return;
    failing.after -= 1;
    if (failing.once ? failing.after === -1 : failing.after < 0) throw systemError(failing.code, `planted, ${what}`);
  }

  async function open(path: string): Promise<WritableFile> {
    step('open');
    const before = await realFiles.size(path);
    if (!syncedSize.has(path)) syncedSize.set(path, before ?? 0);
    const file = await realFiles.open(path);
    return {
      async write(bytes, at) {
        step('write');
        const room = Math.min(bytes.length, faults.shortWrites ?? bytes.length, faults.bytesLeft ?? bytes.length);
        if (room === 0) throw systemError('ENOSPC', 'no space left on device, write');
        if (faults.bytesLeft !== undefined) faults.bytesLeft -= room;
        return file.write(bytes.subarray(0, room), at);
      },
      async sync() {
        step('fdatasync');
        if (faults.syncFails === true) throw systemError('EIO', 'i/o error, fdatasync');
        await file.sync();
        syncedSize.set(path, (await realFiles.size(path)) ?? 0);
      },
      async truncate(size) {
        step('ftruncate', false);
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
      async read(path) {
        step('read', false);
        return realFiles.read(path);
      },
      async remove(path) {
        step('unlink', false);
        await realFiles.remove(path);
      },
      async rename(from, to) {
        step('rename');
        await realFiles.rename(from, to);
      },
      async removeFolder(path) {
        step('rm', false);
        await realFiles.removeFolder(path);
      },
      async makeFolder(path) {
        step('mkdir');
        await realFiles.makeFolder(path);
      },
      async syncFolder(path) {
        step('fsync');
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
