import { dirname } from 'node:path';
import { decodeEntries, entriesPerBundle } from '../../../core/ledger/bundle.ts';
import { type Bundles, corrupt, readable, shrank } from './bundles.ts';
import type { FileLayer } from './file-layer.ts';
import type { Acknowledged } from './journal-lock.ts';

const start: Acknowledged = { entries: 0, bytes: 0 };

/**
 * The journal's durable end, found under the lock after a writer was killed. Complete entries behind what was
 * acknowledged are kept and made durable; an incomplete one is cut. Nothing acknowledged is ever cut.
 */
export async function recover(
  acknowledged: Acknowledged | undefined,
  bundles: Bundles,
  files: FileLayer,
): Promise<Acknowledged> {
  const { entries: floor } = acknowledged ?? start;
  let bundle = Math.floor(floor / entriesPerBundle);
  for (;;) {
    const path = bundles.pathOf(bundle);
    const first = bundle * entriesPerBundle;
    const bytes = await readable(path, () => files.read(path));
    if (bytes === undefined) {
      if (first < floor) throw shrank(path, `expected ${floor - first} acknowledged entries, got no file`);
      return { entries: first, bytes: 0 };
    }
    const { count, end } = countWhole(bytes);
    const following = await readable(path, () => files.size(bundles.pathOf(bundle + 1)));
    const full = count === entriesPerBundle;
    if (first + count < floor) {
      const why = `expected ${floor - first} acknowledged entries, got ${count} in ${bytes.length} bytes`;
      throw end === bytes.length ? shrank(path, why) : corrupt(path, count, why);
    }
    if ((!full && following !== undefined) || (full && end < bytes.length)) {
      throw corrupt(
        path,
        count,
        `expected ${entriesPerBundle} entries in ${bytes.length} bytes, got ${count} in ${end}`,
      );
    }
    if (end < bytes.length && acknowledged === undefined) {
      // Without the lock database it is not known whether this was acknowledged: it is kept aside, not destroyed.
      await keepAside(files, path, bytes.subarray(end));
    }
    await makeDurable(files, path, end);
    if (!full) return { entries: first + count, bytes: end };
    bundle++;
  }
}

/** The end as far as it can be told without the lock, where the folder cannot be written to. */
export async function countUnlocked(bundles: Bundles, files: FileLayer): Promise<number> {
  for (let bundle = 0; ; bundle++) {
    const path = bundles.pathOf(bundle);
    const bytes = await readable(path, () => files.read(path));
    const { count } = countWhole(bytes ?? new Uint8Array());
    if (count < entriesPerBundle) return bundle * entriesPerBundle + count;
  }
}

/** No entry is empty, so a zeroed tail, as a power cut may leave it, is no entry. */
function countWhole(bytes: Uint8Array): { count: number; end: number } {
  const { entries, end } = decodeEntries(bytes);
  const empty = entries.findIndex((entry) => entry.length === 0);
  if (empty < 0) return { count: entries.length, end };
  const whole = entries.slice(0, empty);
  return { count: empty, end: whole.reduce((sum, entry) => sum + entry.length + 2, 0) };
}

async function makeDurable(files: FileLayer, path: string, size: number): Promise<void> {
  const file = await files.open(path);
  try {
    await file.truncate(size);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.syncFolder(dirname(path));
}

async function keepAside(files: FileLayer, path: string, bytes: Uint8Array): Promise<void> {
  const aside = await files.open(`${path}.torn-${crypto.randomUUID()}`);
  try {
    await aside.write(bytes, 0);
    await aside.sync();
  } finally {
    await aside.close();
  }
}
