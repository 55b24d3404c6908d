import type { Findings } from './finding.ts';
import { type LedgerReader, pathsOf, readPartial } from './reader.ts';
import { entriesOf } from './tree.ts';

const entriesPerBundle = 256;
const readsAhead = 8;

export interface CheckedBundle {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** Views of `bytes`, which begin with them. */
  readonly entries: readonly Uint8Array[];
}

type Read = Awaited<ReturnType<typeof readPartial>>;

/** All bundles of a log in their order, the next ones being read while one is checked; a store's past its checkpoint, too. */
export async function* bundlesOf(
  reader: LedgerReader,
  size: number,
  findings: Findings,
): AsyncGenerator<CheckedBundle> {
  const covering = Math.ceil(size / entriesPerBundle);
  const paths = pathsOf(reader);
  const inStore = reader.layout === 'store';
  const reading = new Map<number, Promise<Read>>();

  function neededOf(index: number): number {
    return Math.max(0, Math.min(entriesPerBundle, size - index * entriesPerBundle));
  }

  function pathOf(index: number): string {
    return inStore ? paths.journal(index) : paths.tile('entries', index, neededOf(index));
  }

  function readAhead(index: number): Promise<Read> {
    const until = Math.max(index, Math.min(index + readsAhead, covering - 1));
    for (let next = index; next <= until; next++) {
      if (!reading.has(next)) reading.set(next, heardLater(readPartial(reader, pathOf(next))));
    }
    const read = reading.get(index) ?? readPartial(reader, pathOf(index));
    reading.delete(index);
    return read;
  }

  const last = inStore ? Number.MAX_SAFE_INTEGER : covering - 1;
  let isFull = true;
  for (let index = 0; isFull && index <= last; index++) {
    const needed = neededOf(index);
    const { bytes, isWhole } = (await readAhead(index)) ?? { bytes: new Uint8Array(), isWhole: false };
    const { entries, rest } = entriesOf(bytes, inStore ? entriesPerBundle : needed);
    isFull = entries.length === entriesPerBundle;
    const got = `${entries.length} entries and ${rest} more bytes`;
    if (entries.length < needed)
      findings.report(rest === 0 ? 'bundle-missing' : 'bundle-form', pathOf(index), { expected: `${needed}`, got });
    // Half an entry at the end of a store is being written; behind a part that a log serves whole, others follow.
    else if (rest > 0 && (isFull || (!inStore && !isWhole))) findings.report('bundle-form', pathOf(index), { got });
    if (entries.length > 0) yield { index, bytes, entries };
  }
}

/** What goes wrong with a bundle is heard when its turn comes. */
export function heardLater<Answer>(read: Promise<Answer>): Promise<Answer> {
  read.catch(() => undefined);
  return read;
}
