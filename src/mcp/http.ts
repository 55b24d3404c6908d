import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { FactumError, messageOf } from '../core/errors.ts';
import { isAskedAs, named, ownHosts } from '../core/own-hosts.ts';

export interface HttpDoor {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Further names that clients may reach it by, with their port where it has one. */
  readonly allowHosts: readonly string[];
  readonly tokens: Tokens;
  /** What may be told of something that went wrong. */
  redact(text: string): string;
}

export interface Tokens {
  readonly write: string | undefined;
  readonly read: string | undefined;
}

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  readonly mayWrite: boolean;
}

/** Clients that forgot to end their sessions must not fill the memory. */
const mostSessions = 64;
const mostBytes = 1_048_576;

/** One server per session, at `/mcp`. Throws SERVE_PORT. */
export async function serveHttp(
  serverFor: (mayWrite: boolean) => McpServer,
  { host, port, allowHosts, tokens, redact }: HttpDoor,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sessions = new Map<string, Session>();
  let allowed: ReadonlySet<string> = new Set();

  async function newSession(mayWrite: boolean): Promise<Session> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: mostBytes,
      onsessioninitialized(id) {
        sessions.set(id, { transport, mayWrite });
        const [oldest] = sessions;
        if (sessions.size <= mostSessions || oldest === undefined) return;
        sessions.delete(oldest[0]);
        void oldest[1].transport.close();
      },
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await serverFor(mayWrite).connect(transport as Transport);
    return { transport, mayWrite };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.split('?', 1)[0] !== '/mcp') return refuse(response, 404, 'the server is at /mcp');
    if (!isAskedAs(request.headers, allowed))
      return refuse(response, 403, 'this Host or Origin is not allowed: --allow-host');
    const mayWrite = rightOf(request, tokens);
    if (mayWrite === undefined) return refuse(response, 401, 'expected a bearer token');
    const id = request.headers['mcp-session-id'];
    const session = id === undefined ? await newSession(mayWrite) : sessions.get(String(id));
    // A session belongs to the right that it was opened with.
    if (session === undefined || session.mayWrite !== mayWrite) return refuse(response, 404, 'no such session');
    await session.transport.handleRequest(request, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, `INTERNAL: ${redact(messageOf(thrown))}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new FactumError('SERVE_PORT', `cannot serve at ${host}:${port}: ${cause.message}`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  allowed = ownHosts(host, bound, allowHosts);
  return {
    url: `http://${named(host)}:${bound}/mcp`,
    async close() {
      for (const { transport } of sessions.values()) await transport.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Whether the token may write; undefined: it is none of ours. */
function rightOf({ headers: { authorization = '' } }: IncomingMessage, { write, read }: Tokens): boolean | undefined {
  const given = /^Bearer (.+)$/i.exec(authorization)?.[1];
  if (given === undefined) return undefined;
  if (isSame(given, write)) return true;
  return isSame(given, read) ? false : undefined;
}

function isSame(given: string, token: string | undefined): boolean {
  return token !== undefined && timingSafeEqual(digestOf(given), digestOf(token));
}

/** Of one length for all, which the comparison needs. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null });
  response.writeHead(status, {
    'content-type': 'application/json',
    connection: 'close',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  });
  response.end(body);
}
