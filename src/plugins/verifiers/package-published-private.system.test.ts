import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalServer, startServer } from '../../../test/http-server.ts';
import { lacks } from '../../../test/needs.ts';
import { examine, outside, outsidePorts } from '../../../test/outside-ports.ts';
import { type Registry, startRegistry } from '../../../test/registry.ts';
import { examinationOf, testRoom } from '../../../test/repository.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { type NpmSettings, seen, type VerifierPorts } from '../../core/ports.ts';
import { createHttp } from '../../host/net/http.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { packagePublished } from './package-published.ts';

const publicUrl = 'https://registry.npmjs.org';
const scope = (url: string) => `@org:registry=${url}/\n`;

describe.skipIf(lacks('npm'))('a registry that only settings name', () => {
  const room = testRoom();
  let open: Registry;
  let own: Registry;
  let closed: Registry;
  let canary: LocalServer;
  const headers: string[] = [];
  beforeAll(async () => {
    canary = await startServer((request, response) => {
      headers.push(JSON.stringify(request.headers));
      response.writeHead(404).end('{}');
    });
    [open, own, closed] = await Promise.all([startRegistry(), startRegistry(), startRegistry('$authenticated')]);
    open.publish('@org/open', '1.0.0');
    for (const name of ['@org/app', 'app']) own.publish(name, '1.0.0');
    closed.publish('@org/app', '1.0.0');
  });
  afterAll(async () => {
    room.remove();
    await Promise.all([open, own, closed, canary].map((each) => each.close()));
  });

  interface Asked {
    readonly files?: Readonly<Record<string, string>>;
    readonly user?: readonly NpmSettings[];
    readonly allow?: readonly string[];
  }

  /** The public registry's part is played by a real one on this machine. */
  async function examination(pin: string, { files = {}, user = [], allow }: Asked = {}) {
    const repository = room.repository();
    repository.commit('all', { 'README.md': 'x', ...files });
    const { ports, workspace } = await examinationOf(repository);
    const http = createHttp({ allow: allow ?? [open.host, own.host, closed.host, canary.host] });
    const given: Partial<VerifierPorts> = {
      readFile: ports.readFile,
      findFiles: ports.findFiles,
      npmSettings: () => Promise.resolve(seen(user)),
      http: (request) => http({ ...request, url: request.url.replace(publicUrl, open.url) }),
    };
    const looked = { ...outside({}, { packages: [pin] }, 'published'), ports: outsidePorts(given) };
    return workspace === undefined ? looked : { ...looked, workspace };
  }

  async function look(pin: string, asked: Asked = {}): Promise<Look> {
    return examine(packagePublished, await examination(pin, asked));
  }

  verifierContract({
    verifier: packagePublished,
    supporting: () => examination('@org/app@1.0.0', { files: { '.npmrc': scope(own.url) } }),
    refuting: () => examination('@org/app@2.0.0', { files: { '.npmrc': scope(own.url) } }),
  });

  test("is asked, whether the project, the user or the package's own manifest names it", async () => {
    const manifest = (name: string) => JSON.stringify({ name, publishConfig: { registry: own.url } });
    const places: readonly [string, Asked][] = [
      ['@org/app', { files: { '.npmrc': scope(own.url) } }],
      ['@org/app', { user: [{ '@org:registry': own.url }] }],
      ['app', { files: { 'package.json': manifest('app') } }],
      ['@org/app', { files: { 'packages/app/package.json': manifest('@org/app') } }],
      [
        '@org/app',
        { files: { 'packages/app/package.json': '{"name":"@org/app"}', 'packages/app/.npmrc': scope(own.url) } },
      ],
    ];
    for (const [name, asked] of places) {
      expect(await look(`${name}@1.0.0`, asked), name).toMatchObject({ outcome: 'supported' });
      expect(await look(`${name}@2.0.0`, asked), name).toMatchObject({ outcome: 'refuted' });
    }
  });

  test('of two that contradict each other either may have it', async () => {
    const both = { files: { '.npmrc': scope(closed.url) }, user: [{ '@org:registry': own.url }] };
    expect(await look('@org/app@1.0.0', both)).toMatchObject({ outcome: 'supported' });
    expect(await look('@org/app@2.0.0', both)).toMatchObject({ outcome: 'inconclusive' });
  });

  const doubtful: readonly [string, string, () => Asked, string][] = [
    ['that shows strangers nothing', '@org/app@1.0.0', () => ({ files: { '.npmrc': scope(closed.url) } }), '401'],
    [
      'that does not know the package',
      '@org/x@1.0.0',
      () => ({ files: { '.npmrc': scope(own.url) } }),
      'may be private',
    ],
    [
      'named by a variable',
      '@org/app@1.0.0',
      () => ({ files: { '.npmrc': '@org:registry=${REGISTRY}\n' } }),
      'REGISTRY',
    ],
    [
      'that may be a mirror',
      'app@2.0.0',
      () => ({ files: { '.npmrc': `registry=${own.url}\n`, 'package.json': '{"name":"app"}' } }),
      'only mirror',
    ],
    [
      'of Yarn',
      '@org/open@2.0.0',
      () => ({ files: { '.yarnrc.yml': 'npmScopes:\n  org:\n    npmPublishRegistry: https://y.example\n' } }),
      'y.example',
    ],
    [
      'of a workflow',
      '@org/open@2.0.0',
      () => ({ files: { '.github/workflows/r.yml': 'registry-url: https://npm.pkg.github.com\n' } }),
      'npm.pkg',
    ],
  ];
  test.each(doubtful)('%s refutes nothing', async (_, pin, asked, words) => {
    const found = await look(pin, asked());
    expect(found.outcome, found.message).toBe('inconclusive');
    expect(found.message).toContain(words);
  });

  test('the public registry refutes what it shows, and what nobody can hide there', async () => {
    expect(await look('@org/open@1.0.0')).toMatchObject({ outcome: 'supported' });
    expect(await look('@org/open@2.0.0')).toMatchObject({ outcome: 'refuted' });
    expect(await look('@org/app@1.0.0')).toMatchObject({ outcome: 'inconclusive' });
    const mine = { files: { 'package.json': '{"name":"app"}' } };
    expect(await look('app@1.0.0', mine)).toMatchObject({ outcome: 'refuted' });
  });

  test('on a private network is asked only if that is allowed, and never with anything secret', async () => {
    const url = canary.origin.replace('//', '//me:s3cret@');
    const files = { '.npmrc': `${scope(url)}//${canary.host}/:_authToken=s3cret\n` };
    const refused = await look('@org/app@1.0.0', { files, allow: [] });
    expect(refused).toMatchObject({ outcome: 'error', facts: { hindrance: 'refused-address' } });
    expect(canary.connections()).toBe(0);
    const asked = await look('@org/app@1.0.0', { files });
    expect(asked).toMatchObject({ outcome: 'inconclusive' });
    expect(headers.length).toBeGreaterThan(0);
    expect(headers.join('') + JSON.stringify(asked)).not.toMatch(/s3cret|authorization/i);
  });
});
