import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Piece, TranscriptFile, Unread } from '../../core/transcript/file.ts';
import { longestPiece } from './pieces.ts';

/**
 * OpenCode before 1.2 keeps a session as small files: `message/<session>/<message>.json`, `part/<message>/<part>.json`,
 * `session/<project>/<session>.json`; before 0.6 `part/<session>/<message>/` and `info/<session>.json`. Names rise with time.
 */
export async function isOpencodeStore(path: string, entries: readonly Dirent[]): Promise<boolean> {
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  return folders.has('message') && folders.has('part') && (await sessionsOf(path)).length > 0;
}

/** A link in the place of a session, a message or a part is not followed, and is told as missing. */
export async function* sessionsInStore(shown: string, path: string): AsyncGenerator<TranscriptFile | Unread> {
  const infos = await infosIn(path);
  for (const session of await sessionsOf(path)) {
    const name = join(shown, 'message', session.name);
    if (!session.isDirectory()) yield { name, why: 'no folder of messages; links are not followed here' };
    else
      yield {
        name,
        head: () => Promise.resolve(JSON.stringify({ id: session.name })),
        pieces: () => piecesIn(path, session.name, infos.get(session.name)),
      };
  }
}

async function sessionsOf(path: string): Promise<readonly Dirent[]> {
  return (await entriesOf(join(path, 'message'))).filter(({ name }) => name.startsWith('ses_'));
}

async function infosIn(path: string): Promise<ReadonlyMap<string, string>> {
  const projects = await entriesOf(join(path, 'session'));
  const infos = new Map<string, string>();
  for (const folder of [join(path, 'info'), ...projects.map(({ name }) => join(path, 'session', name))])
    for (const { name } of await entriesOf(folder)) infos.set(idOf(name), join(folder, name));
  return infos;
}

function idOf(file: string): string {
  return file.replace(/\.json$/, '');
}

/** One message after the other, each with its parts; a place is the index of the message. */
async function* piecesIn(path: string, session: string, info: string | undefined): AsyncGenerator<readonly Piece[]> {
  const messages = join(path, 'message', session);
  yield [{ at: 0, text: info === undefined ? JSON.stringify({ id: session }) : await textIn(info) }];
  for (const [at, { name }] of (await entriesOf(messages)).entries()) {
    yield [{ at, text: await textIn(join(messages, name)) }];
    for (const parts of [join(path, 'part', idOf(name)), join(path, 'part', session, idOf(name))])
      for (const part of await entriesOf(parts)) yield [{ at, text: await textIn(join(parts, part.name)) }];
  }
}

/** In the order of their names, without what is still being written; nothing where there is no such folder. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const kind = await lstat(folder).catch(() => undefined);
  if (kind?.isDirectory() !== true) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Undefined for what is no file, is too long or cannot be read. */
async function textIn(path: string): Promise<string | undefined> {
  try {
    const file = await lstat(path);
    return file.isFile() && file.size <= longestPiece ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
