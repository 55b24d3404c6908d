import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { FactumError, messageOf } from '../core/errors.ts';
import { Lead, type Leads } from '../core/telemetry/lead.ts';

export interface LeadsPlace {
  /** The database; made with the first lead. */
  readonly path: string;
  /** Makes the folder around it. */
  makeFolder(): Promise<void>;
  /** RFC 3339, UTC. */
  now(): string;
}

/** Whatever is sent, the file stays bounded: a few hundred bytes each as a rule, some kilobytes at most. */
const mostKept = 100_000;
const keptDays = 90;
/** Another process writes for milliseconds. */
const patienceMs = 5_000;

/** Leads of one user on one machine. */
export function leadsIn({ path, makeFolder, now }: LeadsPlace): Leads {
  async function using<T>(work: (db: DatabaseSync) => T): Promise<T> {
    let db: DatabaseSync | undefined;
    try {
      // As private as the folder, whatever the umask; its log gets the same rights.
      await (await open(path, 'a', 0o600)).close();
      db = new DatabaseSync(path, { timeout: patienceMs });
      db.exec('pragma journal_mode = wal; pragma synchronous = full');
      db.exec(table);
      return work(db);
    } catch (cause) {
      throw new FactumError('LEADS', `${path} cannot be used: ${messageOf(cause)}`, { cause });
    } finally {
      db?.close();
    }
  }

  return {
    async newest(most, of) {
      if (!existsSync(path)) return [];
      const [which, values] =
        of === undefined
          ? ['', []]
          : ['where agent = ? and session = ? and occurred_at <= ?', [of.agent, of.id, of.until]];
      const query = `select lead from leads ${which} order by occurred_at desc, rowid desc limit ?`;
      return using((db) =>
        db
          .prepare(query)
          .all(...values, most)
          .map(({ lead }) => Lead.parse(JSON.parse(String(lead)))),
      );
    },
    async keep(leads) {
      await makeFolder();
      return using((db) => insert(db, leads, now()));
    },
  };
}

const table = `
create table if not exists leads (
  agent text not null, session text not null, id text not null,
  occurred_at text not null, recorded_at text not null, lead text not null,
  unique (agent, session, id)
);
create index if not exists leads_by_time on leads (occurred_at);
`;

function insert(db: DatabaseSync, leads: readonly Lead[], now: string): number {
  const one = db.prepare('insert or ignore into leads values (?, ?, ?, ?, ?, ?)');
  const oldest = new Date(Date.parse(now) - keptDays * 86_400_000).toISOString();
  db.exec('begin immediate');
  let added = 0;
  for (const lead of leads) {
    const { agent, session, id, occurredAt } = lead;
    added += Number(one.run(agent, session, id, occurredAt, now, JSON.stringify(lead)).changes);
  }
  db.prepare('delete from leads where recorded_at < ?').run(oldest);
  db.prepare('delete from leads where rowid <= (select max(rowid) from leads) - ?').run(mostKept);
  db.exec('commit');
  return added;
}
