import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aClaim, aLook, claimId } from '../../test/make/claim-values.ts';
import { sha256 } from '../../test/make/trees.ts';
import { decodeEntries } from '../core/ledger/bundle.ts';
import { parseEnvelope } from '../core/ledger/dsse.ts';
import { twinLeafOf } from '../core/ledger/twin-leaf.ts';
import { envelopeSigner } from '../host/envelope-signer.ts';
import { machineKeys } from '../host/keys.ts';
import { openStore } from './store.ts';

test('each envelope of this machine is followed by its twin; receipts and answers are those of the records', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'factum-twin-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  const store = openStore({
    dir: join(parent, 'factum'),
    keys: machineKeys(join(parent, 'keys')),
    signerOf: envelopeSigner,
    sha256: (bytes) => hash('sha256', bytes),
    redact: (text) => text,
    twinLeaves: true,
  });
  const receipts = await store.write([
    { type: 'claim/v0.1', body: aClaim() },
    { type: 'verification/v0.1', body: aLook() },
  ]);
  expect(receipts.map(({ index }) => index)).toEqual([0, 2]);
  expect((await store.read.claim(claimId(1))).evidence).toHaveLength(1);
  await store.close();
  const { entries } = decodeEntries(await readFile(join(parent, 'factum', 'journal', '000')));
  expect(entries).toHaveLength(4);
  for (const at of [0, 2]) {
    const envelope = parseEnvelope(entries[at] ?? new Uint8Array());
    expect(envelope && twinLeafOf(envelope, sha256)).toEqual(new Uint8Array(entries[at + 1] ?? []));
  }
});
