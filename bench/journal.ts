import { generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signEnvelope } from '../src/core/ledger/dsse.ts';
import { machineKeys } from '../src/host/keys.ts';
import { filesJournal } from '../src/store/journal/files/files-journal.ts';
import { promised } from './promise.ts';

// Durable appends per second with 256 concurrent writers in one process, against floors of the same run: one append
// and fdatasync of an entry at a time, a batch in one write and fdatasync, hashing, and signing on one core.
// The promises are those of 100,000/s and a p99 of 20 ms on a disk that takes 7,000 appends with fdatasync a second.

const writers = 256;
const entryBytes = 300;
const entries = 100_000;
const signedEntries = 5_000;
const syncs = 300;
const promisedRate = 100_000 / 7_000;
const promisedWait = 0.02 * 7_000;

const folder = await mkdtemp(join(tmpdir(), 'factum-bench-journal-'));
try {
  const payload = randomBytes(entryBytes);
  const sync = await syncFloor(payload);
  const group = await groupFloor(payload);
  const signing = signingFloor(payload);
  const hashing = hashFloor(payload);
  const both = 1 / (1 / group + 1 / hashing);
  const already = await appendsPerSecond('unsigned', entriesMade(entries));
  const key = await machineKeys(join(folder, 'configuration')).own();
  const signed = await appendsPerSecond('signed', entriesMade(signedEntries), (entry) =>
    signEnvelope('application/octet-stream', entry, key),
  );

  console.log(`floor: append ${entryBytes} bytes + fdatasync        ${perSecond(sync)}`);
  console.log(`floor: ${writers} entries in one write + fdatasync   ${perSecond(group)}`);
  console.log(`floor: hash ${entryBytes} bytes, one core             ${perSecond(hashing)}`);
  console.log(`floor: sign ${entryBytes} bytes, one core             ${perSecond(signing)}`);
  console.log(
    `durable appends, ${writers} writers             ${perSecond(already.rate)}, p50 ${inMs(already.p50)} p99 ${inMs(already.p99)}`,
  );
  console.log(`  to one fdatasync per ${writers}                 ${(already.rate / group).toFixed(2)} x`);
  console.log(`  to hashing on one core                   ${(already.rate / hashing).toFixed(2)} x`);
  console.log(`  to both, one after the other             ${(already.rate / both).toFixed(2)} x`);
  console.log(
    `signed and appended, ${writers} writers         ${perSecond(signed.rate)}, p50 ${inMs(signed.p50)} p99 ${inMs(signed.p99)}`,
  );
  console.log(`  to signing on one core                   ${(signed.rate / signing).toFixed(2)} x`);
  promised({
    what: `durable appends, ${writers} writers`,
    measured: already.rate / sync,
    unit: 'x one fdatasync each',
    bound: 'at least',
    value: Number(promisedRate.toFixed(2)),
  });
  promised({
    what: `slowest 1 % of durable appends, ${writers} writers`,
    measured: already.p99 * sync,
    unit: 'x one fdatasync',
    bound: 'limit',
    value: promisedWait,
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

/** As the journal hashes: a prefix before the entry, the answer in hex. */
function hashFloor(payload: Uint8Array): number {
  const leaf = Buffer.concat([new Uint8Array(1), payload]);
  const from = performance.now();
  for (let n = 0; n < entries; n++) hash('sha256', leaf);
  return entries / ((performance.now() - from) / 1000);
}

/** Before the clock starts. */
function entriesMade(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, () => randomBytes(entryBytes));
}

interface Appended {
  readonly rate: number;
  /** Seconds. */
  readonly p50: number;
  readonly p99: number;
}

async function appendsPerSecond(
  name: string,
  made: readonly Uint8Array[],
  sealed?: (entry: Uint8Array) => Promise<Uint8Array>,
): Promise<Appended> {
  const journal = filesJournal({ dir: join(folder, name), sha256: (bytes) => hash('sha256', bytes) });
  const waits: number[] = [];
  const waiting = made.values();
  async function write(): Promise<void> {
    for (const entry of waiting) {
      const bytes = sealed === undefined ? entry : await sealed(entry);
      const from = performance.now();
      await journal.append([bytes]);
      waits.push((performance.now() - from) / 1000);
    }
  }
  const from = performance.now();
  await Promise.all(Array.from({ length: writers }, write));
  const seconds = (performance.now() - from) / 1000;
  await journal.close();
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { rate: waits.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function inMs(seconds: number): string {
  return `${(seconds * 1000).toFixed(1)} ms`;
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}
