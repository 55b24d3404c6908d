import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { envelopeSigner } from '../host/envelope-signer.ts';
import { machineKeys } from '../host/keys.ts';
import { openStore, type Store } from './store.ts';

const writers = 10;
const rounds = 200;
const mostAcknowledged = 10;
const longestPauseMs = 30;

interface Acknowledged {
  readonly id: string;
  readonly index: number;
  readonly leafHash: string;
  readonly waitedMs: number;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'factum-store-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function storeIn(folder: string): Store {
  const store = openStore({
    dir: join(folder, 'factum'),
    keys: machineKeys(join(folder, 'keys')),
    signerOf: envelopeSigner,
    sha256: (bytes) => hash('sha256', bytes),
    redact: (text) => text,
  });
  onTestFinished(() => store.close());
  return store;
}

class Writer {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  #output = '';
  #errors = '';

  constructor(folder: string, number: number) {
    const script = join(import.meta.dirname, '../../test/make/writer.process.ts');
    const args = [script, join(folder, 'factum'), join(folder, 'keys'), String(number)];
    this.process = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.ended = new Promise((resolve) => this.process.once('close', () => resolve()));
  }

  /** Complete lines only: the last one may be cut by the kill. */
  get acknowledged(): readonly Acknowledged[] {
    const lines = this.#output.split('\n').slice(1, -1);
    return lines.map((line) => {
      const [id = '', index, leafHash = '', waited] = line.split(' ');
      return { id, index: Number(index), leafHash, waitedMs: Number(waited) };
    });
  }

  /** When it has started and so many were acknowledged, or it has ended by itself. */
  async reaches(count: number): Promise<void> {
    while (this.#output.split('\n').length < count + 2 && this.process.exitCode === null) await sleep(5);
  }

  get errors(): string {
    return this.#errors;
  }
}

test(
  `${writers} processes file and read at once, ${rounds} of them are killed: nothing acknowledged is lost`,
  { timeout: 400_000 },
  async () => {
    const folder = await temporaryFolder();
    const all: Writer[] = [];

    async function keepWriting(): Promise<void> {
      while (all.length < rounds) {
        const writer = new Writer(folder, all.length);
        all.push(writer);
        await writer.reaches(Math.floor(Math.random() * mostAcknowledged));
        await sleep(Math.random() * longestPauseMs);
        writer.process.kill('SIGKILL');
        await writer.ended;
      }
    }
    await Promise.all(Array.from({ length: writers }, keepWriting));

    expect(all.map((writer) => writer.errors).join('')).toBe('');
    const acknowledged = all.flatMap((writer) => writer.acknowledged);
    expect(acknowledged.length, 'nothing was written').toBeGreaterThan(rounds);
    const answers = await storeIn(folder).read.claims();
    const found = new Map(answers.map((record) => [record.claim.id, record]));
    for (const { id, index, leafHash } of acknowledged) {
      expect(found.get(id), `${id} was acknowledged at ${index} and is lost`).toMatchObject({ index, leafHash });
    }
    expect(found.size).toBe(answers.length);
    expect(new Set(answers.map(({ index }) => index)).size).toBe(answers.length);
    expect(answers.map(({ index }) => index)).toEqual(answers.map((_, at) => at));

    for (const suffix of ['', '-wal', '-shm'])
      await rm(join(folder, 'factum', `index.sqlite${suffix}`), { force: true });
    expect(await storeIn(folder).read.claims()).toEqual(answers);
    report(all, acknowledged, answers.length);
  },
);

/** For people: times decide nothing. */
function report(all: readonly Writer[], acknowledged: readonly Acknowledged[], entries: number): void {
  const waits = acknowledged.map(({ waitedMs }) => waitedMs).toSorted((a, b) => a - b);
  const at = (share: number): string => (waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(1);
  process.stderr.write(
    `${all.length} writers killed, ${acknowledged.length} acknowledged, ${entries} entries; ` +
      `wait p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms\n`,
  );
}
