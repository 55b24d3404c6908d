import { request } from 'node:http';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { goReadsLog } from '../../../test/go-tlog.ts';
import { type LedgerFiles, logFiles, readerOf, signedCheckpoint, storeFiles } from '../../../test/make/ledger-files.ts';
import { lacks } from '../../../test/needs.ts';
import { noteKey } from '../../../test/make/note-keys.ts';
import { entry, leaves, naiveRoot } from '../../../test/make/trees.ts';
import { checkLedger } from '../../core/ledger/check/check.ts';
import { envelopeSigner } from '../envelope-signer.ts';
import { nodeSignatures, nodeSshsigPorts } from '../signatures.ts';
import { serveTiles } from './tile-server.ts';
import { urlReader } from './url-reader.ts';

const size = 70_000;
const log = noteKey('tiles.factum.internal');
let files: LedgerFiles = new Map();
beforeAll(async () => {
  files = await logFiles(
    Array.from({ length: size }, (_, n) => entry(n)),
    log,
  );
});

async function serving(served: LedgerFiles = files, layout: 'store' | 'log' = 'log') {
  const server = await serveTiles(readerOf(served, layout), { host: '127.0.0.1', port: 0 });
  onTestFinished(server.close);
  return server;
}

/** By hand: `fetch` would tidy up the path before it is sent. */
function ask(url: string, path: string, method = 'GET'): Promise<{ status: number; headers: object; body: Buffer }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    sent.once('error', reject).end();
  });
}

const forEver = { 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'application/octet-stream' };

const nothingSeen = (): Promise<readonly never[]> => Promise.resolve([]);

describe('a log over HTTP', () => {
  test.each(['tile/0/272', 'tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1', 'tile/entries/000'])(
    '%s is what was published, for ever',
    async (path) => {
      const { url } = await serving();
      const answer = await ask(url, `/${path}`);
      expect(answer).toMatchObject({ status: 200, headers: forEver });
      expect(answer.body.equals(files.get(path) ?? Buffer.alloc(0))).toBe(true);
    },
  );

  test('checkpoint and key are asked for anew each time', async () => {
    const { url } = await serving();
    for (const path of ['checkpoint', 'vkey']) {
      const answer = await ask(url, `/${path}`);
      expect(answer).toMatchObject({
        status: 200,
        headers: { 'cache-control': 'no-cache', 'content-type': 'text/plain; charset=utf-8' },
      });
      expect(answer.body.equals(files.get(path) ?? Buffer.alloc(0))).toBe(true);
    }
  });

  test('a part of a tile that is full by now is what it was', async () => {
    const { url } = await serving();
    const part = await ask(url, '/tile/0/001.p/7');
    expect(part.body.equals((files.get('tile/0/001') ?? Buffer.alloc(0)).subarray(0, 7 * 32))).toBe(true);
    expect((await ask(url, '/tile/entries/000.p/2')).body.toString('latin1')).toBe('\0\x07entry 0\0\x07entry 1');
  });

  test('HEAD answers the length and no body', async () => {
    const { url } = await serving();
    const answer = await ask(url, '/tile/0/000', 'HEAD');
    expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '8192', ...forEver } });
    expect(answer.body).toHaveLength(0);
  });

  test.each([
    '/',
    '/tile/0/273',
    '/tile/0/274.p/1',
    '/tile/0/000.p/256',
    '/tile/0/0',
    '/tile/3/000.p/1',
    '/../log.seed',
    '/tile/../../head',
    '/tile/entries/..%2f..%2fhead',
    '/%2e%2e/head',
    '//head',
    '/head',
    '/journal/000',
    '/public/checkpoint',
    '/tile/0/000%00',
  ])('%s is not there', async (path) => {
    const { url } = await serving(await storeFiles([entry(0)], log, 1), 'store');
    expect(await ask(url, path)).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
  });

  test('nothing can be written', async () => {
    const { url } = await serving();
    expect(await ask(url, '/checkpoint', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test('a port that is taken gets a coded error', async () => {
    const { url } = await serving();
    const port = Number(new URL(url).port);
    await expect(serveTiles(readerOf(files), { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'SERVE_PORT',
    });
  });

  test('the check reads it, where the configuration allows that host', async () => {
    const { url } = await serving();
    const { host } = new URL(url);
    const ports = { sha256: nodeSshsigPorts.sha256, signatures: nodeSignatures, signerOf: envelopeSigner };
    const checked = await checkLedger({ reader: urlReader(url, { allow: [host] }), seen: nothingSeen }, ports);
    // The entries of this log are no envelopes; all else about it holds.
    expect(checked).toMatchObject({ faults: size, checkpoint: { size } });
    expect(new Set(checked.findings.map(({ code }) => code))).toEqual(new Set(['entry-form']));
    await expect(urlReader(url, { allow: [] }).read('checkpoint')).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
  });
});

describe.skipIf(lacks('go', 'goNote'))("Go's sumdb/tlog and note over HTTP", () => {
  test('verify the checkpoint, every inclusion and the consistency of older sizes', async () => {
    const some = await logFiles(
      Array.from({ length: 1_000 }, (_, n) => entry(n)),
      log,
    );
    const { url } = await serving(some);
    const vkey = new TextDecoder().decode(some.get('vkey')).trim();
    expect(await goReadsLog(url, vkey)).toBe(`${log.key.name} 1000 1000\n`);
    const tampered = new Map(some);
    tampered.set('checkpoint', new TextEncoder().encode(await signedCheckpoint(log, 1_000, naiveRoot(leaves(999)))));
    expect(await goReadsLog((await serving(tampered)).url, vkey)).not.toContain(log.key.name);
  });
});
