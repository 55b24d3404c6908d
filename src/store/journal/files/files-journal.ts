import { join } from 'node:path';
import { FactumError, messageOf } from '../../../core/errors.ts';
import { entriesPerBundle } from '../../../core/ledger/bundle.ts';
import { leafHashOf } from '../../../core/ledger/merkle.ts';
import type { Receipt } from '../../../core/ledger/record.ts';
import { pauseBefore } from '../../patience.ts';
import { groupCommit } from '../group-commit.ts';
import type { Journal } from '../journal.ts';
import { bundlesIn } from './bundles.ts';
import { type FileLayer, realFiles } from './file-layer.ts';
import { type Acknowledged, type HeldLock, journalLock } from './journal-lock.ts';
import { countUnlocked, recover } from './recovery.ts';

export interface FilesJournalOptions {
  /** `<git common dir>/factum`; made by the first append. */
  readonly dir: string;
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  readonly lockTimeoutMs?: number;
  readonly files?: FileLayer;
}

export interface FilesJournal extends Journal {
  /** Runs while no process writes; for what must be done by one process at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Reads what others wrote, so that the next append need not. */
  catchUp(): Promise<void>;
}

const entriesAtOnce = 4096;
const defaultLockTimeoutMs = 30_000;

/** Entry bundles in files. What waits in this process is written together: one lock, one sync per bundle. */
export function filesJournal(options: FilesJournalOptions): FilesJournal {
  const { dir, sha256, files = realFiles, lockTimeoutMs = defaultLockTimeoutMs } = options;
  const lockPath = join(dir, 'lock.sqlite');
  const lock = journalLock(lockPath, lockTimeoutMs);
  const bundles = bundlesIn(join(dir, 'journal'), files);
  const indexOf = new Map<string, number>();
  let learning: Promise<unknown> = Promise.resolve();
  let attempt = 0;
  let broken: FactumError | undefined;

  /** The durable end; under the lock. */
  async function settle({ acknowledged }: HeldLock): Promise<Acknowledged> {
    const isAtEnd = acknowledged !== undefined && (await bundles.tailBytes(acknowledged)) === acknowledged.bytes;
    if (isAtEnd) return acknowledged;
    try {
      return await recover(acknowledged, bundles, files);
    } catch (thrown) {
      throw thrown instanceof FactumError ? thrown : cannotWrite(dir, thrown);
    }
  }

  async function settleForReading(held: HeldLock): Promise<number> {
    const end = await settle(held);
    if (end.entries !== held.acknowledged?.entries) held.acknowledge(end);
    return end.entries;
  }

  /** Where nothing can be written, nobody writes: what is complete counts. */
  async function sizeWithoutLock(thrown: unknown): Promise<number> {
    if (!(thrown instanceof FactumError) || thrown.code !== 'JOURNAL_WRITE') throw thrown;
    return lock.acknowledged()?.entries ?? countUnlocked(bundles, files);
  }

  async function commit(held: HeldLock, entries: readonly Uint8Array[]): Promise<readonly Receipt[]> {
    const end = await settle(held);
    await learn(end.entries);
    const fresh: Uint8Array[] = [];
    const added = new Map<string, number>();
    const receipts = entries.map((entry): Receipt => {
      const leafHash = leafHashOf(entry, sha256);
      const known = indexOf.get(leafHash) ?? added.get(leafHash);
      const index = known ?? end.entries + fresh.length;
      if (known === undefined) {
        fresh.push(entry);
        added.set(leafHash, index);
      }
      return { index, leafHash };
    });
    await store(held, end, fresh);
    for (const [leafHash, index] of added) indexOf.set(leafHash, index);
    return receipts;
  }

  async function store(held: HeldLock, end: Acknowledged, fresh: readonly Uint8Array[]): Promise<void> {
    let written: Acknowledged;
    try {
      written = await bundles.write(end, fresh);
    } catch (thrown) {
      const failure = cannotWrite(dir, thrown);
      try {
        await bundles.cut(end, fresh.length);
      } catch (again) {
        broken = cannotWrite(dir, again);
      }
      throw failure;
    }
    if (written.entries !== held.acknowledged?.entries) held.acknowledge(written);
  }

  /** Leaf hashes of entries that others wrote, so that no envelope is recorded twice. */
  function learn(end: number): Promise<void> {
    const learnt = learning.then(() => readUpTo(end));
    learning = learnt.catch(() => undefined);
    return learnt;
  }

  async function readUpTo(end: number): Promise<void> {
    while (indexOf.size < end) {
      const from = indexOf.size;
      const entries = await bundles.read(from, Math.min(end, from + entriesAtOnce));
      for (const [at, entry] of entries.entries()) indexOf.set(leafHashOf(entry, sha256), from + at);
      if (indexOf.size !== from + entries.length) throw twice(from);
    }
  }

  function twice(from: number): FactumError {
    return new FactumError(
      'JOURNAL_CORRUPT',
      `the journal is damaged: ${placeOf(from)} or later: expected every entry once, got one twice`,
    );
  }

  async function commitBatch(entries: readonly Uint8Array[]): Promise<readonly Receipt[]> {
    await makeFolder();
    if (broken !== undefined) throw broken;
    return lock.held((held) => commit(held, entries));
  }

  /** Others who wait poll; without this pause a busy process would take the lock again before they look. */
  function yieldToOthers(): Promise<void> | undefined {
    if (lock.contended) return pauseBefore(attempt++);
    attempt = 0;
    return undefined;
  }

  async function makeFolder(): Promise<void> {
    try {
      await files.makeFolder(dir);
    } catch (thrown) {
      throw cannotWrite(dir, thrown);
    }
  }

  function placeOf(index: number): string {
    return `${bundles.pathOf(Math.floor(index / entriesPerBundle))}, entry ${index % entriesPerBundle} (index ${index})`;
  }

  async function size(): Promise<number> {
    const acknowledged = lock.acknowledged();
    const bytes = await bundles.tailBytes(acknowledged ?? { entries: 0, bytes: 0 });
    if (acknowledged === undefined && bytes === 0) return 0;
    if (acknowledged?.bytes === bytes) return acknowledged.entries;
    try {
      // Somebody is writing now, or was killed while writing.
      if (acknowledged === undefined) return await lock.held(settleForReading);
      return (await lock.heldIfFree(settleForReading)) ?? acknowledged.entries;
    } catch (thrown) {
      return sizeWithoutLock(thrown);
    }
  }

  const group = groupCommit(commitBatch, yieldToOthers);
  return {
    placeOf,
    read: bundles.read,
    exclusively: (work) => lock.held(work),
    catchUp: async () => learn(await size()),
    size,
    append: group.append,
    async close() {
      await group.settled();
      lock.close();
    },
  };
}

function cannotWrite(dir: string, thrown: unknown): FactumError {
  return new FactumError('JOURNAL_WRITE', `cannot write to the journal in ${dir}: ${messageOf(thrown)}`, {
    cause: thrown,
  });
}
