import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { publisherOf } from '../../../test/make/log-writer.ts';
import { maxEntryBytes } from '../../core/ledger/bundle.ts';
import { checkLedger } from '../../core/ledger/check/check.ts';
import { envelopeSigner } from '../../host/envelope-signer.ts';
import { folderReader } from '../../host/ledger/folder-reader.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { filesJournal } from '../journal/files/files-journal.ts';
import { filesPlace } from './files-place.ts';
import { sha256 } from './sha256.ts';

// Sizes where a level of tiles fills up, and the largest entries, through journal and publisher in real files. The
// checker, which shares only the hash function with them, makes every tile anew and compares.

vi.setConfig({ testTimeout: 300_000 });

function aLog() {
  const parent = mkdtempSync(join(tmpdir(), 'factum-sizes-'));
  const dir = join(parent, 'factum');
  const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes) });
  onTestFinished(async () => {
    await journal.close();
    rmSync(parent, { recursive: true, force: true });
  });
  const place = filesPlace({ dir, exclusively: journal.exclusively });
  return { dir, journal, ...publisherOf({ journal, place }, join(parent, 'keys')) };
}

/** What the checker finds, but for entries that are no envelopes. */
async function found(dir: string): Promise<{ readonly size: number; readonly others: readonly unknown[] }> {
  const ports = { sha256, signatures: nodeSignatures, signerOf: envelopeSigner };
  const reader = await folderReader(dir);
  const { faults, findings, checkpoint } = await checkLedger({ reader, seen: () => Promise.resolve([]) }, ports);
  const size = checkpoint?.size ?? 0;
  // Of the findings only the first are kept, and every entry is one.
  expect(faults).toBe(size);
  return { size, others: findings.filter(({ code }) => code !== 'entry-form') };
}

test('65,535, 65,536 and 70,000 entries', async () => {
  const { dir, journal, publish } = aLog();
  let size = 0;
  for (const to of [65_535, 65_536, 70_000]) {
    await journal.append(Array.from({ length: to - size }, (_, at) => new TextEncoder().encode(`entry ${size + at}`)));
    expect(await publish()).toMatchObject({ size: to, added: to - size });
    expect(await found(dir)).toEqual({ size: to, others: [] });
    size = to;
  }
});

test.each([4_100, 65_792])('%i entries at once, whose last piece fills no tile above', async (size) => {
  const { dir, journal, publish } = aLog();
  await journal.append(Array.from({ length: size }, (_, at) => new TextEncoder().encode(`entry ${at}`)));
  expect(await publish()).toMatchObject({ size, added: size });
  expect(await found(dir)).toEqual({ size, others: [] });
  await journal.append([new TextEncoder().encode('one more')]);
  expect(await publish()).toMatchObject({ size: size + 1, added: 1 });
});

test('300 entries of 65,535 bytes', async () => {
  const { dir, journal, publish } = aLog();
  const entries = Array.from({ length: 300 }, (_, n) => new Uint8Array(maxEntryBytes).fill(1 + (n % 255)));
  for (const [n, entry] of entries.entries()) new DataView(entry.buffer).setUint32(0, n);
  await journal.append(entries);
  expect(await publish()).toMatchObject({ size: 300 });
  expect(await found(dir)).toEqual({ size: 300, others: [] });
  expect(await journal.read(299, 300)).toEqual([Buffer.from(entries[299] ?? [])]);
});
