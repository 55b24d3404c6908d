import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FactumError, messageOf } from '../../core/errors.ts';
import { decodeEntries, encodeEntries, entriesPerBundle } from '../../core/ledger/bundle.ts';
import { type LedgerReader, pathsOf } from '../../core/ledger/check/reader.ts';
import { hashesPerTile, type NamedTile, parseTilePath } from '../../core/ledger/tile.ts';
import { nodeCrypto } from '../node-crypto.ts';

export interface Served {
  /** With a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly cache: string;
  readonly body: Uint8Array;
}

const immutable = 'public, max-age=31536000, immutable';
const hashBytes = 32;

/** Serves what a ledger published, read-only, as C2SP tlog-tiles says. Throws SERVE_PORT. */
export async function serveTiles(reader: LedgerReader, { host, port }: ServeOptions): Promise<Served> {
  const server = createServer((request, response) => {
    answerTo(request, reader)
      .catch((thrown: unknown) => plain(500, messageOf(thrown)))
      .then(
        (answer) => send(request, response, answer),
        () => response.destroy(),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new FactumError('SERVE_PORT', `cannot serve at ${host}:${port}: ${cause.message}`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerTo({ method, url = '' }: IncomingMessage, reader: LedgerReader): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'only GET and HEAD');
  const [path = ''] = url.slice(1).split('?', 1);
  const paths = pathsOf(reader);
  // Nothing is read but these two files and what has the one spelling of a tile's path.
  if (path === 'checkpoint') return found(await reader.read(paths.checkpoint), 'text/plain; charset=utf-8', 'no-cache');
  if (path === 'vkey') return found(await reader.read(paths.vkey), 'text/plain; charset=utf-8', 'no-cache');
  const named = parseTilePath(path);
  if (named === undefined) return plain(404, 'no such file of a log');
  const bytes = (await reader.read(publishedPath(named, reader))) ?? (await partOfFull(named, reader));
  return found(bytes, 'application/octet-stream', immutable);
}

function publishedPath({ kind, tile }: NamedTile, reader: LedgerReader): string {
  const paths = pathsOf(reader);
  const level = kind === 'entries' ? 'entries' : tile.level;
  return paths.tile(level, tile.index, tile.width);
}

/** Of a tile that has become full since: what it was at that width never changes. */
async function partOfFull(named: NamedTile, reader: LedgerReader): Promise<Uint8Array | undefined> {
  const { width } = named.tile;
  if (width === hashesPerTile) return undefined;
  if (named.kind === 'hashes') {
    const full = await reader.read(
      publishedPath({ kind: 'hashes', tile: { ...named.tile, width: hashesPerTile } }, reader),
    );
    return full?.subarray(0, width * hashBytes);
  }
  const full = await reader.read(
    publishedPath({ kind: 'entries', tile: { ...named.tile, width: entriesPerBundle } }, reader),
  );
  return full === undefined ? undefined : encodeEntries(decodeEntries(full, width).entries);
}

function found(body: Uint8Array | undefined, type: string, cache: string): Answer {
  return body === undefined ? plain(404, 'not published') : { status: 200, type, cache, body };
}

function plain(status: number, text: string): Answer {
  const body = new TextEncoder().encode(`${text}\n`);
  return { status, type: 'text/plain; charset=utf-8', cache: 'no-store', body };
}

function send({ method, headers }: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, type, cache, body } = answer;
  const etag = `"${nodeCrypto().hash('sha256', body)}"`;
  if (status === 200 && headers['if-none-match'] === etag) {
    response.writeHead(304, { etag, 'cache-control': cache }).end();
    return;
  }
  response.writeHead(status, {
    'content-type': type,
    'content-length': body.length,
    'cache-control': cache,
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    ...(status === 200 ? { etag } : {}),
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(method === 'HEAD' ? undefined : body);
}
