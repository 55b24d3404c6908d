import { generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLedger } from '../src/core/ledger/check/check.ts';
import { entryReader } from '../src/core/ledger/check/read-entry.ts';
import { parseEnvelope, signEnvelope } from '../src/core/ledger/dsse.ts';
import { leafHashOf } from '../src/core/ledger/merkle.ts';
import { parseTlogProof, verifyTlogProof } from '../src/core/ledger/tlog-proof.ts';
import { parseVkey } from '../src/core/ledger/vkey.ts';
import { envelopeSigner } from '../src/host/envelope-signer.ts';
import { machineKeys } from '../src/host/keys.ts';
import { folderReader } from '../src/host/ledger/folder-reader.ts';
import { readingThreads } from '../src/host/ledger/reading-threads.ts';
import { nodeSignatures } from '../src/host/signatures.ts';
import { startWitness } from '../src/host/witness/witness-server.ts';
import { type FilesJournal, filesJournal } from '../src/store/journal/files/files-journal.ts';
import { sha256 } from '../src/store/log/sha256.ts';
import { promised } from './promise.ts';
import { publisherOf } from './published-log.ts';
import { filledStore } from './ten-thousand-entries.ts';

// A log of signed entries: checked and appended, published, read by others. Floors of the same run: checking signatures
// on one core, hashing, and an append with fdatasync. The promises are those of a machine that checks 22,000 P-256
// signatures and 16,000 Ed25519 ones a second on one core, and takes 7,000 appends with fdatasync.
// A whole check of 1,000,000 entries by hand: bench/make-ledger.ts.

/** So many that the start of a check's threads, half a second, does not tell. */
const entries = Number(process.env['FACTUM_BENCH_ENTRIES'] ?? 100_000);
const writers = 256;
const appended = 10_000;
const rounds = 3_000;
const promisedCheck = 1_000_000 / 60 / 22_000;
const promisedReceipt = 0.005 * 16_000;
const promisedCosigned = 1 * 7_000;

const folder = await mkdtemp(join(tmpdir(), 'factum-bench-ledger-'));
const configuration = join(folder, 'configuration');
try {
  const p256 = checkingFloor('p256');
  const ed25519 = checkingFloor('ed25519');
  const sync = await syncFloor();
  const hashing = hashFloor();
  console.log(`floor: check a P-256 signature, one core     ${perSecond(p256)}`);
  console.log(`floor: check an Ed25519 signature, one core  ${perSecond(ed25519)}`);
  console.log(`floor: hash 1,500 bytes, one core            ${perSecond(hashing)}`);
  console.log(`floor: append 300 bytes + fdatasync          ${perSecond(sync)}`);

  const checked = await checkedAppends();
  console.log(`checked and appended, ${writers} writers           ${perSecond(checked)}`);
  promised({
    what: 'durable appends with signatures checked',
    measured: checked / p256,
    unit: 'x checking on one core',
    bound: 'at least',
    value: 0.7,
  });

  const dir = join(folder, 'log');
  const filling = performance.now();
  await filledStore(dir, configuration, entries);
  console.log(`${entries.toLocaleString('en')} entries signed and appended        ${since(filling).toFixed(1)} s`);
  const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes) });
  const publishing = performance.now();
  await publisherOf({ dir, configuration, journal }).publish();
  console.log(`published, each signature checked            ${since(publishing).toFixed(1)} s`);
  const checking = performance.now();
  await check(dir);
  const seconds = since(checking);
  console.log(`checked, everything anew                     ${seconds.toFixed(1)} s`);
  promised({
    what: `check of a whole log of ${entries} entries`,
    measured: entries / seconds / p256,
    unit: 'x checking on one core',
    bound: 'at least',
    value: Number(promisedCheck.toFixed(2)),
  });

  const receipt = await receiptSeconds(dir, journal);
  console.log(`one receipt checked                          ${(receipt * 1000).toFixed(2)} ms`);
  promised({
    what: 'check of one receipt',
    measured: receipt * ed25519,
    unit: 'x checking Ed25519',
    bound: 'limit',
    value: promisedReceipt,
  });

  const cosigned = await cosignedSeconds(dir, journal);
  console.log(`from the append to a cosigned receipt        ${(cosigned * 1000).toFixed(0)} ms`);
  promised({
    what: 'a cosigned receipt',
    measured: cosigned * sync,
    unit: 'x one fdatasync',
    bound: 'limit',
    value: promisedCosigned,
  });
  await journal.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Of 300 bytes, when everything is warm. */
function checkingFloor(kind: 'p256' | 'ed25519'): number {
  const { privateKey, publicKey } =
    kind === 'p256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const digest = kind === 'p256' ? 'sha256' : null;
  const message = Buffer.alloc(300, 7);
  const signature = sign(digest, message, privateKey);
  const once = (): boolean => verify(digest, message, publicKey, signature);
  for (let n = 0; n < rounds; n++) once();
  const from = performance.now();
  for (let n = 0; n < rounds; n++) once();
  return rounds / since(from);
}

function hashFloor(): number {
  const bytes = Buffer.alloc(1_500, 7);
  const from = performance.now();
  for (let n = 0; n < 10 * rounds; n++) hash('sha256', bytes);
  return (10 * rounds) / since(from);
}

async function syncFloor(): Promise<number> {
  const file = await open(join(folder, 'floor'), 'a');
  const from = performance.now();
  for (let n = 0; n < 300; n++) {
    await file.write(Buffer.alloc(300, 7));
    await file.datasync();
  }
  const seconds = since(from);
  await file.close();
  return 300 / seconds;
}

/** As entries of others are taken in: parsed, the signature checked, appended, on disk. */
async function checkedAppends(): Promise<number> {
  const key = await machineKeys(configuration).own();
  const made: Uint8Array[] = [];
  for (let n = 0; n < appended; n++) {
    made.push(await signEnvelope('application/octet-stream', Buffer.alloc(300, String(n)), key));
  }
  const journal = filesJournal({ dir: join(folder, 'appends'), sha256: (bytes) => hash('sha256', bytes) });
  const waiting = made.values();
  async function write(): Promise<void> {
    for (const bytes of waiting) {
      const envelope = parseEnvelope(bytes);
      if (envelope === undefined || typeof (await envelopeSigner(envelope)) === 'string') throw new Error('refused');
      await journal.append([bytes]);
    }
  }
  const from = performance.now();
  await Promise.all(Array.from({ length: writers }, write));
  const seconds = since(from);
  await journal.close();
  return appended / seconds;
}

async function check(dir: string): Promise<void> {
  const entryPorts = { sha256, signerOf: envelopeSigner };
  const ports = { ...entryPorts, signatures: nodeSignatures, readEntries: readingThreads(entryReader(entryPorts)) };
  const reader = await folderReader(dir);
  const { faults, envelopes } = await checkLedger({ reader, seen: () => Promise.resolve([]) }, ports);
  if (faults > 0 || envelopes !== entries) throw new Error(`${faults} faults in ${envelopes} envelopes`);
}

async function receiptSeconds(dir: string, journal: FilesJournal): Promise<number> {
  const { vkey = '' } = (await publisherOf({ dir, configuration, journal }).publish()) ?? {};
  const key = parseVkey(vkey, sha256);
  const index = Math.floor(entries / 3);
  const [[entry], receipt] = [
    await journal.read(index, index + 1),
    await publisherOf({ dir, configuration, journal }).receipt(index),
  ];
  if (key === undefined || entry === undefined || receipt === undefined) throw new Error('there is no receipt');
  const policy = { logs: [{ key }], witnesses: [], quorum: { kind: 'none' } } as const;
  const times: number[] = [];
  for (let n = 0; n < 99; n++) {
    const from = performance.now();
    const proof = parseTlogProof(receipt);
    const leafHash = leafHashOf(entry, sha256);
    if (typeof proof === 'string') throw new Error(proof);
    const verdict = await verifyTlogProof({ proof, leafHash, policy }, { sha256, signatures: nodeSignatures });
    if (typeof verdict === 'string') throw new Error(verdict);
    times.push(since(from));
  }
  return median(times);
}

/** One entry behind the others, published, cosigned by a witness over HTTP, and its receipt. */
async function cosignedSeconds(dir: string, journal: FilesJournal): Promise<number> {
  const { vkey = '' } = (await publisherOf({ dir, configuration, journal }).publish()) ?? {};
  const log = parseVkey(vkey, sha256);
  if (log === undefined) throw new Error('there is no key');
  const running = await startWitness({
    dir: join(folder, 'witness'),
    logs: [log],
    host: '127.0.0.1',
    port: 0,
    now: () => new Date().toISOString(),
    onProblem: (problem) => console.error(problem),
  });
  const key = parseVkey(running.vkey, sha256);
  if (key === undefined) throw new Error('the witness has no key');
  const shown = publisherOf({ dir, configuration, journal, witnesses: [{ key, url: running.url }] });
  const own = await machineKeys(configuration).own();
  const times: number[] = [];
  for (let n = 0; n < 9; n++) {
    const entry = await signEnvelope('application/octet-stream', Buffer.from(`cosigned ${n}`), own);
    const from = performance.now();
    const [receipt] = await journal.append([entry]);
    const { witnesses } = (await shown.publish()) ?? { witnesses: [] };
    const proof = await shown.receipt(receipt?.index ?? 0);
    times.push(since(from));
    if (witnesses.length !== 1 || proof === undefined) throw new Error('there is no cosigned receipt');
  }
  await running.close();
  return median(times);
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Seconds. */
function since(from: number): number {
  return (performance.now() - from) / 1000;
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}
