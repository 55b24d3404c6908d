import { createReadStream } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import type { TranscriptFile, TranscriptFiles, Unread } from '../../core/transcript/file.ts';
import { checkpointsIn } from './checkpoints.ts';
import { sessionsInDatabase } from './opencode-database.ts';
import { isOpencodeStore, sessionsInStore } from './opencode-store.ts';
import { headBytes, piecesOf, textOf } from './pieces.ts';

const chunkBytes = 1024 * 1024;

/** Sessions under files and folders, and on the checkpoint branches of repositories. */
export function transcriptFilesIn(cwd: string): TranscriptFiles {
  return {
    async *find(paths) {
      for (const path of paths) yield* under(path, resolve(cwd, path));
    },
  };
}

async function* under(shown: string, path: string): AsyncGenerator<TranscriptFile | Unread> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isFile()) return yield* sessionsAt(shown, real);
    if (!(await isGitFolder(real))) yield* inFolder({ shown, path: real, root: real });
    yield* checkpointsIn(shown, real);
  } catch (thrown) {
    yield { name: shown, why: messageOf(thrown) };
  }
}

/** Git's own files hold no sessions: its branches may. */
async function isGitFolder(path: string): Promise<boolean> {
  const names = new Set(await readdir(path));
  return ['HEAD', 'objects', 'refs'].every((name) => names.has(name));
}

interface Folder {
  readonly shown: string;
  readonly path: string;
  /** What the person named; links that lead out of it are not followed. */
  readonly root: string;
}

const passedOver = new Set(['.git', 'node_modules', '.venv', 'target']);

async function* inFolder({ shown, path, root }: Folder): AsyncGenerator<TranscriptFile | Unread> {
  const all = await readdir(path, { withFileTypes: true });
  const isStore = await isOpencodeStore(path, all);
  if (isStore) yield* sessionsInStore(shown, path);
  const entries = isStore ? all.filter(({ name }) => name !== 'message' && name !== 'part') : all;
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const [name, inner] = [join(shown, entry.name), join(path, entry.name)];
    if (entry.isSymbolicLink()) yield* linked(name, inner, root);
    else if (entry.isFile()) yield* sessionsAt(name, inner);
    else if (entry.isDirectory() && !passedOver.has(entry.name)) {
      try {
        yield* inFolder({ shown: name, path: inner, root });
      } catch (thrown) {
        yield { name, why: messageOf(thrown) };
      }
    }
  }
}

/** A link to a file within the folder is another name of a file that is read anyway. */
async function* linked(name: string, path: string, root: string): AsyncGenerator<Unread> {
  const target = await realpath(path).catch(() => undefined);
  const inside =
    target !== undefined && !relative(root, target).startsWith('..') && !isAbsolute(relative(root, target));
  if (!inside)
    yield { name, why: target === undefined ? 'a link to nothing' : 'a link out of the folder is not followed' };
}

async function* sessionsAt(name: string, path: string): AsyncGenerator<TranscriptFile | Unread> {
  yield* (await sessionsInDatabase(name, path)) ?? [fileAt(name, path)];
}

function fileAt(name: string, path: string): TranscriptFile {
  return {
    name,
    head: () => headOf(path),
    pieces: (framing) => piecesOf(createReadStream(path, { highWaterMark: chunkBytes }), framing),
  };
}

/** A device or a pipe that took the place of a file is not waited for. */
async function headOf(path: string): Promise<string | undefined> {
  if (!(await lstat(path)).isFile()) return undefined;
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(headBytes),
      length: headBytes,
      position: 0,
    });
    return textOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
