import { lstat, open } from 'node:fs/promises';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../../core/errors.ts';
import type { Piece, TranscriptFile, Unread } from '../../core/transcript/file.ts';
import { longestPiece } from './pieces.ts';

/** OpenCode may be writing. */
const patienceMs = 5_000;

/**
 * OpenCode since 1.2 keeps all sessions in one SQLite database, `opencode.db`; what were files before is a column `data`.
 * Undefined for what is no such database.
 */
export async function sessionsInDatabase(
  shown: string,
  path: string,
): Promise<readonly (TranscriptFile | Unread)[] | undefined> {
  if (!path.endsWith('.db') || !(await isSqlite(path))) return undefined;
  try {
    const log = await logOf(path);
    const using = (): DatabaseSync => openAt(path, log);
    return sessionsOf(using)?.map((session) => ({
      name: `${shown} ${session}`,
      head: () => Promise.resolve(JSON.stringify({ id: session })),
      pieces: () => piecesIn(using, session),
    }));
  } catch (thrown) {
    return [{ name: shown, why: messageOf(thrown) }];
  }
}

async function isSqlite(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(16), length: 16, position: 0 });
    return buffer.toString('latin1') === 'SQLite format 3\0';
  } finally {
    await handle.close();
  }
}

/** Whether its write-ahead log is beside it. Throws where another file would be read or written in its place. */
async function logOf(path: string): Promise<boolean> {
  const [log, memory] = await Promise.all(['-wal', '-shm'].map((end) => lstat(`${path}${end}`).catch(() => undefined)));
  if ([log, memory].some((file) => file?.isFile() === false))
    throw new Error('its log is a link, which is not followed');
  return log !== undefined;
}

/** Without a log nothing is left to be read there, and "immutable" keeps SQLite from making one. */
function openAt(path: string, log: boolean): DatabaseSync {
  const url = pathToFileURL(path);
  if (!log) url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true, timeout: patienceMs });
}

function sessionsOf(using: () => DatabaseSync): readonly string[] | undefined {
  const db = using();
  try {
    const { found } =
      db
        .prepare(
          "select count(*) as found from sqlite_master where type = 'table' and name in ('session', 'message', 'part')",
        )
        .get() ?? {};
    if (found !== 3) return undefined;
    return db
      .prepare('select id from session order by id')
      .all()
      .map(({ id }) => String(id));
  } finally {
    db.close();
  }
}

const data = `case when length(data) <= ${longestPiece} then data end as data`;

/** One message after the other, in the order in which OpenCode shows them, each with its parts. */
async function* piecesIn(using: () => DatabaseSync, session: string): AsyncGenerator<readonly Piece[]> {
  const db = using();
  try {
    const parent = db.prepare('select parent_id from session where id = ?').get(session)?.['parent_id'];
    yield [{ at: 0, text: JSON.stringify({ id: session, ...(typeof parent === 'string' && { parentID: parent }) }) }];
    const messages = db.prepare(`select id, ${data} from message where session_id = ? order by time_created, id`);
    const parts = db.prepare(`select id, ${data} from part where message_id = ? order by id`);
    let at = 0;
    for (const message of messages.iterate(session)) {
      yield [{ at, text: textOf(message) }];
      for (const part of parts.iterate(String(message['id']))) yield [{ at, text: textOf(part) }];
      at++;
    }
    // Where both are kept they tell the same.
    if (at === 0 && hasNewMessages(db)) {
      const rows = db.prepare(`select id, type, ${data} from session_message where session_id = ? order by seq`);
      for (const row of rows.iterate(session)) yield [{ at: at++, text: textOf(row) }];
    }
  } finally {
    db.close();
  }
}

/** OpenCode 2: messages with all that is in them, in the order of `seq`. */
function hasNewMessages(db: DatabaseSync): boolean {
  return db.prepare("select 1 from pragma_table_info('session_message') where name = 'seq'").get() !== undefined;
}

/** The object with its other columns, as it stood in a file; undefined for what is too long. */
function textOf({ data: text, ...columns }: Readonly<Record<string, SQLOutputValue>>): string | undefined {
  if (typeof text !== 'string') return undefined;
  return text.replace(/^\s*\{/, () => `${JSON.stringify(columns).slice(0, -1)},`);
}
