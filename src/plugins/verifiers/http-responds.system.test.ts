import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../../test/certificate.ts';
import { html, json, type LocalServer, redirectTo, routes, startServer } from '../../../test/http-server.ts';
import { lacks } from '../../../test/needs.ts';
import { examine, fromWords, outside } from '../../../test/outside-ports.ts';
import { printable } from '../../core/claim/redact.ts';
import { createHttp } from '../../host/net/http.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { httpResponds } from './http-responds.ts';

let server: LocalServer;
let turns = 0;

beforeAll(async () => {
  server = await startServer(
    routes({
      '/health': json({ status: 'ok', checks: [{ name: 'db', up: true }] }),
      '/home': html('<h1>Welcome</h1>'),
      '/moved': redirectTo('/home'),
      '/login': html('Who are you?'),
      '/years': html('a'.repeat(60)),
      '/private': redirectTo('/login?next=/private'),
      ...Object.fromEntries(
        [400, 401, 403, 404, 405, 408, 410, 426, 429, 500, 502, 503, 504, 521].map((code) => [
          `/${code}`,
          html('', code),
        ]),
      ),
      '/later': (_, answer) => void answer.writeHead(503, { 'retry-after': '5' }).end(),
      '/check': (_, answer) => void answer.writeHead(403, { 'cf-mitigated': 'challenge' }).end(),
      '/hostile': (_, answer) =>
        void answer
          .writeHead(200, { 'content-type': 'text/plain; \u009B2J', 'x-name': '\u009B31mred' })
          .end(JSON.stringify({ name: '\u009B2J\u202Eexe.txt', long: 'x'.repeat(4_000_000) })),
      '/every-other': (request, answer) => html('', (turns += 1) % 2 === 1 ? 500 : 200)(request, answer),
    }),
  );
});
afterAll(() => server.close());

function look(path: string, options: Record<string, unknown> = {}, allow = [server.host]) {
  return examine(httpResponds, outside({ http: createHttp({ allow }) }, { url: server.origin + path, ...options }));
}

verifierContract({
  verifier: httpResponds,
  supporting: () =>
    Promise.resolve(
      outside(
        { http: createHttp({ allow: [server.host] }) },
        { url: `${server.origin}/health`, json: { '/status': 'ok' } },
      ),
    ),
  refuting: () =>
    Promise.resolve(outside({ http: createHttp({ allow: [server.host] }) }, { url: `${server.origin}/no-such-page` })),
});

/** Every text in a look, wherever it is. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('what an answer says', () => {
  test.each([
    ['/home', {}, 'supported'],
    ['/moved', {}, 'supported'],
    ['/moved', { status: 302 }, 'supported'],
    ['/moved', { status: '3xx' }, 'supported'],
    ['/404', {}, 'refuted'],
    ['/500', {}, 'refuted'],
    ['/503', {}, 'refuted'],
    ['/later', {}, 'inconclusive'],
    ['/401', {}, 'inconclusive'],
    ['/403', {}, 'inconclusive'],
    ['/400', {}, 'inconclusive'],
    ['/405', {}, 'inconclusive'],
    ['/426', {}, 'inconclusive'],
    ['/410', {}, 'refuted'],
    ['/405', { status: 200 }, 'refuted'],
    ['/login', {}, 'supported'],
    ['/private', {}, 'inconclusive'],
    ['/private', { contains: 'Welcome' }, 'inconclusive'],
    ['/private', { contains: 'Who' }, 'supported'],
    ['/403', { status: 200 }, 'refuted'],
    ['/403', { status: [401, 403] }, 'supported'],
    ['/check', { status: 200 }, 'inconclusive'],
    ['/408', { status: 200 }, 'inconclusive'],
    ['/429', { status: 200 }, 'inconclusive'],
    ['/502', { status: 200 }, 'inconclusive'],
    ['/504', {}, 'inconclusive'],
    ['/521', {}, 'inconclusive'],
    ['/502', { status: 502 }, 'supported'],
    ['/home', { contains: 'Welcome', matches: '<h\\d>' }, 'supported'],
    ['/home', { contains: ['Welcome', 'Goodbye'] }, 'refuted'],
    ['/home', { matches: '^Welcome' }, 'refuted'],
    ['/years', { matches: '(a+)+~' }, 'inconclusive'],
    ['/home', { headers: { 'Content-Type': 'TEXT/html' } }, 'supported'],
    ['/home', { headers: { 'x-none': '1' } }, 'refuted'],
    ['/home', { json: { '': {} } }, 'refuted'],
    ['/health', { json: { '/checks/0': { up: true, name: 'db' } } }, 'supported'],
    ['/health', { json: { '/checks/0/up': false } }, 'refuted'],
    ['/health', { json: { '/checks/1': null } }, 'refuted'],
    ['/home', { method: 'HEAD' }, 'supported'],
  ])('%s with %j: %s', async (path, options, outcome) => {
    const seen = await look(path, options);
    expect(seen.outcome, seen.message).toBe(outcome);
    expect(seen.ran.length).toBe(outcome === 'refuted' ? 2 : 1);
  });

  test('two looks that do not agree refute nothing', async () => {
    const seen = await look('/every-other');
    expect(seen.outcome).toBe('inconclusive');
    expect(seen.message).toMatch(/do not agree.*500.*200/);
  });

  test('an address that is not allowed is an error that says what to allow', async () => {
    const seen = await look('/home', {}, []);
    expect(seen).toMatchObject({ outcome: 'error', facts: { hindrance: 'refused-address' }, ran: [] });
    expect(seen.message).toContain('network.allow');
  });

  test('of several URLs the worst decides', async () => {
    const seen = await look('', { url: [`${server.origin}/home`, `${server.origin}/404`] });
    expect(seen).toMatchObject({ outcome: 'refuted', boundTo: { url: `${server.origin}/404` } });
    expect(seen.facts).toMatchObject({ '1.status': 200, '2.status': 404 });
  });

  test.each([
    { headers: { 'x-name': 'other' } },
    { json: { '/name': 'other' } },
    { json: { '/long': 'other' } },
    { status: 404 },
  ])('what a stranger writes into headers and bodies obeys nobody: %j', async (options) => {
    const seen = await look('/hostile', options);
    expect(seen.outcome, seen.message).toBe('refuted');
    expect(strings(seen).filter((text) => text !== printable(text))).toEqual([]);
    expect(seen.message.length).toBeLessThan(1_000);
  });

  test('the body is kept', async () => {
    expect((await look('/home')).artifacts).toMatchObject([{ name: 'body', bytes: 16 }]);
  });
});

describe.skipIf(lacks('openssl'))('certificates', () => {
  test.each([
    ['current', {}, 'supported'],
    ['expired', {}, 'refuted'],
    ['expired', { tls: 'any' }, 'supported'],
    ['other-name', {}, 'refuted'],
  ] as const)('%s with %j: %s', async (kind, options, outcome) => {
    const tls = makeCertificate(kind);
    const secure = await startServer(html('safe'), tls);
    const http = createHttp({ allow: [secure.host], ca: tls.cert });
    const seen = await examine(httpResponds, outside({ http }, { url: secure.origin, ...options }));
    await secure.close();
    expect(seen.outcome, seen.message).toBe(outcome);
  });

  test('of an authority that only this machine may not know: inconclusive', async () => {
    const secure = await startServer(html('safe'), makeCertificate('current'));
    const http = createHttp({ allow: [secure.host] });
    const seen = await examine(httpResponds, outside({ http }, { url: secure.origin }));
    await secure.close();
    expect(seen.outcome, seen.message).toBe('inconclusive');
  });
});

test('a body cannot be asked of HEAD', () => {
  expect(httpResponds.options.safeParse({ method: 'HEAD', contains: 'x' }).success).toBe(false);
  expect(httpResponds.options.safeParse({ method: 'HEAD', json: { '/a': 1 } }).success).toBe(false);
});

test('words name URLs, and paths on the target', () => {
  const target = { url: 'https://example.com/app' };
  expect(fromWords(httpResponds, ['https://a.example/x', 'server.ts'], target)).toEqual({
    url: ['https://a.example/x'],
  });
  expect(fromWords(httpResponds, ['/health'], target)).toEqual({ url: ['https://example.com/health'] });
  expect(fromWords(httpResponds, ['staging'], target)).toEqual({ url: ['https://example.com/app'] });
  expect(fromWords(httpResponds, ['/health'])).toEqual({});
});

test('without a URL there is nothing to judge', async () => {
  expect(await examine(httpResponds, outside({}, {}))).toMatchObject({ outcome: 'not-applicable' });
});

test('credentials in a URL are not in the evidence', async () => {
  const url = `http://me:s3cr3t-of-the-test-1@${server.host}/home?access_token=s3cr3t-of-the-test-1`;
  const seen = await examine(httpResponds, outside({ http: createHttp({ allow: [server.host] }) }, { url }));
  expect(seen.outcome).toBe('supported');
  expect(JSON.stringify(seen)).not.toContain('s3cr3t-of-the-test-1');
});
