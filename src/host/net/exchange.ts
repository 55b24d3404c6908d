import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TLSSocket } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type Guard, hostOf, portOf } from './guard.ts';

/** One request to one address: no redirect, no second try. */
export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** False: complete the request although the certificate does not hold. */
  readonly verifyTls: boolean;
}

export interface ExchangeLimits {
  readonly guard: Guard;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** Certificate authorities besides none; default: those of Node. */
  readonly ca?: string;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: Uint8Array;
  /** End of the certificate's validity, for https. */
  readonly validTo?: string;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export async function exchange(asked: Exchange, limits: ExchangeLimits): Promise<ExchangeAnswer> {
  limits.guard.admit(asked.url);
  const response = await respond(asked, limits);
  const validTo = validityOf(response);
  try {
    const bytes = await bodyOf(response, asked.method, limits);
    return {
      status: response.statusCode ?? 0,
      headers: flat(response),
      body: decoded(bytes, response.headers['content-type']),
      bytes,
      ...(validTo === undefined ? {} : { validTo }),
    };
  } finally {
    response.destroy();
  }
}

function respond(asked: Exchange, limits: ExchangeLimits): Promise<IncomingMessage> {
  const { url } = asked;
  const port = portOf(url);
  const options = {
    host: hostOf(url),
    port,
    path: `${url.pathname}${url.search}`,
    method: asked.method,
    headers: { host: url.host, ...asked.headers },
    lookup: limits.guard.lookup(port),
    signal: limits.signal,
    // A connection of its own: a pooled one would have been judged for another request.
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest({
            ...options,
            rejectUnauthorized: asked.verifyTls,
            ...(limits.ca === undefined ? {} : { ca: limits.ca }),
          })
        : httpRequest(options);
    request.once('response', resolve).once('error', reject).end(asked.body);
  });
}

function validityOf(response: IncomingMessage): string | undefined {
  const socket = response.socket as Partial<TLSSocket>;
  const until = socket.getPeerCertificate?.()?.valid_to;
  return until === undefined ? undefined : new Date(until).toISOString();
}

async function bodyOf(response: IncomingMessage, method: string, limits: ExchangeLimits): Promise<Buffer> {
  const { maxBytes, signal } = limits;
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    let length = 0;
    for await (const chunk of source) {
      length += chunk.length;
      if (length > maxBytes) {
        const tooLarge = new BodyTooLarge(`the answer has more than ${maxBytes} bytes`);
        // A pipeline with a decoder waits for its source, and one that is no longer read never ends by itself.
        response.destroy(tooLarge);
        throw tooLarge;
      }
      chunks.push(chunk);
    }
  };
  const hasBody = method !== 'HEAD' && response.statusCode !== 204 && response.statusCode !== 304;
  const decoder = hasBody ? decoderFor(response.headers['content-encoding']) : undefined;
  if (decoder === undefined) await pipeline(response, collect, { signal });
  else await pipeline(response, decoder, collect, { signal });
  return Buffer.concat(chunks);
}

function decoderFor(encoding: string | undefined): Transform | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

function decoded(bytes: Buffer, contentType: string | undefined): string {
  const label = /charset="?([^";\s]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return bytes.toString('utf8'); // a charset nobody knows
    throw error;
  }
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')] as const);
  return Object.fromEntries(entries);
}
