import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { messageOf } from '../../core/errors.ts';
import { type Guard, hostOf, portOf, RefusedAddress } from './guard.ts';

/** The browser's only way out: a forward proxy on loopback that connects to admitted addresses only. */
export interface PageProxy {
  readonly url: string;
  /** What the guard refused, with the reason. A tunnel (https, WebSocket) shows its host and port only. */
  readonly refused: ReadonlyMap<string, string>;
  /** What could not be reached, with the reason. */
  readonly failed: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

interface Passage {
  readonly guard: Guard;
  readonly refused: Map<string, string>;
  readonly failed: Map<string, string>;
  readonly sockets: Set<Duplex>;
}

const connectTimeoutMs = 10_000;
/** Between browser and proxy only (RFC 9110 section 7.6.1). */
const hopByHop = ['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'trailer', 'upgrade'];

export async function openPageProxy(guard: Guard): Promise<PageProxy> {
  const passage: Passage = { guard, refused: new Map(), failed: new Map(), sockets: new Set() };
  const { refused, failed, sockets } = passage;
  const server = createServer((request, response) => forward(passage, request, response));
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.unshift(head);
    tunnel(passage, request.url ?? '', client);
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused,
    failed,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Plain http: the browser sends the whole URL. */
function forward(passage: Passage, request: IncomingMessage, response: ServerResponse): void {
  const { guard } = passage;
  const target = request.url ?? '';
  const fail = (error: unknown): void => {
    if (response.destroyed) return; // the browser hung up first
    const status = record(passage, target, error);
    if (response.headersSent) response.destroy();
    else response.writeHead(status, proxyStatus(status)).end();
  };
  try {
    const url = new URL(target);
    guard.admit(url);
    const port = portOf(url);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hopByHop.includes(name)));
    const upstream = httpRequest({
      host: hostOf(url),
      port,
      path: `${url.pathname}${url.search}`,
      method: request.method ?? 'GET',
      headers: { ...headers, host: url.host },
      lookup: guard.lookup(port),
      agent: false,
    });
    upstream.on('error', fail).once('response', (answer) => pass(answer, response, upstream));
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  } catch (error) {
    fail(error);
  }
}

function pass(answer: IncomingMessage, response: ServerResponse, upstream: ClientRequest): void {
  const kept = Object.entries(answer.headers).filter(([name]) => !hopByHop.includes(name));
  const status = answer.statusCode ?? 0;
  // Node parses such a status, and throws when it is to write one.
  if (status < 200 || status > 999) return void upstream.destroy(new Error(`the server answered status ${status}`));
  response.writeHead(status, Object.fromEntries(kept));
  // A body that breaks off ends the browser's connection, too, so the browser tells of it.
  pipeline(answer, response, () => undefined);
}

/** https and WebSocket: the browser asks for a tunnel. Chromium never sends an upgrade to a proxy. */
function tunnel(passage: Passage, authority: string, client: Duplex): void {
  const { guard } = passage;
  const fail = (error: unknown): void => {
    if (client.destroyed) return; // the browser hung up first
    const status = record(passage, authority, error);
    const headers = Object.entries(proxyStatus(status)).map(([name, value]) => `${name}: ${value}\r\n`);
    client.end(`HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Bad Gateway'}\r\n${headers.join('')}\r\n`);
  };
  client.on('error', () => client.destroy());
  try {
    // `https` only lends its parser: the default port below is the one the authority names.
    const url = new URL(`https://${authority}`);
    guard.admit(url);
    const port = portOf(url);
    const upstream = connect({ host: hostOf(url), port, lookup: guard.lookup(port) });
    passage.sockets.add(upstream);
    upstream.setTimeout(connectTimeoutMs, () => upstream.destroy(new Error('no connection in time')));
    upstream.once('error', fail).once('connect', () => {
      upstream.setTimeout(0);
      upstream.off('error', fail).on('error', () => client.destroy());
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    client.once('close', () => upstream.destroy());
  } catch (error) {
    fail(error);
  }
}

function record({ refused, failed }: Passage, target: string, error: unknown): 403 | 502 {
  const isRefusal = error instanceof RefusedAddress;
  (isRefusal ? refused : failed).set(target, messageOf(error));
  return isRefusal ? 403 : 502;
}

/** RFC 9209 names the error types. */
function proxyStatus(status: 403 | 502): Record<string, string> {
  const type = status === 403 ? 'destination_ip_prohibited' : 'destination_unavailable';
  return { 'proxy-status': `factum; error=${type}`, 'content-length': '0', connection: 'close' };
}
