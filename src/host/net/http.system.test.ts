import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../../test/certificate.ts';
import { type DnsServer, startDns } from '../../../test/dns-server.ts';
import { html, type LocalServer, redirectTo, routes, startServer } from '../../../test/http-server.ts';
import { lacks } from '../../../test/needs.ts';
import type { HttpAnswer, HttpRequest, Seen } from '../../core/ports.ts';
import { whyForbidden } from './address.ts';
import { createHttp } from './http.ts';
import type { GuardOptions, ResolvedAddress } from './guard.ts';

let canary: LocalServer;
let server: LocalServer;
let dns: DnsServer;
const heard: { readonly path: string; readonly headers: Record<string, unknown> }[] = [];

/** Unallocated global unicast: open to the guard, reached by nobody. */
const nowhere: ResolvedAddress = { address: '2e00::1', family: 6 };

beforeAll(async () => {
  canary = await startServer();
  dns = await startDns({ 'private.example': [['127.0.0.1']], 'metadata.example': [['169.254.169.254']] });
  server = await startServer((request, response) => {
    heard.push({ path: request.url ?? '', headers: request.headers });
    routes({
      '/': html('hello'),
      '/to-canary': redirectTo(canary.origin),
      '/to-decimal': redirectTo(`http://2130706433:${canary.port}/`),
      '/to-mapped': redirectTo(`http://[::ffff:127.0.0.1]:${canary.port}/`),
      '/to-file': redirectTo('file:///etc/passwd'),
      '/to-name': redirectTo(`http://private.example:${canary.port}/`),
      '/loop': redirectTo('/loop'),
      '/here': redirectTo('/'),
      '/elsewhere': redirectTo(`http://localhost:${server.port}/`),
      '/gzip': (_, answer) => void answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')),
      '/br': (_, answer) => void answer.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('packed')),
      '/bomb': (_, answer) =>
        void answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2 ** 28))),
      '/latin': (_, answer) =>
        void answer.writeHead(200, { 'content-type': 'text/plain; charset=latin1' }).end(Buffer.from([0xe9])),
      '/half': (_, answer) => void answer.writeHead(200).write('half'),
      '/cut': (_, answer) => {
        answer.writeHead(200, { 'content-length': '10' }).write('half', () => answer.destroy());
      },
    })(request, response);
  });
});

afterAll(async () => {
  await Promise.all([canary.close(), server.close(), dns.close()]);
});

function look(request: HttpRequest, options: Partial<GuardOptions> = {}): Promise<Seen<HttpAnswer>> {
  return createHttp({ allow: [server.host, `localhost:${server.port}`], ...options })(request);
}

/** A resolver that asks the test's own DNS server. */
async function askDns(host: string): Promise<readonly ResolvedAddress[]> {
  const resolver = new Resolver();
  resolver.setServers([dns.address]);
  return (await resolver.resolve4(host)).map((address) => ({ address, family: 4 }));
}

describe('a private address is not reached', () => {
  test('whatever the way', async () => {
    const before = canary.connections();
    for (const [way, url] of Object.entries(attacks())) {
      expect(await look({ url }, { resolve: askDns }), way).toMatchObject({ ok: false, why: 'refused-address' });
    }
    expect(canary.connections()).toBe(before);
  });

  test('planted fault: with the hosts allowed, the same ways reach the canary', async () => {
    const allow = ['127.0.0.1', '::ffff:127.0.0.1', 'private.example'];
    const local = Object.entries(attacks()).filter(([way]) => !/metadata|file/.test(way));
    for (const [way, url] of local) {
      const before = canary.connections();
      expect(await look({ url }, { allow, resolve: askDns }), way).toMatchObject({ ok: true });
      expect(canary.connections(), way).toBe(before + 1);
    }
    expect(local.length).toBe(8);
  });

  test('a name that answers differently the second time wins nothing', async () => {
    const resolve = rebinding();
    const before = canary.connections();
    const url = `http://rebind.example:${canary.port}/`;
    expect(await look({ url, timeoutMs: 500 }, { resolve })).toMatchObject({ ok: false });
    expect(resolve.turns).toEqual(['rebind.example']);
    expect(await look({ url }, { resolve })).toMatchObject({ ok: false, why: 'refused-address' });
    expect(canary.connections()).toBe(before);
  });

  test('planted fault: judging one answer and connecting to the next reaches the canary', async () => {
    const resolve = rebinding();
    const before = canary.connections();
    const [judged] = await resolve('rebind.example');
    expect(whyForbidden(judged?.address ?? '')).toBeUndefined();
    const unguarded = { allow: ['rebind.example'], resolve };
    expect(await look({ url: `http://rebind.example:${canary.port}/` }, unguarded)).toMatchObject({ ok: true });
    expect(canary.connections()).toBe(before + 1);
  });
});

describe('an answer is complete', () => {
  test.each([
    ['/', 'hello'],
    ['/gzip', 'packed'],
    ['/br', 'packed'],
    ['/latin', 'é'],
    ['/here', 'hello'],
  ])('%s', async (path, body) => {
    expect(await look({ url: server.origin + path })).toMatchObject({ ok: true, value: { status: 200, body } });
  });

  test('or it is none', async () => {
    expect(await look({ url: `${server.origin}/bomb` })).toMatchObject({ ok: false, why: 'too-large' });
    expect(await look({ url: `${server.origin}/half`, timeoutMs: 300 })).toMatchObject({ ok: false, why: 'time-out' });
    expect(await look({ url: `${server.origin}/cut` })).toMatchObject({ ok: false, why: 'unreachable' });
    expect(await look({ url: `${server.origin}/loop` })).toMatchObject({ ok: false, why: 'broken' });
  });

  test('a redirect is answered itself when asked so', async () => {
    const answer = await look({ url: `${server.origin}/loop`, maxRedirects: 0 });
    expect(answer).toMatchObject({ ok: true, value: { status: 302, headers: { location: '/loop' } } });
  });

  test('a closed port is unreachable', async () => {
    const closed = await startServer();
    await closed.close();
    const answer = await look({ url: closed.origin }, { allow: [closed.host] });
    expect(answer).toMatchObject({ ok: false, why: 'unreachable' });
  });
});

describe('secrets', () => {
  const headers = { Authorization: 'Bearer secret', 'X-Api-Key': 'secret', Accept: 'text/html' };

  test('stay with their origin on redirects', async () => {
    heard.length = 0;
    await look({ url: `${server.origin}/elsewhere`, headers });
    await look({ url: `${server.origin}/here`, headers });
    const [first, crossed, again, same] = heard.map((request) => request.headers);
    for (const kept of [first, again, same]) expect(kept).toMatchObject({ authorization: 'Bearer secret' });
    expect(crossed).toMatchObject({ accept: 'text/html', host: `localhost:${server.port}` });
    expect(JSON.stringify(crossed)).not.toContain('secret');
  });

  test('in a URL are used and never shown', async () => {
    heard.length = 0;
    const answer = await look({ url: `http://me:s3cr3t@${server.host}/` });
    expect(heard[0]?.headers).toMatchObject({ authorization: `Basic ${btoa('me:s3cr3t')}` });
    const refused = await look({ url: 'http://me:s3cr3t@10.0.0.1/' });
    expect(JSON.stringify([answer, refused])).not.toContain('s3cr3t');
  });
});

describe.skipIf(lacks('openssl'))('certificates', () => {
  test.each([
    ['current', /^$/],
    ['expired', /CERT_HAS_EXPIRED/],
    ['other-name', /ALTNAME/],
  ] as const)('%s', async (kind, reason) => {
    const tls = makeCertificate(kind);
    const seenHeaders: unknown[] = [];
    const secure = await startServer((request, response) => {
      seenHeaders.push(request.headers);
      html('safe')(request, response);
    }, tls);
    const http = createHttp({ allow: [secure.host], ca: tls.cert });
    const answer = await http({ url: secure.origin, headers: { authorization: 'secret' } });
    const posted = await http({ url: secure.origin, method: 'POST', body: 'secret' });
    await secure.close();
    const valid = kind === 'current';
    expect(answer).toMatchObject({ ok: true, value: { status: 200, body: 'safe', tls: { valid } } });
    expect(answer.ok && (answer.value.tls?.reason ?? '')).toMatch(reason);
    expect(answer.ok && answer.value.tls?.validTo).toMatch(/^20\d\d-/);
    expect(posted.ok).toBe(valid);
    expect(JSON.stringify(seenHeaders).includes('secret')).toBe(valid);
  });

  test('of an authority that nobody knows', async () => {
    const secure = await startServer(html('safe'), makeCertificate('current'));
    const answer = await createHttp({ allow: [secure.host] })({ url: secure.origin });
    await secure.close();
    expect(answer).toMatchObject({ ok: true, value: { status: 200, tls: { valid: false } } });
  });
});

/** Ways to a private address; all but the last three lead to the canary. */
function attacks(): Readonly<Record<string, string>> {
  return {
    directly: `${canary.origin}/`,
    'by another spelling': `http://0x7f.1:${canary.port}/`,
    'by IPv6': `http://[::ffff:127.0.0.1]:${canary.port}/`,
    'by a DNS answer': `http://private.example:${canary.port}/`,
    'by a redirect': `${server.origin}/to-canary`,
    'by a redirect to a decimal host': `${server.origin}/to-decimal`,
    'by a redirect to a mapped address': `${server.origin}/to-mapped`,
    'by a redirect to a name': `${server.origin}/to-name`,
    'in the metadata range, by a DNS answer': 'http://metadata.example/',
    'as a file, by a redirect': `${server.origin}/to-file`,
    'as the metadata service': 'http://169.254.169.254/latest/meta-data/',
  };
}

/** Answers with an address that is open and one that is not, in turn, and keeps count. */
function rebinding(): NonNullable<GuardOptions['resolve']> & { readonly turns: string[] } {
  const turns: string[] = [];
  const resolve = (host: string): Promise<readonly ResolvedAddress[]> => {
    turns.push(host);
    return Promise.resolve(turns.length % 2 === 1 ? [nowhere] : [{ address: '127.0.0.1', family: 4 }]);
  };
  return Object.assign(resolve, { turns });
}
