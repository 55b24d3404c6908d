import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface LocalServer {
  readonly port: number;
  /** `127.0.0.1:port`, as `network.allow` names it. */
  readonly host: string;
  readonly origin: string;
  /** Request lines in order of arrival. */
  readonly requests: string[];
  /** Connections, with or without a request: a canary must see none. */
  connections(): number;
  close(): Promise<void>;
}

export interface Tls {
  readonly key: string;
  readonly cert: string;
}

/** A real HTTP server on loopback. Without a listener it is a canary that answers 200 to everything. */
export async function startServer(listener?: RequestListener, tls?: Tls): Promise<LocalServer> {
  const requests: string[] = [];
  let connections = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    if (listener === undefined) response.end('canary');
    else listener(request, response);
  };
  const server: Server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  server.on('connection', () => (connections += 1));
  server.on('upgrade', (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    port,
    host,
    origin: `${tls === undefined ? 'http' : 'https'}://${host}`,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers by path; what is not listed is 404. */
export function routes(table: Readonly<Record<string, RequestListener>>): RequestListener {
  return (request, response) => {
    const handler = table[(request.url ?? '').split('?')[0] ?? ''];
    if (handler === undefined) response.writeHead(404).end('not here');
    else handler(request, response);
  };
}

export function redirectTo(location: string, status = 302): RequestListener {
  return (_request, response) => void response.writeHead(status, { location }).end();
}

export function html(text: string, status = 200): RequestListener {
  return (_request, response) =>
    void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}
