import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html, json, type LocalServer, routes, startServer } from '../../../test/http-server.ts';
import { lacks } from '../../../test/needs.ts';
import { examine, fromWords, outside, outsidePorts } from '../../../test/outside-ports.ts';
import { type Registry, startRegistry } from '../../../test/registry.ts';
import { createHttp } from '../../host/net/http.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { packagePublished } from './package-published.ts';

function look(at: { readonly host: string }, options: Record<string, unknown>) {
  return examine(packagePublished, outside({ http: createHttp({ allow: [at.host] }) }, options));
}

describe.skipIf(lacks('npm'))('npm, with a real registry', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
    registry.publish('small-thing', '1.2.3');
    registry.publish('old-thing', '0.1.0');
    registry.deprecate('old-thing', '0.1.0', 'use small-thing');
    registry.publish('@scope/thing', '2.0.0');
  });
  afterAll(() => registry.close());

  const options = () => ({ registry: 'npm', registry_url: registry.url, name: 'small-thing' });
  const ports = () => ({ http: createHttp({ allow: [registry.host] }) });

  verifierContract({
    verifier: packagePublished,
    supporting: () => Promise.resolve(outside(ports(), { ...options(), version: '1.2.3' })),
    refuting: () => Promise.resolve(outside(ports(), { ...options(), version: '9.9.9' })),
  });

  test.each([
    [{ name: 'no-such-thing', version: '1.0.0' }, 'inconclusive', 'may be private'],
    [{ name: '@scope/thing', version: '2.0.0' }, 'supported', ''],
    [{ name: '@scope/thing', version: '2.0.1' }, 'refuted', 'without 2.0.1'],
    [{ version: '1.2.3+build.5' }, 'supported', ''],
    [{ version: '1.2' }, 'inconclusive', 'no whole version'],
    [{ name: '@scope/other', version: '2.0.0' }, 'inconclusive', 'may be private'],
    [{ name: 'old-thing', version: '0.1.0' }, 'supported', 'deprecated: use small-thing'],
    [{ version: '1.2.3', digest: 'a'.repeat(40) }, 'refuted', 'not with'],
    [{ version: '1.2.3', digest: 'a'.repeat(64) }, 'inconclusive', 'no sha256'],
  ])('%j: %s', async (given, outcome, words) => {
    const seen = await look(registry, { ...options(), ...given });
    expect(seen.outcome, seen.message).toBe(outcome);
    expect(seen.message).toContain(words);
  });

  test('the digest that npm itself computed', async () => {
    const document = (await (await fetch(`${registry.url}/small-thing/1.2.3`)).json()) as {
      readonly dist: { readonly integrity: string; readonly shasum: string };
    };
    for (const digest of [document.dist.integrity, document.dist.shasum, `sha1:${document.dist.shasum}`]) {
      expect(await look(registry, { ...options(), version: '1.2.3', digest })).toMatchObject({ outcome: 'supported' });
    }
  });

  test('a registry that is gone refutes nothing', async () => {
    const closed = await startServer();
    await closed.close();
    const seen = await look(closed, { ...options(), registry_url: closed.origin, version: '9.9.9' });
    expect(seen).toMatchObject({ outcome: 'inconclusive', facts: { hindrance: 'unreachable' } });
  });

  test('a page in place of the registry refutes nothing', async () => {
    const portal = await startServer(html('<p>log in to the wireless network</p>', 404));
    const seen = await look(portal, { ...options(), registry_url: portal.origin, version: '9.9.9' });
    await portal.close();
    expect(seen.outcome, seen.message).toBe('inconclusive');
  });
});

describe('PyPI, with its response shapes', () => {
  const sha256 = 'b'.repeat(64);
  const release = (version: string, yanked: boolean) => ({
    info: { name: 'demo', version, yanked, yanked_reason: yanked ? 'broken build' : null },
    last_serial: 1,
    urls: [
      {
        filename: `demo-${version}.tar.gz`,
        digests: { md5: 'x', blake2b_256: 'x', sha256 },
        yanked,
        packagetype: 'sdist',
      },
    ],
    vulnerabilities: [],
  });
  let pypi: LocalServer;
  beforeAll(async () => {
    pypi = await startServer(
      routes({
        '/pypi/demo/1.0/json': json(release('1.0', false)),
        '/pypi/demo/0.9/json': json(release('0.9', true)),
        '/pypi/demo/json': json({ ...release('1.0', false), releases: { '0.9': [], '1.0': [] } }),
        '/pypi/cached/json': json(release('1.0', false), 200, { age: '120' }),
        '/pypi/down/json': json({}, 503),
        '/simple/': html('<!DOCTYPE html><title>Simple index</title>'),
      }),
    );
  });
  afterAll(() => pypi.close());

  test.each([
    ['demo==1.0', {}, 'supported', ''],
    ['demo==1.0', { digest: sha256 }, 'supported', sha256],
    ['demo==1.0', { digest: 'c'.repeat(64) }, 'refuted', 'not with'],
    ['demo==0.9', {}, 'supported', 'yanked: broken build'],
    ['demo==2.0', {}, 'refuted', 'newest 1.0'],
    ['cached==2.0', {}, 'inconclusive', 'cache kept for 120 s'],
    ['down==2.0', {}, 'inconclusive', '503'],
    ['nobody==1.0', {}, 'refuted', 'no project nobody'],
  ])('%s %j: %s', async (pin, given, outcome, words) => {
    const seen = await look(pypi, { registry_url: pypi.origin, packages: [pin], ...given });
    expect(seen.outcome, seen.message).toBe(outcome);
    expect(seen.message).toContain(words);
  });
});

describe('OCI, with its token challenge and media types', () => {
  const image = `sha256:${'d'.repeat(64)}`;
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: image, size: 7, platform: { os: 'linux' } },
    ],
  });
  const digest = `sha256:${createHash('sha256').update(index).digest('hex')}`;
  let registry: LocalServer;
  beforeAll(async () => {
    registry = await startServer((request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      if (path === '/token') return json({ token: 'for-anybody' })(request, response);
      if (request.headers.authorization !== 'Bearer for-anybody') {
        const challenge = `Bearer realm="${registry.origin}/token",service="test",scope="repository:org/app:pull"`;
        return json({ errors: [{ code: 'UNAUTHORIZED' }] }, 401, { 'www-authenticate': challenge })(request, response);
      }
      return routes({
        '/v2/org/app/manifests/1.0': (asked, answer) => {
          const type = 'application/vnd.oci.image.index.v1+json';
          if (asked.headers.accept?.includes(type) !== true) return void answer.writeHead(404).end();
          answer.writeHead(200, { 'content-type': type, 'docker-content-digest': digest }).end(index);
        },
        '/v2/org/app/tags/list': json({ name: 'org/app', tags: ['1.0'] }),
      })(request, response);
    });
  });
  afterAll(() => registry.close());

  test.each([
    ['org/app', '1.0', {}, 'supported'],
    ['org/app', '1.0', { digest: 'index' }, 'supported'],
    ['org/app', '1.0', { digest: image }, 'supported'],
    ['org/app', '1.0', { digest: `sha256:${'e'.repeat(64)}` }, 'refuted'],
    ['org/app', '2.0', {}, 'refuted'],
    ['org/private', '1.0', {}, 'inconclusive'],
  ])('%s %s %j: %s', async (name, version, given, outcome) => {
    const options = { ...given, ...('digest' in given && given.digest === 'index' && { digest }) };
    const seen = await look(registry, { registry: 'oci', registry_url: registry.origin, name, version, ...options });
    expect(seen.outcome, seen.message).toBe(outcome);
  });
});

test('words name packages with versions', () => {
  const names = [
    'left-pad@1.3.0',
    '@scope/thing@v2.0.0-rc.1',
    'requests==2.31.0',
    'ghcr.io/org/app:1.0',
    'latest',
    '1.2.3',
  ];
  expect(fromWords(packagePublished, names)).toEqual({ packages: names.slice(0, 4) });
  expect(fromWords(packagePublished, ['me@example.com'])).toEqual({});
});

test("a plain name is of no registry, unless it is the repository's own", async () => {
  const words = { packages: ['thing@1.0.0'] };
  expect(await examine(packagePublished, outside({}, words))).toMatchObject({ outcome: 'not-applicable' });
  const asked: string[] = [];
  const text = '{"name":"thing"}';
  const own = { path: 'package.json', text, sha256: '', bytes: text.length, utf8: true };
  const ports = outsidePorts({
    readFile: (_, path) => Promise.resolve({ ok: true, value: path === own.path ? own : undefined }),
    findFiles: () => Promise.resolve({ ok: true, value: [] }),
    npmSettings: () => Promise.resolve({ ok: true, value: [] }),
    http: ({ url }) => {
      asked.push(url);
      return Promise.resolve({ ok: false, why: 'unreachable', message: 'no network in this test' });
    },
  });
  const workspace = { dir: '/', place: 'in-place', tree: '' } as const;
  await examine(packagePublished, { ...outside({}, words), workspace, ports });
  expect(asked).toEqual(['https://registry.npmjs.org/thing/1.0.0']);
});
