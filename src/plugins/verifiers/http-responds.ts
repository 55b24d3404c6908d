import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import type { Artifact } from '../../core/claim/evidence.ts';
import {
  isProtected,
  wantsAnotherRequest,
  whyAnotherAnswered,
  whyStatusSaysNothing,
} from '../../core/claim/http-status.ts';
import { optionOfUrls, urlOption, withoutCredentials } from '../../core/claim/named-urls.ts';
import { type Glance, hindered, lookOutside } from '../../core/claim/outside-look.ts';
import { printable } from '../../core/claim/redact.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import { atPointer } from '../../core/git/json-pointer.ts';
import { type HttpAnswer, type Seen, seen } from '../../core/ports.ts';

const statusCode = deferred(() => z.number().int().min(100).max(599));
const Status = deferred(() =>
  z.union([statusCode, z.enum(['1xx', '2xx', '3xx', '4xx', '5xx']), z.array(statusCode).min(1)]),
);
type Status = z.infer<typeof Status>;
const Texts = deferred(() => z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]));
const texts = () => Texts.transform((given) => [given].flat());

const Options = deferred(() =>
  z
    .strictObject({
      url: optionOfUrls(),
      method: z.enum(['GET', 'HEAD']).default('GET').describe('HEAD for large files'),
      status: Status.optional().describe(
        'a code, a list of codes, or a class such as 2xx; default: 2xx after redirects',
      ),
      headers: z
        .record(z.string(), z.string())
        .default({})
        .describe('response headers and what each must contain, in any case'),
      contains: texts().optional().describe('texts that the body must contain'),
      matches: z
        .string()
        .refine(isPattern, 'not a regular expression')
        .optional()
        .describe('regular expression that the body must match'),
      json: z
        .record(z.string().regex(/^(?:\/.*)?$/s, "'' or a JSON pointer that begins with /"), z.json())
        .default({})
        .describe('JSON pointers (RFC 6901) and the value that must be there'),
      tls: z.enum(['valid', 'any']).default('valid').describe('whether an https certificate must hold'),
      timeout: z.number().int().min(1).max(300).default(30).describe('seconds for the whole exchange'),
    })
    .refine(
      ({ method, contains, matches, json }) =>
        method !== 'HEAD' || (contains ?? matches ?? Object.keys(json)[0]) === undefined,
      'HEAD has no body to compare',
    ),
);
type Options = z.infer<typeof Options>;

/** Fault of the certificate itself; an authority that this machine does not know may be known elsewhere. */
const certificateIsWrong = /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|CERT_REVOKED|ALTNAME|HOSTNAME_MISMATCH/;
const keptBody = 65_536;

/** Whether a URL answers as claimed. A wrong answer refutes; no answer, or somebody else's in its place, does not. */
export const httpResponds = verifier({
  id: 'http-responds',
  title: 'HTTP responds',
  summary: 'Asks a URL and compares status, headers, body, JSON values and the validity of the certificate.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'outside',
  judges: ['endpoint-responds', 'deployed'],
  options: Options,
  fromPart: urlOption,
  run: ({ options, ports }) => {
    const urls = [options.url ?? []].flat();
    const things = urls.map((url) => ({
      boundTo: { url: withoutCredentials(url) },
      planned: `${options.method} ${withoutCredentials(url)}: ${expectation(options)}`,
      glance: () => glance(url, options, ports),
    }));
    return lookOutside(things, 'No URL is named: say it in the claim, or configure url for http-responds.');
  },
});

async function glance(url: string, options: Options, ports: Examination<Options>['ports']): Promise<Glance> {
  const looked = await ports.http({
    url,
    method: options.method,
    timeoutMs: options.timeout * 1000,
    headers: { 'cache-control': 'no-cache' },
    ...(wantsRedirect(options.status) ? { maxRedirects: 0 } : {}),
  });
  if (!looked.ok) return hindered(looked);
  const answer = looked.value;
  const artifacts: Artifact[] = [];
  const mediaType = printable(answer.headers['content-type'] ?? 'text/plain').slice(0, 200);
  if (answer.bodyBytes > 0) artifacts.push(await ports.keep(answer.body.slice(0, keptBody), 'body', mediaType));
  const matched = await matchedBy(answer, options, ports);
  if (!matched.ok) return { ...hindered(matched), artifacts };
  return { ...judge(withoutCredentials(url), { ...answer, matched: matched.value }, options), artifacts };
}

type Matched = HttpAnswer & { readonly matched: boolean };

/** True also where no pattern is asked for. */
async function matchedBy(
  { body: text }: HttpAnswer,
  { matches: pattern }: Options,
  ports: Examination<Options>['ports'],
): Promise<Seen<boolean>> {
  return pattern === undefined ? seen(true) : ports.matches({ pattern, flags: 'u', text });
}

function judge(url: string, answer: Matched, options: Options): Glance {
  const { status, headers, tls } = answer;
  const facts = {
    status,
    finalUrl: answer.url,
    bytes: answer.bodyBytes,
    ...(tls === undefined
      ? {}
      : { tlsValid: tls.valid, ...(tls.validTo === undefined ? {} : { tlsValidTo: tls.validTo }) }),
  };
  const another = whyAnotherAnswered(url, answer.url);
  if (!statusFits(status, options.status)) {
    const why = whyStatusSaysNothing(status, headers) ?? another?.why ?? whyUnasked(status, options.status);
    const message = `${url} answered ${status}, expected ${statusText(options.status)}`;
    if (why !== undefined) return { outcome: 'inconclusive', message: `${message}: ${why}.`, facts };
    return { outcome: 'refuted', message: `${message}.`, facts };
  }
  if (options.tls === 'valid' && tls?.valid === false) {
    const message = `${url} answered ${status}, but its certificate does not hold (${tls.reason ?? 'no reason given'}).`;
    return { outcome: certificateIsWrong.test(tls.reason ?? '') ? 'refuted' : 'inconclusive', message, facts };
  }
  const wrong = [...wrongHeaders(answer, options), ...wrongBody(answer, options)];
  if (wrong.length > 0) {
    const message = `${url} answered ${status}, but ${wrong.join('; ')}`;
    if (another === undefined) return { outcome: 'refuted', message: `${message}.`, facts };
    return { outcome: 'inconclusive', message: `${message}: ${another.why}.`, facts };
  }
  const { contains, matches, json } = options;
  if (another?.isSignIn === true && (contains ?? matches ?? Object.keys(json)[0]) === undefined) {
    return { outcome: 'inconclusive', message: `${url} answered ${status}: ${another.why}.`, facts };
  }
  return {
    outcome: 'supported',
    message: `${url} answered ${status} with ${answer.bodyBytes} bytes: ${expectation(options)}.`,
    facts,
  };
}

/** Where no status was asked for, what a plain request is told about itself is no "no". */
function whyUnasked(status: number, wanted: Status | undefined): string | undefined {
  if (wanted !== undefined) return undefined;
  if (isProtected(status)) return 'it wants to know who asks';
  return wantsAnotherRequest(status) ? 'it wants another kind of request' : undefined;
}

function statusFits(status: number, wanted: Status = '2xx'): boolean {
  if (typeof wanted === 'string') return `${Math.floor(status / 100)}xx` === wanted;
  return [wanted].flat().includes(status);
}

function wantsRedirect(wanted: Status = '2xx'): boolean {
  return [301, 302, 303, 307, 308].some((status) => statusFits(status, wanted));
}

function statusText(wanted: Status = '2xx'): string {
  return [wanted].flat().join(' or ');
}

function wrongHeaders({ headers }: HttpAnswer, options: Options): readonly string[] {
  return Object.entries(options.headers).flatMap(([name, wanted]) => {
    const value = headers[name.toLowerCase()];
    if (value === undefined) return [`there is no header ${name}`];
    return value.toLowerCase().includes(wanted.toLowerCase())
      ? []
      : [`${name} is "${value.slice(0, 200)}", expected "${wanted}"`];
  });
}

function wrongBody({ body, matched }: Matched, { contains, matches, json }: Options): readonly string[] {
  const absent = (contains ?? []).filter((text) => !body.includes(text)).map((text) => `the body has no "${text}"`);
  const unmatched = matched ? [] : [`the body does not match /${matches}/`];
  const values = Object.entries(json).flatMap(([pointer, wanted]) => {
    const at = atPointer(body, pointer);
    const expected = atPointer(JSON.stringify(wanted), '').json;
    if (at.state === 'not-json') return [`the body is not JSON`];
    if (at.state === 'absent') return [`there is nothing at ${pointer}`];
    return at.json === expected ? [] : [`${pointer || 'the JSON'} is ${at.json.slice(0, 200)}, expected ${expected}`];
  });
  return [...absent, ...unmatched, ...new Set(values)];
}

function expectation({ status, headers, contains, matches, json, tls }: Options): string {
  return [
    statusText(status),
    ...Object.entries(headers).map(([name, value]) => `${name} "${value}"`),
    ...(contains ?? []).map((text) => `body with "${text}"`),
    ...(matches === undefined ? [] : [`body like /${matches}/`]),
    ...Object.entries(json).map(([pointer, value]) => `${pointer || 'JSON'} = ${JSON.stringify(value)}`),
    ...(tls === 'any' ? ['any certificate'] : []),
  ].join(', ');
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
