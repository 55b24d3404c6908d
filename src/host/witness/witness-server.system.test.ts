import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { noteKey, testLog } from '../../../test/make/note-keys.ts';
import { sha256 } from '../../../test/make/trees.ts';
import { vectorFolder } from '../../../test/vectors.ts';
import { openCheckpoint } from '../../core/ledger/open-checkpoint.ts';
import { parseVkey, type VerifierKey, verifierKey } from '../../core/ledger/vkey.ts';
import { formatAddCheckpoint } from '../../core/ledger/witness-protocol.ts';
import { nodeSignatures } from '../signatures.ts';
import { type RunningWitness, startWitness, type WitnessOptions } from './witness-server.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'factum-witness-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function started(logs: readonly VerifierKey[], given: Partial<WitnessOptions> = {}): Promise<RunningWitness> {
  const options = { host: '127.0.0.1', port: 0, now: () => new Date().toISOString(), onProblem: () => undefined };
  const witness = await startWitness({ dir: given.dir ?? (await folder()), logs, ...options, ...given });
  ends.push(witness.close);
  return witness;
}

async function post({ url }: RunningWitness, body: string | Uint8Array<ArrayBuffer>) {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

function keyOf({ vkey }: RunningWitness): VerifierKey {
  const key = parseVkey(vkey, sha256);
  if (key === undefined) throw new Error(vkey);
  return key;
}

type Log = Awaited<ReturnType<typeof testLog>>;

async function request(of: Log, oldSize: number, size: number): Promise<string> {
  return formatAddCheckpoint({
    oldSize,
    proof: await of.consistency(oldSize, size),
    checkpoint: await of.checkpoint(size),
  });
}

test("the exchanges of litewitness's own tests", async () => {
  const source = readFileSync(join(vectorFolder('litewitness'), 'add-checkpoint.hurl'), 'utf8');
  const exchanges = [
    ...source.matchAll(/^POST .*\n```\n([^]*?)```\nHTTP (\d+)\n\[Asserts\]\nbody (contains|==) (".*")$/gm),
  ];
  expect(exchanges).toHaveLength(9);
  const publicKey = Buffer.from('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f', 'hex');
  const name = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562';
  const witness = await started([verifierKey({ name, type: 0x01, publicKey }, sha256)], {
    name: 'example.com/witness',
  });
  for (const [, body = '', status, how, quoted = ''] of exchanges) {
    const answer = await post(witness, body);
    const said = JSON.parse(quoted) as string;
    // It answers 403 where tlog-witness has 404.
    expect(answer.status).toBe(said === 'unknown log' ? 404 : Number(status));
    if (how === '==') expect(answer).toMatchObject({ body: said, type: 'text/x.tlog.size' });
    else expect(answer.body).toContain(said);
  }
});

test('what it cosigned it gives to anybody, with the signatures of the log and its own', async () => {
  const log = await testLog('log.example');
  const witness = await started([log.key]);
  const path = `${witness.url}/${Buffer.from(sha256(Buffer.from('log.example'))).toString('hex')}/checkpoint`;
  expect((await fetch(path)).status).toBe(404);
  const { status, body } = await post(witness, await request(log, 0, 5));
  expect({ status, line: body.startsWith('\u2014 witness-') }).toEqual({ status: 200, line: true });
  const served = await (await fetch(path)).text();
  expect(served.endsWith(body)).toBe(true);
  const keys = { logs: [log.key], witnesses: [keyOf(witness)] };
  const opened = await openCheckpoint(served, keys, nodeSignatures);
  expect(opened).toMatchObject({ checkpoint: { size: 5 }, cosigned: [{ key: keyOf(witness) }] });
});

test('of requests at once one grows the log and the others are told its size', async () => {
  const log = await testLog('log.example');
  const witness = await started([log.key]);
  await post(witness, await request(log, 0, 1));
  const requests = await Promise.all(Array.from({ length: 30 }, (_, at) => request(log, 1, at + 2)));
  const answers = await Promise.all(requests.map((body) => post(witness, body)));
  const grown = answers.flatMap(({ status }, at) => (status === 200 ? [at + 2] : []));
  expect(grown).toHaveLength(1);
  const others = answers.filter(({ status }) => status !== 200);
  expect(new Set(others.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set([`409 ${grown[0]}\n`]));
});

test('it remembers over its end, and refuses a fork and a rollback', async () => {
  const log = await testLog('log.example');
  const fork = await testLog('log.example', log, 1000);
  const dir = await folder();
  const first = await started([log.key], { dir });
  await post(first, await request(log, 0, 9));
  await first.close();
  expect(readdirSync(dir).toSorted()).toEqual(['lock.sqlite', 'trees', 'vkey', 'witness.key']);
  expect(statSync(join(dir, 'witness.key')).mode & 0o777).toBe(0o600);
  const again = await started([log.key], { dir });
  expect(again.vkey).toBe(first.vkey);
  expect(await post(again, await request(fork, 9, 12))).toMatchObject({ status: 422 });
  expect(await post(again, await request(fork, 9, 9))).toMatchObject({ status: 422 });
  expect(await post(again, await request(log, 0, 5))).toMatchObject({ status: 409, body: '9\n' });
  expect(await post(again, await request(log, 9, 9))).toMatchObject({ status: 200 });
});

test('two witnesses in one folder, a lost key and a changed memory are refused', async () => {
  const log = await testLog('log.example');
  const dir = await folder();
  const first = await started([log.key], { dir, name: 'w.example' });
  await post(first, await request(log, 0, 9));
  await expect(started([log.key], { dir })).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
  const [tree = ''] = readdirSync(join(dir, 'trees'));
  const path = join(dir, 'trees', tree);
  const good = readFileSync(path, 'utf8');
  writeFileSync(path, good.replace('\n9\n', '\n8\n'));
  expect(await post(first, await request(log, 8, 12))).toMatchObject({ status: 500 });
  await first.close();
  await expect(started([log.key], { dir })).rejects.toMatchObject({ code: 'WITNESS_STATE' });
  writeFileSync(path, good);
  await expect(started([log.key], { dir, name: 'other.example' })).rejects.toMatchObject({ code: 'USAGE' });
  rmSync(join(dir, 'witness.key'));
  await expect(started([log.key], { dir })).rejects.toMatchObject({ code: 'KEY_UNREADABLE' });
});

test('what is no request is answered as such', async () => {
  const log = await testLog('log.example');
  const witness = await started([log.key]);
  const stranger = await testLog('log.example', noteKey('log.example'));
  expect(await post(witness, 'old 0')).toMatchObject({ status: 400 });
  expect(await post(witness, new Uint8Array([0xff, 0xfe]))).toMatchObject({ status: 400 });
  expect(await post(witness, await request(stranger, 0, 3))).toMatchObject({ status: 403 });
  expect(await post(witness, 'a'.repeat(70_000))).toMatchObject({ status: 413 });
  expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405);
  expect((await fetch(`${witness.url}/else`)).status).toBe(404);
  expect(await post(witness, await request(log, 0, 3))).toMatchObject({ status: 200 });
});

test('who sends slowly is not waited for, and others are answered meanwhile', async () => {
  const log = await testLog('log.example');
  const witness = await started([log.key]);
  const slow = connect(Number(new URL(witness.url).port), '127.0.0.1');
  const closed = new Promise((resolve) => slow.once('close', resolve));
  slow.on('error', () => undefined).resume();
  slow.write('POST /add-checkpoint HTTP/1.1\r\nhost: w\r\n');
  expect(await post(witness, await request(log, 0, 3))).toMatchObject({ status: 200 });
  await closed;
});
