import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { isErrno } from '../../core/errno.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { exchangeOf } from './exchange.ts';
import { originAt, type Refusal, refusalOf, rpId } from './page-guard.ts';
import { pageHeaders, pageHtml } from './page-html.ts';
import { Answer, type Ending, type Step } from './steps.ts';

/** A page of this machine that asks a person for passkeys, one step after the other. */
export interface PasskeyPage {
  /** Works once: whoever opens it first has the page. */
  readonly url: string;
  /** Throws PASSKEY_UNANSWERED when nobody answers in time. */
  ask(step: Step): Promise<Answer>;
  /** Tells the page and closes it. */
  end(ending: Ending): Promise<void>;
}

export interface PageOptions {
  /** Part of the origin that passkeys are bound to, so there is no other to fall back to. */
  readonly port: number;
  /** For each step. Default 300,000. */
  readonly timeoutMs?: number;
}

/** Both are `localhost`: with one of them free, another user's page could stand there under the same origin. */
const loopback = ['127.0.0.1', '::1'] as const;
const mostBytes = 100_000;

/** Throws PASSKEY_PORT when the port is taken. */
export async function openPasskeyPage({ port, timeoutMs = 300_000 }: PageOptions): Promise<PasskeyPage> {
  const exchange = exchangeOf(newToken);
  const path = `/${newToken()}`;
  let isOpened = false;

  function openOnce(url: string | undefined, response: ServerResponse): void {
    if (url !== path) return refuse(response, { status: 404, why: 'nothing is here' });
    if (isOpened) {
      return refuse(response, { status: 410, why: 'This address worked once. To begin again, run the command again.' });
    }
    isOpened = true;
    response.writeHead(200, pageHeaders('text/html; charset=utf-8')).end(pageHtml(exchange.token()));
  }

  async function takeAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === undefined) return refuse(response, { status: 413, why: `at most ${mostBytes} bytes` });
    // From here to take() nothing is awaited, so that two answers with one token cannot both pass.
    if (!isSame(request.headers['x-factum-token'], exchange.token())) {
      return refuse(response, {
        status: 403,
        why: 'this page was answered already, or is not the one that was opened',
      });
    }
    const answer = Answer.safeParse(body);
    if (!answer.success) return refuse(response, { status: 400, why: 'not an answer of this page' });
    exchange.take(answer.data, (word) => {
      response.writeHead(200, pageHeaders('application/json')).end(JSON.stringify(word));
    });
  }

  const servers = await listen(port, (request, response) => {
    const refusal = refusalOf(request, port);
    if (refusal !== undefined) return refuse(response, refusal);
    if (request.method === 'GET') return openOnce(request.url, response);
    if (request.url !== '/answer') return refuse(response, { status: 404, why: 'nothing is here' });
    takeAnswer(request, response).catch(() => response.destroy());
  });

  return {
    url: originAt(port) + path,
    ask: (step) => within(timeoutMs, exchange.ask(step)),
    async end(ending) {
      exchange.end(ending);
      await Promise.all(servers.map(close));
    },
  };
}

function newToken(): string {
  return nodeCrypto().randomBytes(32).toString('base64url');
}

function isSame(given: string | readonly string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && nodeCrypto().timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, { status, why }: Refusal): void {
  response.writeHead(status, { ...pageHeaders('text/plain; charset=utf-8'), connection: 'close' }).end(`${why}\n`);
}

/** Undefined when it is too long. What is no JSON is answered as a string, which no answer is. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function listen(port: number, listener: RequestListener): Promise<readonly Server[]> {
  const servers: Server[] = [];
  for (const address of loopback) {
    try {
      servers.push(await listenAt(address, port, listener));
    } catch (cause) {
      // A machine without IPv6 has no such address that anybody else could take.
      if (address === '::1' && isErrno(cause, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) continue;
      await Promise.all(servers.map(close));
      const why = isErrno(cause, 'EADDRINUSE') ? 'another program listens there' : messageOf(cause);
      const message = `the page for passkeys cannot be served on ${rpId} port ${port} (${address}): ${why}`;
      throw new FactumError('PASSKEY_PORT', message, { cause });
    }
  }
  return servers;
}

function listenAt(host: string, port: number, listener: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, listener);
    server.once('error', reject).listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

/** Waits for the last words to be sent; what is open besides is cut. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 1000);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function within(timeoutMs: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `nobody answered on the page for passkeys within ${Math.round(timeoutMs / 1000)} s`;
      reject(new FactumError('PASSKEY_UNANSWERED', message));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
