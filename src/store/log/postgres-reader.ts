import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { FactumError } from '../../core/errors.ts';
import { encodeEntries, entriesPerBundle } from '../../core/ledger/bundle.ts';
import type { LedgerReader } from '../../core/ledger/check/reader.ts';
import { parseTilePath } from '../../core/ledger/tile.ts';
import { entriesBetween, sizeOf } from '../journal/postgres/log-table.ts';
import { realFiles } from '../journal/files/file-layer.ts';
import type { Database } from '../postgres/database.ts';
import { headOf, shownAt } from './shown-tables.ts';

/**
 * A tenant's ledger as its tables have it, laid out as a store; blobs are in `dir`, of this machine. Throws LEDGER_UNREADABLE
 * where nothing was recorded.
 */
export async function postgresReader(database: Database, dir: string): Promise<LedgerReader> {
  const { tenant } = database;
  const place = `log ${tenant} in ${database.place}`;
  if (((await database.look((db) => sizeOf({ db, tenant }))) ?? 0) === 0)
    throw new FactumError('LEDGER_UNREADABLE', `${place}: expected entries, got none`);

  async function bytesAt(db: Kysely<never>, path: string): Promise<Uint8Array | undefined> {
    if (path === 'head') return encoded(await headOf(db, tenant));
    if (path.startsWith('public/')) return shownAt(db, tenant, path.slice('public/'.length));
    const bundle = parseTilePath(path.replace(/^journal\//, 'tile/entries/'));
    return bundle === undefined ? undefined : bundleOf(db, bundle.tile.index);
  }

  /** Up to the first that is missing: what follows stands at another index than it should. */
  async function bundleOf(db: Kysely<never>, bundle: number): Promise<Uint8Array | undefined> {
    const first = bundle * entriesPerBundle;
    const stored = await entriesBetween({ db, tenant }, first, first + entriesPerBundle);
    const gap = stored.findIndex(({ index }, at) => index !== first + at);
    const whole = gap === -1 ? stored : stored.slice(0, gap);
    return whole.length === 0 ? undefined : encodeEntries(whole.map(({ entry }) => entry));
  }

  function read(path: string): Promise<Uint8Array | undefined> {
    return path.startsWith('blobs/') ? realFiles.read(join(dir, path)) : database.look((db) => bytesAt(db, path));
  }

  return { place, layout: 'store', read };
}

function encoded(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
