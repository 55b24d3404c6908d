import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { FactumError, messageOf } from '../../core/errors.ts';
import { isAskedAs, named, ownHosts } from '../../core/own-hosts.ts';
import type { ReceiverWanted, TakeLogs } from '../../core/telemetry/receiving.ts';

export interface ReceiverOptions extends ReceiverWanted {
  /** Absent: whoever reaches it is heard, which it allows on loopback only. */
  readonly token: string | undefined;
  readonly take: TakeLogs;
  /** Why a sender was not heard; each is said once. */
  onProblem(message: string): void;
  /** What may be told of something that went wrong. */
  redact(text: string): string;
}

interface Answer {
  readonly status: number;
  /** A `Status` of OTLP, or the response of the signal. */
  readonly body: object;
  /** For whoever runs this. */
  readonly problem?: string;
}

/** Exporters send 512 records at a time; a batch is some hundred kilobytes. */
const mostBytes = 4 * 1_048_576;
const mostUnpacked = 16 * 1_048_576;
/** Read and let go, so that a sender of too much hears so instead of a broken connection. */
const mostDrained = 64 * 1_048_576;

/** Shorter ones can be guessed. */
const leastToken = 16;

/** A sender that sends a byte now and then is not waited for. */
const limits = { headersTimeout: 5_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 };

/** OTLP/HTTP with JSON. Throws USAGE, SERVE_PORT. */
export async function startReceiver(
  options: ReceiverOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { host, port, allowHosts, token } = options;
  if (token !== undefined && token.length < leastToken)
    throw new FactumError('USAGE', `FACTUM_OTEL_TOKEN has ${token.length} characters; expected ${leastToken} at least`);
  if (token === undefined && !/^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host))
    throw new FactumError('USAGE', `set FACTUM_OTEL_TOKEN: at ${host} others than this machine can send`);
  let allowed: ReadonlySet<string> = new Set();
  const told = new Set<string>();
  const server = createServer(limits, (request, response) => {
    answerTo(request, { ...options, allowed })
      .catch((thrown: unknown) => ({ ...refusal(503, 'not now'), problem: options.redact(messageOf(thrown)) }))
      .then((answer) => {
        if (answer.problem !== undefined) tell(answer.problem);
        send(request, response, answer);
      })
      .catch(() => response.destroy());
  });
  const tell = (message: string): void => {
    if (told.has(message) || told.size > 100) return;
    told.add(message);
    options.onProblem(message);
  };
  server.maxConnections = 64;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new FactumError('SERVE_PORT', `cannot listen at ${host}:${port}: ${cause.message}`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  allowed = ownHosts(host, bound, allowHosts);
  return {
    url: `http://${named(host)}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Door extends Pick<ReceiverOptions, 'token' | 'take'> {
  readonly allowed: ReadonlySet<string>;
}

async function answerTo(request: IncomingMessage, { allowed, token, take }: Door): Promise<Answer> {
  const { headers, method, url = '' } = request;
  if (!isAskedAs(headers, allowed)) return refusal(403, 'this Host or Origin is not allowed: --allow-host');
  if (token !== undefined && !isSame(headers.authorization, `Bearer ${token}`))
    return refusal(401, 'expected Authorization=Bearer with FACTUM_OTEL_TOKEN in OTEL_EXPORTER_OTLP_HEADERS');
  const [, signal] = /^\/v1\/(logs|metrics|traces)(?:\?|$)/.exec(url) ?? [];
  if (signal === undefined) return refusal(404, 'expected /v1/logs, /v1/metrics or /v1/traces');
  if (method !== 'POST') return refusal(405, 'expected POST');
  if (!/^application\/json *(?:;|$)/i.test(headers['content-type'] ?? ''))
    return refusal(415, 'expected JSON: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json');
  const body = await bodyOf(request);
  if ('status' in body) return body;
  // What the others tell is no lead; a sender that has one endpoint for all must not fail.
  if (signal !== 'logs') return { status: 200, body: {} };
  const { rejected, why } = await take(body.json);
  if (rejected === 'all') return refusal(400, why);
  if (rejected === 0) return { status: 200, body: {} };
  const partialSuccess = { rejectedLogRecords: String(rejected), errorMessage: why };
  return { status: 200, body: { partialSuccess }, problem: why };
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly json: unknown } | Answer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return refusal(415, 'expected gzip or no compression');
  const sent = await bytesOf(request);
  if (sent === undefined) return refusal(413, `expected at most ${mostBytes} bytes`);
  try {
    const bytes = encoding === 'gzip' ? await promisify(gunzip)(sent, { maxOutputLength: mostUnpacked }) : sent;
    return { json: JSON.parse(bytes.toString()) as unknown };
  } catch (thrown) {
    if (thrown instanceof RangeError) return refusal(413, `expected at most ${mostUnpacked} bytes unpacked`);
    return refusal(400, encoding === 'gzip' ? 'the body is no JSON in gzip' : 'the body is no JSON');
  }
}

/** Undefined when there are too many. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostDrained) break;
    if (length <= mostBytes) chunks.push(chunk);
  }
  return length > mostBytes ? undefined : Buffer.concat(chunks);
}

function isSame(given = '', expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function refusal(status: number, message: string): Answer {
  return { status, body: { message }, problem: message };
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    // The rest of a body that was not read to its end is not waited for.
    ...(request.complete ? {} : { connection: 'close' }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 405 ? { allow: 'POST' } : {}),
  });
  response.end(JSON.stringify(body));
}
