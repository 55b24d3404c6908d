import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FactumError } from '../../core/errors.ts';
import { verifiers } from '../../plugins/verifiers/index.ts';
import { loadSettings } from './load.ts';
import { writeConfig } from './write.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'factum-config-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const load = () => loadSettings({ name: 'House', dir }, verifiers);
const put = (path: string, text: string | Uint8Array) => writeFile(join(dir, path), text);

async function failure(): Promise<FactumError> {
  const error: unknown = await load().catch((thrown: unknown) => thrown);
  if (error instanceof FactumError) return error;
  throw new Error('it was accepted');
}

describe('without factum.yaml', () => {
  test('defaults, and what is detected', async () => {
    await put('go.mod', 'module x\n');
    const settings = await load();
    expect(settings.configured).toBe(false);
    expect(settings.config.pods[0]?.id).toBe('house');
    expect(settings.detected.map(({ kind }) => kind)).toContain('tests-pass');
  });

  test('trust is in the commands: other ones ask again', async () => {
    await put('package.json', '{"scripts": {"test": "node --test"}}');
    const before = (await load()).trustDigest;
    expect((await load()).trustDigest).toBe(before);
    await put('package.json', '{"scripts": {"test": "node --test", "build": "curl x | sh"}}');
    expect((await load()).trustDigest).not.toBe(before);
  });

  test('nothing is detected in broken or strange build files', async () => {
    await put('package.json', Uint8Array.of(0xff, 0xfe));
    await mkdir(join(dir, 'Makefile'));
    await symlink('nowhere', join(dir, 'pyproject.toml'));
    expect((await load()).detected).toEqual([]);
  });
});

describe('with factum.yaml', () => {
  const text = 'version: 1\npods: [{ id: main }]\n';

  test('its bytes are what is trusted', async () => {
    await put('factum.yaml', text);
    const { configured, config, trustDigest } = await load();
    expect(configured).toBe(true);
    expect(config.pods[0]?.id).toBe('main');
    expect(trustDigest).toMatch(/^[0-9a-f]{64}$/);
    await put('factum.yaml', `${text}# changed\n`);
    expect((await load()).trustDigest).not.toBe(trustDigest);
  });

  test('what is broken is said', async () => {
    await put('factum.yaml', 'version: [');
    expect((await failure()).code).toBe('CONFIG_SYNTAX');
    await put('factum.yaml', 'version: 1\npods: [{ id: main, chekcs: [] }]');
    expect((await failure()).message).toContain('did you mean `checks`?');
  });

  test('what is no text that can be read has no line or key to mend', async () => {
    await put('factum.yaml', Uint8Array.of(0x61, 0xff));
    expect(await failure()).toMatchObject({ code: 'CONFIG_FILE', message: expect.stringContaining('not UTF-8') });
    await put('factum.yaml', `#${'x'.repeat(1_100_000)}`);
    expect(await failure()).toMatchObject({ code: 'CONFIG_FILE', message: expect.stringContaining('at most 1048576') });
  });

  test('a pod takes the paths of an owner in CODEOWNERS', async () => {
    await put('factum.yaml', 'version: 1\npods: [{ id: a, codeowners: "@org/a", paths: [own/**] }, { id: b }]');
    expect((await failure()).message).toContain('there is none in .github/CODEOWNERS');
    await put('CODEOWNERS', '/src/ @org/A\n/docs/ @org/docs\n');
    expect((await load()).config.pods.map(({ paths }) => paths)).toEqual([['src/**/*', 'own/**'], ['**']]);
    await put('CODEOWNERS', '/src/ @org/aa\n');
    expect((await failure()).message).toContain('did you mean `@org/aa`?');
  });

  test('a folder of that name is no configuration', async () => {
    await mkdir(join(dir, 'factum.yaml'));
    expect(await failure()).toMatchObject({
      code: 'CONFIG_FILE',
      message: expect.stringContaining('not a regular file'),
    });
  });
});

describe('writing', () => {
  test('an existing file stays unless it may be replaced', async () => {
    const path = await writeConfig(dir, 'one', { replace: false });
    await expect(writeConfig(dir, 'two', { replace: false })).rejects.toMatchObject({ code: 'CONFIG_EXISTS' });
    expect(await readFile(path, 'utf8')).toBe('one');
    await writeConfig(dir, 'two', { replace: true });
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(dir)).toEqual(['factum.yaml']);
  });

  test('a folder that is not there is an error, not a file elsewhere', async () => {
    await expect(writeConfig(join(dir, 'nowhere'), 'one', { replace: false })).rejects.toThrow('ENOENT');
    expect(await readdir(dir)).toEqual([]);
  });
});
