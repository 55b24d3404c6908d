import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type HttpAnswer, type HttpRequest, seen, type Seen } from '../../core/ports.ts';
import { BodyTooLarge, type Exchange, exchange, type ExchangeAnswer, type ExchangeLimits } from './exchange.ts';
import { codeOf, hindranceOf } from './failure.ts';
import { createGuard, type GuardOptions } from './guard.ts';

const defaultTimeoutMs = 30_000;
const defaultMaxBytes = 5_000_000;
const defaultRedirects = 10;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Headers that are the same for everybody; all others stay with the origin they were meant for. */
const harmlessHeaders = new Set(['accept', 'accept-encoding', 'accept-language', 'cache-control', 'user-agent']);

/** What OpenSSL and Node say when the certificate itself, and not the connection, is at fault. */
const certificateFault =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF|DECODE_ISSUER|DECRYPT_CERT)|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED)/;

export interface HttpOptions extends GuardOptions {
  /** PEM of certificate authorities to trust in place of Node's. */
  readonly ca?: string;
}

type Tls = NonNullable<HttpAnswer['tls']>;
type HopAnswer = ExchangeAnswer & { readonly tls?: Tls };

/** The port for one look over HTTP. Proxies of the environment are not used: the guard must see the real address. */
export function createHttp(options: HttpOptions): (request: HttpRequest) => Promise<Seen<HttpAnswer>> {
  const guard = createGuard(options);
  return async (request) => {
    const what = `${request.method ?? 'GET'} ${shownUrl(request.url)}`;
    if (!URL.canParse(request.url)) return couldNotLook('broken', `${what}: not a URL`);
    const limits: ExchangeLimits = {
      guard,
      signal: AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs),
      maxBytes: request.maxBytes ?? defaultMaxBytes,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    };
    try {
      return seen(await follow(request, limits));
    } catch (error) {
      if (error instanceof BodyTooLarge) return couldNotLook('too-large', `${what}: ${error.message}`);
      if (limits.signal.aborted) return couldNotLook('time-out', `${what}: no complete answer in time`);
      return hindranceOf(error, what);
    }
  };
}

/** A URL as it may be shown: without user name and password. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return text.replace(/\/\/[^/@\s]*@/, '//');
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}

async function follow(request: HttpRequest, limits: ExchangeLimits): Promise<HttpAnswer> {
  let hop = firstHop(request);
  let invalidTls: Tls | undefined;
  for (let left = request.maxRedirects ?? defaultRedirects; ; left -= 1) {
    const answer = await askOnce(hop, limits);
    if (answer.tls?.valid === false) invalidTls ??= answer.tls;
    const location = redirectStatuses.has(answer.status) ? answer.headers['location'] : undefined;
    if (location === undefined || request.maxRedirects === 0) return finalAnswer(answer, hop.url, invalidTls);
    if (left === 0) throw new Error(`still redirected after ${request.maxRedirects ?? defaultRedirects} redirects`);
    hop = nextHop(hop, location, answer.status);
  }
}

function firstHop(request: HttpRequest): Exchange {
  const url = new URL(request.url);
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers: Record<string, string> = {
    accept: '*/*',
    'accept-encoding': 'gzip, br',
    'user-agent': 'factum',
    ...Object.fromEntries(given),
  };
  if (url.username !== '') {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers['authorization'] ??= `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return {
    url,
    method: request.method ?? 'GET',
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    verifyTls: true,
  };
}

/** RFC 9110 section 15.4: after 303, and by custom after 301 and 302, a POST becomes a GET. */
function nextHop(from: Exchange, location: string, status: number): Exchange {
  const url = new URL(location, from.url);
  const sameOrigin = url.origin === from.url.origin;
  const keepsMethod = status === 307 || status === 308 || from.method !== 'POST';
  if (keepsMethod && from.body !== undefined && !sameOrigin)
    throw new Error('a redirect would send the body elsewhere');
  const headers = sameOrigin ? from.headers : harmless(from.headers);
  if (keepsMethod) return { ...from, url, headers };
  return { url, method: 'GET', headers, verifyTls: from.verifyTls };
}

function harmless(headers: Exchange['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name)));
}

/**
 * A certificate that does not hold is an answer: the request is then completed unverified, without anything
 * secret (own headers, credentials), so that the status is known, too. A body is never sent that way.
 */
async function askOnce(hop: Exchange, limits: ExchangeLimits): Promise<HopAnswer> {
  try {
    const answer = await exchange(hop, limits);
    return hop.url.protocol === 'https:' ? { ...answer, tls: tlsOf(answer) } : answer;
  } catch (error) {
    if (!certificateFault.test(codeOf(error)) || hop.body !== undefined) throw error;
    const answer = await exchange({ ...hop, headers: harmless(hop.headers), verifyTls: false }, limits);
    return { ...answer, tls: tlsOf(answer, `${codeOf(error)}: ${messageOf(error)}`) };
  }
}

function tlsOf({ validTo }: ExchangeAnswer, fault?: string): Tls {
  return {
    valid: fault === undefined,
    ...(fault === undefined ? {} : { reason: fault }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}

function finalAnswer(answer: HopAnswer, url: URL, invalidTls: Tls | undefined): HttpAnswer {
  const { status, headers, body, bytes } = answer;
  const tls = invalidTls ?? answer.tls;
  return {
    status,
    headers,
    body,
    bodyBytes: bytes.length,
    url: shownUrl(url.href),
    ...(tls === undefined ? {} : { tls }),
  };
}
