import { describe, expect, test } from 'vitest';
import type { Journal } from '../store/journal/journal.ts';

export interface JournalPlace {
  /** A journal on this place; several may be open at once. */
  open(): Journal;
  remove(): Promise<void>;
}

/** What every journal driver must do. Call it at the top level of the driver's test file. */
export function journalContract(name: string, makePlace: () => Promise<JournalPlace>): void {
  async function withPlace(work: (place: JournalPlace) => Promise<void>): Promise<void> {
    const place = await makePlace();
    try {
      await work(place);
    } finally {
      await place.remove();
    }
  }

  async function withJournal(work: (journal: Journal) => Promise<void>): Promise<void> {
    await withPlace(async (place) => {
      const journal = place.open();
      try {
        await work(journal);
      } finally {
        await journal.close();
      }
    });
  }

  describe(`${name} keeps the journal contract`, () => {
    test('is empty at first', () =>
      withJournal(async (journal) => {
        expect(await journal.size()).toBe(0);
        expect(await journal.read(0, 0)).toEqual([]);
      }));

    test.each([1, 255, 256, 257, 511, 512, 5000])('keeps %i entries in order', (count) =>
      withPlace(async (place) => {
        const entries = entriesNamed('entry', count);
        const writer = place.open();
        const receipts = await writer.append(entries);
        await writer.close();
        expect(receipts.map(({ index }) => index)).toEqual(entries.map((_, index) => index));

        const reader = place.open();
        expect(await reader.size()).toBe(count);
        expect(texts(await reader.read(0, count))).toEqual(texts(entries));
        expect(texts(await reader.read(count - 1, count))).toEqual(texts(entries.slice(-1)));
        await reader.close();
      }),
    );

    test('gives an entry its first index again, within an append and later', () =>
      withPlace(async (place) => {
        const [a, b] = entriesNamed('entry', 2) as [Uint8Array, Uint8Array];
        const first = place.open();
        expect((await first.append([a, b, a])).map(({ index }) => index)).toEqual([0, 1, 0]);
        await first.close();
        const second = place.open();
        expect((await second.append([b])).map(({ index }) => index)).toEqual([1]);
        expect(await second.size()).toBe(2);
        await second.close();
      }));

    test('several writers at once: every entry once, at the index that was answered', () =>
      withPlace(async (place) => {
        const journals = Array.from({ length: 4 }, () => place.open());
        const appended = await Promise.all(
          journals.flatMap((journal, writer) =>
            entriesNamed(`writer ${writer} entry`, 100).map(async (entry) => {
              const [receipt] = await journal.append([entry]);
              return { entry, index: receipt?.index ?? -1 };
            }),
          ),
        );
        const [reader] = journals as [Journal];
        expect(await reader.size()).toBe(400);
        const read = texts(await reader.read(0, 400));
        for (const { entry, index } of appended) expect(read[index]).toBe(texts([entry])[0]);
        for (const journal of journals) await journal.close();
      }));

    test('takes the largest entry, refuses a larger one, and goes on', () =>
      withJournal(async (journal) => {
        await journal.append([new Uint8Array(65_535).fill(1)]);
        await expect(journal.append([new Uint8Array(65_536)])).rejects.toMatchObject({ code: 'ENTRY_TOO_LARGE' });
        await journal.append(entriesNamed('entry', 1));
        expect((await journal.read(0, 2)).map((entry) => entry.length)).toEqual([65_535, 7]);
      }));

    test('an append at any moment after another one is answered', () =>
      withJournal(async (journal) => {
        for (let turns = 0; turns < 20; turns++) {
          const [before, after] = entriesNamed(`turn ${turns} entry`, 2) as [Uint8Array, Uint8Array];
          await journal.append([before]);
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          await journal.append([after]);
        }
        expect(await journal.size()).toBe(40);
      }));

    test('an empty entry is refused, an empty append answers', () =>
      withJournal(async (journal) => {
        await expect(journal.append([new Uint8Array()])).rejects.toThrow('never empty');
        expect(await journal.append([])).toEqual([]);
        expect(await journal.size()).toBe(0);
      }));
  });
}

function entriesNamed(name: string, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, n) => new TextEncoder().encode(`${name} ${n}`));
}

function texts(entries: readonly Uint8Array[]): readonly string[] {
  return entries.map((entry) => new TextDecoder().decode(entry));
}
