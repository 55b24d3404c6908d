import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { FactumError, messageOf } from '../../core/errors.ts';
import { Head, LogIdentity } from '../../core/ledger/head.ts';
import { type FileLayer, realFiles } from '../journal/files/file-layer.ts';
import { removeLeft } from '../left-over.ts';
import { isPartial, isSameBytes, isSameHead, type LogPlace, parsedAs, type PublicFile } from './log-place.ts';

export interface FilesPlaceOptions {
  /** `<git common dir>/factum`. */
  readonly dir: string;
  /** Runs while no process writes to the journal. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  readonly files?: FileLayer;
}

/** `log.json`, `head` and `public/` beside the journal. Every file is written whole: temporary name, sync, rename. */
export function filesPlace({ dir, exclusively, files = realFiles }: FilesPlaceOptions): LogPlace {
  const headPath = join(dir, 'head');
  const identityPath = join(dir, 'log.json');
  const publicPath = (path: string): string => join(dir, 'public', path);

  async function parsed<T>(path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const bytes = await coded('read', path, () => files.read(path));
    return parsedAs(shape, bytes === undefined ? undefined : new TextDecoder().decode(bytes), path);
  }

  async function head(): Promise<Head | undefined> {
    const found = await parsed(headPath, Head);
    if (found !== undefined || (await read('checkpoint')) === undefined) return found;
    // It may have been published first between the two looks.
    const again = await parsed(headPath, Head);
    if (again !== undefined) return again;
    throw new FactumError('LOG_DAMAGED', `${headPath}: expected what this log signed last, got no file`);
  }

  function read(path: string): Promise<Uint8Array | undefined> {
    return coded('read', publicPath(path), () => files.read(publicPath(path)));
  }

  /** Not durable before the folder is synced. Under the lock one temporary name is enough, and a kill leaves no second. */
  async function replace(path: string, bytes: Uint8Array, temporary = `${path}.tmp`): Promise<void> {
    await files.makeFolder(dirname(path));
    try {
      const file = await files.open(temporary);
      try {
        await file.truncate(0);
        for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at), at);
        await file.sync();
      } finally {
        await file.close();
      }
      await files.rename(temporary, path);
    } catch (thrown) {
      // What was begun is of no use; where it cannot be removed either, the first failure is what matters.
      await files.remove(temporary).catch(() => undefined);
      throw thrown;
    }
  }

  async function replaceDurably(path: string, value: object): Promise<void> {
    await replace(path, new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`));
    await files.syncFolder(dirname(path));
  }

  async function put({ path, bytes }: PublicFile): Promise<void> {
    const there = await files.read(publicPath(path));
    if (there !== undefined && isSameBytes(there, bytes)) return;
    if (there !== undefined && !isPartial(path)) {
      throw new FactumError(
        'LOG_DAMAGED',
        `${publicPath(path)}: expected the ${bytes.length} bytes that the journal leads to, got ${there.length} others`,
      );
    }
    await replace(publicPath(path), bytes, `${publicPath(path)}.${crypto.randomUUID()}.tmp`);
  }

  async function putAll(all: readonly PublicFile[]): Promise<void> {
    const written = all.values();
    const next = async (): Promise<void> => {
      for (const file of written) await put(file);
    };
    // Waits for all also when one fails: nothing is tried again while a write is under way.
    const ended = await Promise.allSettled(Array.from({ length: writesAtOnce }, next));
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
    // What was there already may have been renamed by a process that did not come as far as this.
    const folders = new Set(all.map(({ path }) => dirname(publicPath(path))));
    for (const folder of folders) {
      await removeLeft(files, folder);
      await files.syncFolder(folder);
    }
  }

  return {
    head,
    read,
    identity: () => parsed(identityPath, LogIdentity),
    identify: (identity) =>
      coded('write', dir, async () => {
        await files.makeFolder(dir);
        return exclusively(async () => {
          const kept = await parsed(identityPath, LogIdentity);
          if (kept === undefined) await replaceDurably(identityPath, identity);
          return kept ?? identity;
        });
      }),
    moveHead: (expected, next) =>
      coded('write', headPath, () =>
        exclusively(async () => {
          if (!isSameHead(await head(), expected)) return undefined;
          const moved = await next();
          await replaceDurably(headPath, moved);
          return moved;
        }),
      ),
    write: (all) => coded('write', join(dir, 'public'), () => putAll(all)),
    show: (shown) =>
      coded('write', join(dir, 'public'), () =>
        exclusively(async () => {
          const now = await head();
          if (now === undefined) return;
          await files.syncFolder(dir);
          for (const { path, bytes } of shown(now)) {
            // The key of the log never changes.
            const there = await files.read(publicPath(path));
            if (there === undefined || !isSameBytes(there, bytes)) await replace(publicPath(path), bytes);
          }
          await files.syncFolder(publicPath(''));
        }),
      ),
    tidy: (fullTiles) =>
      coded('write', join(dir, 'public'), async () => {
        for (const path of fullTiles) await files.removeFolder(`${publicPath(path)}.p`);
      }),
  };
}

const writesAtOnce = 8;

async function coded<T>(doing: 'read' | 'write', path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof FactumError) throw thrown;
    const code = doing === 'read' ? 'JOURNAL_UNREADABLE' : 'LOG_WRITE';
    throw new FactumError(code, `cannot ${doing} ${path}: ${messageOf(thrown)}`, { cause: thrown });
  }
}
