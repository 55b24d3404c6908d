import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signedCheckpoint } from '../../../test/make/ledger-files.ts';
import { noteKey } from '../../../test/make/note-keys.ts';
import { aWorld } from '../../../test/make/world.ts';
import { formatVkey } from '../../core/ledger/vkey.ts';
import { folderReader } from './folder-reader.ts';

// Whoever opens a ledger may have been handed a trap: no folder and no server keeps a command busy or fills its memory.

const log = noteKey('trap.factum.internal');

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'factum-trap-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  mkdirSync(join(made, 'tile'));
  return made;
}

type Trap = (path: string) => void;

const traps: readonly (readonly [name: string, Trap])[] = [
  ['a pipe that nobody writes to', (path) => void spawnSync('mkfifo', [path])],
  ['a device that never ends', (path) => symlinkSync('/dev/zero', path)],
  ['a link out of the folder', (path) => symlinkSync('/etc/hostname', path)],
  ['a folder', (path) => void mkdirSync(path)],
  [
    'a file larger than any of a ledger',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, 2 ** 40);
    },
  ],
];

describe('in a folder', () => {
  test.each(traps)('%s is not read', async (_name, trap) => {
    const made = folder();
    trap(join(made, 'checkpoint'));
    const reader = await folderReader(made);
    await expect(reader.read('checkpoint')).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
  });

  test.each(['ledger check', 'verify --from-ledger'])('factum %s says so', async (command) => {
    const made = folder();
    spawnSync('mkfifo', [join(made, 'checkpoint')]);
    const world = await aWorld();
    onTestFinished(world.remove);
    const { exit, err } = await world.factum(made, [...command.split(' '), made]);
    expect(err).toMatch(/LEDGER_UNREADABLE: .*expected a\s+regular file/);
    expect(exit).toBe(2);
  });
});

const bundle = Buffer.alloc(256 * 2);
const notThere = (answer: ServerResponse): unknown => answer.writeHead(404).end();

/** A log that signs any size; `entries` answers each bundle. */
async function trapServer(entries: (answer: ServerResponse) => unknown): Promise<string> {
  const checkpoint = await signedCheckpoint(log, 2 ** 50, new Uint8Array(32));
  const server = createServer(({ url = '' }, answer) => {
    if (url === '/checkpoint') answer.end(checkpoint);
    else if (url === '/vkey') answer.end(formatVkey(log.key));
    else if (url.startsWith('/tile/entries/')) entries(answer);
    else notThere(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function askedBy(allow: string, argv: readonly string[]) {
  const dir = folder();
  const pods = 'pods:\n  - id: own\n';
  writeFileSync(join(dir, 'factum.yaml'), `version: 1\n${pods}network: { allow: ['${allow}'] }\n`);
  const world = await aWorld();
  onTestFinished(world.remove);
  return world.factum(dir, argv);
}

describe('at a URL', () => {
  test.each(['ledger check', 'verify --from-ledger'])('factum %s leaves a log that never ends', async (command) => {
    const host = await trapServer((answer) => answer.end(bundle));
    const { exit, err } = await askedBy(host, [...command.split(' '), `http://${host}/`, '--most', '2']);
    expect(err).toContain('LEDGER_TOO_LARGE');
    expect(exit).toBe(2);
  });

  test('a bundle that unpacks to far more than any has is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 28));
    const host = await trapServer((answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const { exit, err } = await askedBy(host, ['ledger', 'check', `http://${host}/`]);
    expect(err).toMatch(/LEDGER_UNREADABLE.*more\s+than\s+16777472\s+bytes/s);
    expect(exit).toBe(2);
  });

  test.each([
    ['a private host', '127.0.0.1'],
    ['a metadata service', '169.254.169.254'],
  ])('%s is not asked unless the configuration allows it', async (_name, address) => {
    const { exit, err } = await askedBy('other.example', ['ledger', 'check', `http://${address}:1/`]);
    expect(err).toMatch(/LEDGER_UNREADABLE.*network.allow/s);
    expect(exit).toBe(2);
  });

  test('a redirect is not followed', async () => {
    const host = await trapServer((answer) => answer.writeHead(302, { location: 'http://169.254.169.254/' }).end());
    const { err } = await askedBy(host, ['ledger', 'check', `http://${host}/`]);
    expect(err).toMatch(/expected\s+status\s+200\s+or\s+404,\s+got\s+302/);
  });
});
