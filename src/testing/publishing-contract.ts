import { describe, expect, test } from 'vitest';
import { decodeEntries, encodeEntries } from '../core/ledger/bundle.ts';
import type { Published } from '../core/ledger/head.ts';
import type { LogKeys } from '../core/ledger/log-key.ts';
import { appendLeaves, emptyRange, leafHashOf, rootOf } from '../core/ledger/merkle.ts';
import { toHex } from '../core/ledger/octets.ts';
import { openCheckpoint } from '../core/ledger/open-checkpoint.ts';
import type { SignaturePort } from '../core/ledger/signature-port.ts';
import { entriesPath, growTiles, grownBundles, hashTilePath } from '../core/ledger/tile.ts';
import { parseTlogProof, verifyTlogProof } from '../core/ledger/tlog-proof.ts';
import { parseVkey } from '../core/ledger/vkey.ts';
import type { Journal } from '../store/journal/journal.ts';
import type { LogPlace } from '../store/log/log-place.ts';
import { type Publisher, publisher, type PublisherOptions } from '../store/log/publisher.ts';
import { sha256 } from '../store/log/sha256.ts';

export interface OpenLog {
  readonly journal: Journal;
  readonly place: LogPlace;
  close(): Promise<void>;
}

/** One log that is empty at first; several may have it open at once, as several processes do. */
export interface PublishingPlace {
  open(): OpenLog;
  remove(): Promise<void>;
}

export interface PublishingPorts {
  readonly keys: LogKeys;
  readonly signatures: SignaturePort;
}

/** A time for every look at it. */
function ticking(): () => string {
  let seconds = 0;
  return () => new Date(Date.UTC(2026, 0, 2, 3, 4, seconds++)).toISOString();
}

/** What every place of a log must do. Call it at the top level of the driver's test file. */
export function publishingContract(
  name: string,
  makePlace: () => Promise<PublishingPlace>,
  ports: PublishingPorts,
): void {
  const now = ticking();

  function publisherOn(log: Pick<OpenLog, 'journal' | 'place'>, changed: Partial<PublisherOptions> = {}): Publisher {
    const witnessing = { witnesses: [], ask: () => Promise.reject(new Error('nobody is asked')), required: false };
    return publisher({ ...log, ...ports, name: 'Some Repository', vouch: vouchForAll, witnessing, now, ...changed });
  }

  /** Opens the log anew for each call, as commands do. */
  async function withLog(work: (open: () => OpenLog) => Promise<void>): Promise<void> {
    const place = await makePlace();
    const opened: OpenLog[] = [];
    try {
      await work(() => {
        const log = place.open();
        opened.push(log);
        return log;
      });
    } finally {
      for (const log of opened) await log.close();
      await place.remove();
    }
  }

  describe(`${name} keeps the publishing contract`, () => {
    test('where nothing is recorded nothing is published and nobody gets an identity', () =>
      withLog(async (open) => {
        const log = open();
        expect(await publisherOn(log).publish()).toBeUndefined();
        expect(await log.place.identity()).toBeUndefined();
        expect(await log.place.head()).toBeUndefined();
        expect(await publisherOn(log).receipt(0)).toBeUndefined();
      }));

    test.each([1, 2, 255, 256, 257, 511, 512, 700])(
      '%i entries at once: tiles and bundles as the format says',
      (count) =>
        withLog(async (open) => {
          await open().journal.append(entriesNamed(0, count));
          const published = await publisherOn(open()).publish();
          expect(published).toMatchObject({ size: count, added: count, witnesses: [], silent: [] });
          await expectShown(open().place, entriesNamed(0, count), ports, published);
        }),
    );

    test('every size on the way stays provable, also after its tiles have filled up', () =>
      withLog(async (open) => {
        const shown: Published[] = [];
        const all = entriesNamed(0, 600);
        let size = 0;
        for (const to of [1, 3, 200, 255, 256, 258, 511, 513, 600]) {
          await open().journal.append(all.slice(size, to));
          const published = await publisherOn(open()).publish();
          if (published !== undefined) shown.push(published);
          await expectShown(open().place, all.slice(0, to), ports, published);
          size = to;
        }
        expect(shown.map(({ origin }) => origin)).toEqual(shown.map(() => shown[0]?.origin));
        expect(shown[0]?.origin).toMatch(/^some-repository-[0-9a-f]{8}\.factum\.internal$/);
        const log = shown[0]?.vkey ?? '';
        for (const index of [0, 1, 255, 256, 511, 599]) {
          await expectReceipt(await publisherOn(open()).receipt(index), all[index], { ...ports, log });
        }
        expect(await publisherOn(open()).receipt(600)).toBeUndefined();
      }));

    test('what did not grow is not signed again', () =>
      withLog(async (open) => {
        await open().journal.append(entriesNamed(0, 3));
        const first = await publisherOn(open()).publish();
        const again = await publisherOn(open()).publish();
        expect(again).toEqual({ ...first, added: 0 });
      }));

    test('several publishers and writers at once: one history, nothing lost', () =>
      withLog(async (open) => {
        const publishers = Array.from({ length: 4 }, async (_, writer) => {
          const log = open();
          for (let round = 0; round < 5; round++) {
            await log.journal.append(entriesNamed(writer * 1000 + round * 10, 3));
            await publisherOn(log).publish();
          }
        });
        await Promise.all(publishers);
        const last = open();
        const entries = await last.journal.read(0, await last.journal.size());
        expect(entries).toHaveLength(60);
        expect((await last.place.head())?.size).toBe(60);
        await expectShown(last.place, entries, ports, await publisherOn(last).publish());
      }));

    test('the head moves only from the one that is expected', () =>
      withLog(async (open) => {
        await open().journal.append(entriesNamed(0, 2));
        await publisherOn(open()).publish();
        const { place } = open();
        const head = await place.head();
        if (head === undefined) throw new Error('published');
        expect(await place.moveHead(undefined, killed)).toBeUndefined();
        expect(
          await place.moveHead({ ...head, checkpoint: `${head.checkpoint}\u2014 a AAAAAAA=\n` }, killed),
        ).toBeUndefined();
        const moved = { ...head, publishedAt: '2026-02-03T04:05:06.000Z' };
        expect(await place.moveHead(head, () => Promise.resolve(moved))).toEqual(moved);
        expect(await open().place.head()).toEqual(moved);
      }));

    test('of several who begin a log at once one gives it its identity', () =>
      withLog(async (open) => {
        const wanted = ['a', 'b', 'c'].map((id) => ({ id, name: 'log', origin: `${id}.factum.internal` }));
        const kept = await Promise.all(wanted.map((identity) => open().place.identify(identity)));
        expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
        expect(await open().place.identity()).toEqual(kept[0]);
      }));

    test('a full tile is never replaced by another, a narrower one is', () =>
      withLog(async (open) => {
        await open().journal.append(entriesNamed(0, 257));
        await publisherOn(open()).publish();
        const { place } = open();
        const other = new Uint8Array(8192).fill(7);
        await expect(place.write([{ path: 'tile/0/000', bytes: other }])).rejects.toMatchObject({
          code: 'LOG_DAMAGED',
        });
        await place.write([{ path: 'tile/0/001.p/1', bytes: other.subarray(0, 32) }]);
        expect(await place.read('tile/0/001.p/1')).toHaveLength(32);
        expect(await place.read('tile/0/002')).toBeUndefined();
      }));

    test('a publisher that ends at any step leaves what the next one completes', () =>
      withLog(async (open) => {
        let size = 0;
        for (const step of ['write', 'moveHead', 'moved', 'show', 'tidy'] as const) {
          const entries = entriesNamed(size, 100);
          await open().journal.append(entries);
          size += entries.length;
          const log = open();
          await expect(publisherOn({ ...log, place: endingAt(log.place, step) }).publish()).rejects.toThrow('killed');
          const shown = await publisherOn(open()).publish();
          expect(shown?.size, step).toBe(size);
          await expectShown(open().place, await open().journal.read(0, size), ports, shown);
        }
      }));

    test('entries behind the head are kept and published; lost or other ones refuse', () =>
      withLog(async (open) => {
        await open().journal.append(entriesNamed(0, 300));
        await publisherOn(open()).publish();
        const { journal, place } = open();
        const head = await place.head();
        const short: Journal = { ...journal, size: () => Promise.resolve(299) };
        await expect(publisherOn({ journal: short, place }).publish()).rejects.toMatchObject({
          code: 'JOURNAL_SHRANK',
        });
        for (const changed of [0, 299]) {
          const other = flipped(journal, changed);
          await expect(publisherOn({ journal: other, place }).publish({ whole: true })).rejects.toMatchObject({
            code: 'JOURNAL_CORRUPT',
          });
        }
        await journal.append(entriesNamed(300, 1));
        // In the bundle that is written anew.
        await expect(publisherOn({ journal: flipped(journal, 299), place }).publish()).rejects.toMatchObject({
          code: 'JOURNAL_CORRUPT',
        });
        expect(await place.head()).toEqual(head);
        expect(await publisherOn({ journal, place }).publish({ whole: true })).toMatchObject({ size: 301, added: 1 });
      }));

    test('what nobody vouches for is not signed', () =>
      withLog(async (open) => {
        const log = open();
        await log.journal.append(entriesNamed(0, 3));
        await expect(publisherOn(log, { vouch: vouchForTwo }).publish()).rejects.toThrow('not what was acknowledged');
        expect(await log.place.head()).toBeUndefined();
      }));

    test('a key of somebody else signs nothing', () =>
      withLog(async (open) => {
        await open().journal.append(entriesNamed(0, 3));
        await publisherOn(open()).publish();
        await open().journal.append(entriesNamed(3, 3));
        const missing: LogKeys = { ...ports.keys, of: () => Promise.resolve(undefined) };
        const others: LogKeys = { ...ports.keys, of: (id) => ports.keys.of(`another ${id}`) };
        for (const keys of [missing, others]) {
          await expect(publisherOn(open(), { keys }).publish()).rejects.toMatchObject({ code: 'LOG_KEY' });
        }
        expect((await open().place.head())?.size).toBe(3);
      }));
  });
}

function entriesNamed(from: number, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, at) => new TextEncoder().encode(`entry ${from + at}`));
}

/** The journal with one bit of one entry turned. */
function flipped(journal: Journal, index: number): Journal {
  return {
    ...journal,
    async read(from, to) {
      const entries = await journal.read(from, to);
      return entries.map((entry, at) =>
        from + at === index ? entry.map((byte, n) => (n === 0 ? byte ^ 1 : byte)) : entry,
      );
    },
  };
}

function vouchForAll(): Promise<void> {
  return Promise.resolve();
}

function vouchForTwo(_: Uint8Array, index: number): Promise<void> {
  return index < 2 ? Promise.resolve() : Promise.reject(new Error('not what was acknowledged'));
}

function killed(): Promise<never> {
  return Promise.reject(new Error('killed'));
}

type Step = 'write' | 'moveHead' | 'moved' | 'show' | 'tidy';

/** A place that a publisher does not come back from at one step. */
function endingAt(place: LogPlace, step: Step): LogPlace {
  switch (step) {
    case 'write':
      return { ...place, write: (files) => place.write(files.slice(0, 1)).then(killed) };
    case 'moveHead':
      return { ...place, moveHead: killed };
    case 'moved':
      return { ...place, moveHead: (expected, next) => place.moveHead(expected, next).then(killed) };
    case 'show':
      return { ...place, show: killed };
    case 'tidy':
      return { ...place, tidy: killed };
  }
}

function none(): Promise<never> {
  return Promise.reject(new Error('an empty tree has no tiles'));
}

/** Everything that a log of these entries serves, and a checkpoint that its own key signed. */
async function expectShown(
  place: LogPlace,
  entries: readonly Uint8Array[],
  { signatures }: Pick<PublishingPorts, 'signatures'>,
  published: Published | undefined,
): Promise<void> {
  const leaves = entries.map((entry) => leafHashOf(entry, sha256));
  for (const { tile, bytes } of await growTiles(0, leaves, none, sha256)) {
    expect(Buffer.compare((await place.read(hashTilePath(tile))) ?? Buffer.alloc(0), bytes), hashTilePath(tile)).toBe(
      0,
    );
  }
  for (const bundle of grownBundles(0, entries.length)) {
    const expected = encodeEntries(entries.slice(bundle.index * 256, bundle.index * 256 + bundle.width));
    const bytes = (await place.read(entriesPath(bundle))) ?? Buffer.alloc(0);
    expect(Buffer.compare(bytes, expected), entriesPath(bundle)).toBe(0);
    expect(decodeEntries(bytes).entries).toHaveLength(bundle.width);
  }
  const root = rootOf(appendLeaves(emptyRange, leaves, sha256), sha256);
  const [vkey, checkpoint] = await Promise.all(['vkey', 'checkpoint'].map((path) => textIn(place, path)));
  expect(vkey).toBe(`${published?.vkey}\n`);
  expect(checkpoint).toBe(published?.checkpoint);
  const key = parseVkey((vkey ?? '').trim(), sha256);
  if (key === undefined) throw new Error(`no vkey: ${vkey}`);
  const opened = await openCheckpoint(checkpoint ?? '', { logs: [key] }, signatures);
  if (typeof opened === 'string') throw new Error(opened);
  expect(opened.checkpoint).toMatchObject({ origin: published?.origin, size: entries.length });
  expect(toHex(opened.checkpoint.root)).toBe(toHex(root));
}

async function expectReceipt(
  receipt: string | undefined,
  entry: Uint8Array | undefined,
  { log, signatures }: Pick<PublishingPorts, 'signatures'> & { readonly log: string },
): Promise<void> {
  const key = parseVkey(log, sha256);
  const proof = parseTlogProof(receipt ?? '');
  if (key === undefined || entry === undefined || typeof proof === 'string') throw new Error(`no proof: ${receipt}`);
  const policy = { logs: [{ key }], witnesses: [], quorum: { kind: 'none' } } as const;
  const leafHash = leafHashOf(entry, sha256);
  expect(await verifyTlogProof({ proof, leafHash, policy }, { sha256, signatures })).toHaveProperty('checkpoint');
}

async function textIn(place: LogPlace, path: string): Promise<string | undefined> {
  const bytes = await place.read(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
