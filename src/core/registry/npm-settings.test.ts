import { describe, expect, test } from 'vitest';
import { placesFor, type PublishingFiles, registriesIn } from './npm-settings.ts';

const nothing: PublishingFiles = { npmrc: [], others: [] };
const open = 'https://registry.npmjs.org';

test('of an .npmrc only registries are read', () => {
  const text = [
    '; registry=https://commented.example',
    '# @org:registry=https://commented.example',
    'registry = "https://one.example/"',
    "@org:registry='https://two.example/npm/'",
    '//two.example/npm/:_authToken=npm_secret',
    '_auth=c2VjcmV0',
    'always-auth=true',
    '[section]',
    'registry=https://not-npm.example',
  ].join('\r\n');
  expect(registriesIn(text)).toEqual({ registry: 'https://one.example/', '@org:registry': 'https://two.example/npm/' });
  expect(JSON.stringify(registriesIn(text))).not.toContain('ecret');
});

describe('where a package would be published', () => {
  const scoped = '@org:registry=https://org.example/';
  const manifest = JSON.stringify({ publishConfig: { registry: 'https://own.example' } });
  const cases: readonly [string, string, Partial<PublishingFiles>, readonly string[], string | undefined][] = [
    ['nothing said', '@org/a', {}, [open], undefined],
    ['the scope of the project', '@org/a', { npmrc: [scoped] }, ['https://org.example'], undefined],
    ['the scope of another package', '@other/a', { npmrc: [scoped] }, [open], undefined],
    ['its own publishConfig', 'a', { manifest }, ['https://own.example'], undefined],
    ['both', '@org/a', { manifest, npmrc: [scoped] }, ['https://own.example', 'https://org.example'], undefined],
    ['the public one, by another name', 'a', { npmrc: ['registry=https://registry.yarnpkg.com/'] }, [open], undefined],
    ['a mirror', 'a', { npmrc: ['registry=https://m.example/'] }, ['https://m.example', open], 'only mirror'],
    ['a variable', '@org/a', { npmrc: ['@org:registry=${REGISTRY}'] }, [], 'named by a variable'],
    [
      'credentials',
      '@org/a',
      { npmrc: ['@org:registry=https://me:pw@org.example/'] },
      ['https://org.example'],
      undefined,
    ],
    ['Yarn', 'a', { others: ['npmRegistryServer: "https://y.example"'] }, [open], 'https://y.example'],
    ['a workflow', 'a', { others: ['  registry-url: https://npm.pkg.github.com'] }, [open], 'npm.pkg.github.com'],
    ['a variable in a workflow', 'a', { others: ['  registry-url: ${{ vars.NPM }}'] }, [open], '${{'],
    [
      'the public one in a workflow',
      'a',
      { others: ['  registry-url: https://registry.npmjs.org/'] },
      [open],
      undefined,
    ],
  ];
  test.each(cases)('%s', (...[, name, files, urls, doubt]) => {
    const places = placesFor(name, { ...nothing, ...files }, []);
    expect(places.urls).toEqual(urls);
    if (doubt === undefined) expect(places.doubt).toBeUndefined();
    else expect(places.doubt).toContain(doubt === 'named by a variable' ? '${REGISTRY}' : doubt);
  });

  test('the user and the project may both be right', () => {
    const places = placesFor('@org/a', { ...nothing, npmrc: [scoped] }, [{ '@org:registry': 'https://user.example' }]);
    expect(places.urls).toEqual(['https://org.example', 'https://user.example']);
  });
});
