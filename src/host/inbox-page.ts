import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../core/errors.ts';
import { isAskedAs, ownHosts } from '../core/own-hosts.ts';
import { nodeCrypto } from './node-crypto.ts';

/** A page of this machine that shows what waits for people, made anew each time it is asked for. Nothing is sent to it. */
export interface InboxPage {
  /** Its path cannot be guessed: other users of this machine reach the same port. */
  readonly url: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';

const headers = {
  'content-security-policy': "frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export async function openInboxPage(html: () => Promise<string>): Promise<InboxPage> {
  const path = `/${nodeCrypto().randomBytes(24).toString('base64url')}`;
  let allowed: ReadonlySet<string> = new Set();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isAskedAs(request.headers, allowed)) return refuse(response, 421, 'this page has other names');
    if (request.method !== 'GET') return refuse(response, 405, 'GET alone: answers are given with factum attest');
    if (request.url !== path) return refuse(response, 404, 'nothing is here');
    const page = await html();
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(page);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => refuse(response, 500, messageOf(thrown)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  allowed = ownHosts(host, port, []);
  return {
    url: `http://${host}:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: 404 | 405 | 421 | 500, why: string): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
}
