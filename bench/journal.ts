import { generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signEnvelope } from '../src/core/ledger/dsse.ts';
import { machineKeys } from '../src/host/keys.ts';
import { filesJournal } from '../src/store/journal/files/files-journal.ts';
import { promised } from './promise.ts';

// Durable appends per second with 256 concurrent writers in one process, against two floors of the same run:
// one append and fdatasync of a batch's bytes at a time, and signing on one core.

const writers = 256;
const entryBytes = 300;
const entries = 100_000;
const signedEntries = 5_000;
const syncs = 300;

const folder = await mkdtemp(join(tmpdir(), 'factum-bench-journal-'));
try {
  const payload = randomBytes(entryBytes);
  const sync = await syncFloor(payload);
  const group = await groupFloor(payload);
  const signing = signingFloor(payload);
  const already = await appendsPerSecond('unsigned', entries, () => randomBytes(entryBytes));
  const key = await machineKeys(join(folder, 'configuration')).own();
  const signed = await appendsPerSecond('signed', signedEntries, () =>
    signEnvelope('application/octet-stream', randomBytes(entryBytes), key),
  );

  console.log(`floor: append ${entryBytes} bytes + fdatasync        ${perSecond(sync)}`);
  console.log(`floor: ${writers} entries in one write + fdatasync   ${perSecond(group)}`);
  console.log(`floor: sign ${entryBytes} bytes, one core             ${perSecond(signing)}`);
  console.log(
    `durable appends, ${writers} writers             ${perSecond(already.rate)}, p50 ${already.p50} p99 ${already.p99} ms`,
  );
  console.log(`  to one fdatasync per ${writers}                 ${(already.rate / group).toFixed(2)} x`);
  console.log(
    `signed and appended, ${writers} writers         ${perSecond(signed.rate)}, p50 ${signed.p50} p99 ${signed.p99} ms`,
  );
  console.log(`  to signing on one core                   ${(signed.rate / signing).toFixed(2)} x`);
  promised({
    what: `durable appends, ${writers} writers`,
    measured: already.rate / sync,
    unit: 'x one fdatasync each',
    bound: 'at least',
    value: 1,
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function syncFloor(payload: Uint8Array): Promise<number> {
  return syncedWrites(payload, 'one');
}

async function groupFloor(payload: Uint8Array): Promise<number> {
  return writers * (await syncedWrites(Buffer.concat(Array.from({ length: writers }, () => payload)), 'group'));
}

/** Writes with a sync each, per second. */
async function syncedWrites(bytes: Uint8Array, name: string): Promise<number> {
  const file = await open(join(folder, `floor-${name}`), 'a');
  const from = performance.now();
  for (let n = 0; n < syncs; n++) {
    await file.write(bytes);
    await file.datasync();
  }
  const seconds = (performance.now() - from) / 1000;
  await file.close();
  return syncs / seconds;
}

function signingFloor(payload: Uint8Array): number {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = performance.now();
  for (let n = 0; n < signedEntries; n++) sign('sha256', payload, privateKey);
  return signedEntries / ((performance.now() - from) / 1000);
}

async function appendsPerSecond(
  name: string,
  count: number,
  entryOf: () => Promise<Uint8Array> | Uint8Array,
): Promise<{ rate: number; p50: string; p99: string }> {
  const journal = filesJournal({ dir: join(folder, name), sha256: (bytes) => hash('sha256', bytes) });
  const waits: number[] = [];
  async function write(): Promise<void> {
    while (waits.length < count) {
      const entry = await entryOf();
      const from = performance.now();
      await journal.append([entry]);
      waits.push(performance.now() - from);
    }
  }
  const from = performance.now();
  await Promise.all(Array.from({ length: writers }, write));
  const seconds = (performance.now() - from) / 1000;
  await journal.close();
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return { rate: waits.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}
