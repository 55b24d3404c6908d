import { expect, test, vi } from 'vitest';
import { entryMaker, humanKey, machineKey } from '../../../test/make/ledger-entries.ts';
import { entryReader } from '../../core/ledger/check/read-entry.ts';
import { envelopeSigner } from '../envelope-signer.ts';
import { nodeSshsigPorts } from '../signatures.ts';
import { readingThreads } from './reading-threads.ts';

vi.setConfig({ testTimeout: 60_000 });

const here = entryReader({ sha256: nodeSshsigPorts.sha256, signerOf: envelopeSigner });

/** One of each, true and forged, and a twin leaf that stands behind another entry than its own. */
async function someEntries(): Promise<readonly Uint8Array[]> {
  const [machine, human] = [machineKey(), humanKey()];
  const made = entryMaker();
  await made.keyEntry('request', human, human, { holder: 'ada@example.org' });
  await made.claim(machine);
  made.twin();
  await made.look(machine);
  await made.attest(human, 'ada@example.org');
  const forged = (await made.look(machine)).slice();
  forged.set([forged.at(80) === 0x41 ? 0x42 : 0x41], 80);
  return [...made.entries, forged, new TextEncoder().encode('no entry'), ...made.entries.slice(2, 3)];
}

test('threads read what this thread reads, in the order in which they were asked', async () => {
  const entries = await someEntries();
  const twinOfBefore = entries[2] ?? new Uint8Array();
  const bundles = Array.from({ length: 60 }, (_, n) =>
    Array.from({ length: 40 }, (__, at) => entries[(n + at) % entries.length] ?? twinOfBefore),
  );
  const asked: number[] = [];
  const read = readingThreads((given, before) => {
    asked.push(given.length);
    return here(given, before);
  });
  const before = entries[1];
  const all = await Promise.all(bundles.map((bundle) => read(bundle, before)));
  expect(all).toEqual(await Promise.all(bundles.map((bundle) => here(bundle, before))));
  const codes = new Set(all.flat().map(({ kind, fault }) => `${kind} ${fault?.code ?? 'good'}`));
  expect([...codes].toSorted()).toEqual([
    'envelope good',
    'envelope signature-refused',
    'other entry-form',
    'twin good',
    'twin twin-mismatch',
  ]);
  // The first thousand were read here, while no thread was worth starting.
  expect(asked.length).toBeLessThan(bundles.length);
});
