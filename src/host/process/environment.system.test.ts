import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lacks } from '../../../test/needs.ts';
import { folderForTest } from '../../../test/make/runner.ts';
import { environmentReader } from './environment.ts';
import { type Variables, variablesFor } from './variables.ts';

const variables = variablesFor(process.env, []);

function folderWith(files: Readonly<Record<string, string>>): string {
  const dir = folderForTest();
  for (const path of Object.keys(files)) write(dir, path, files[path] ?? '');
  return dir;
}

function write(dir: string, path: string, content: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}

function digestOf(dir: string, seen = variables): Promise<string> {
  return environmentReader()(dir, seen).then(({ digest }) => digest);
}

function at(dir: string): Variables {
  return { ...variables, PATH: `${dir}/node_modules/.bin:${variables['PATH']}` };
}

describe('the digest', () => {
  test('is the same when nothing changed, and for the same set-up elsewhere', async () => {
    const files = { 'package.json': '{}', 'package-lock.json': '{}', 'node_modules/.package-lock.json': '{}' };
    const [one, two] = [folderWith(files), folderWith(files)];
    expect(await digestOf(one, at(one))).toBe(await digestOf(one, at(one)));
    expect(await digestOf(one, at(one))).toBe(await digestOf(two, at(two)));
  });

  test.each([
    'package-lock.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'go.sum',
    'Cargo.lock',
    'uv.lock',
    'requirements-dev.txt',
    'services/api/poetry.lock',
    '.env',
    'services/api/.env.test',
    'node_modules/.package-lock.json',
    'node_modules/.modules.yaml',
    'packages/app/node_modules/.yarn-state.yml',
    'vendor/modules.txt',
  ])('changes with %s', async (path) => {
    const dir = folderWith({ 'README.md': '' });
    const without = await digestOf(dir);
    write(dir, path, 'one');
    const withOne = await digestOf(dir);
    write(dir, path, 'two');
    expect(new Set([without, withOne, await digestOf(dir)]).size).toBe(3);
  });

  test('changes with packages of Python, and of installers that keep no record', async () => {
    const dir = folderWith({ '.venv/lib/python3.12/site-packages/pytest-8.0.0.dist-info/METADATA': '' });
    const digests = [await digestOf(dir)];
    write(dir, '.venv/lib/python3.12/site-packages/attrs-24.1.0.dist-info/METADATA', '');
    digests.push(await digestOf(dir));
    write(dir, 'node_modules/left-pad/package.json', '{}');
    digests.push(await digestOf(dir));
    write(dir, 'node_modules/right-pad/package.json', '{}');
    digests.push(await digestOf(dir));
    expect(new Set(digests).size).toBe(4);
  });

  test('changes with a value that is passed, and does not show it', async () => {
    const dir = folderWith({});
    const read = environmentReader();
    const one = await read(dir, { ...variables, DATABASE_URL: 'postgres://one:s3cret@db' });
    const two = await read(dir, { ...variables, DATABASE_URL: 'postgres://two:s3cret@db' });
    expect(one.digest).not.toBe(two.digest);
    expect(one.variables).toContain('DATABASE_URL');
    expect(JSON.stringify(one)).not.toContain('s3cret');
  });
});

test('the toolchain is the one that commands find', async () => {
  const dir = folderWith({ 'package.json': '{}', 'go.mod': 'module x\n', Gemfile: '' });
  const bin = folderForTest();
  writeFileSync(join(bin, 'node'), '#!/bin/sh\necho v99.0.0\n', { mode: 0o755 });
  const { toolchain } = await environmentReader()(dir, { ...variables, PATH: bin });
  expect(toolchain).toEqual({ node: 'v99.0.0', go: 'not found', ruby: 'not found' });
  const own = await environmentReader()(dir, { ...variables, PATH: dirname(process.execPath) });
  expect(own.toolchain['node']).toBe(process.version);
});

describe.skipIf(lacks('npm'))('npm install', () => {
  test('between two looks changes the digest', async () => {
    const dir = folderWith({
      'package.json': '{"name":"app","version":"1.0.0"}',
      'local/package.json': '{"name":"local","version":"1.0.0"}',
      '.gitignore': 'node_modules/\n',
    });
    const before = await digestOf(dir);
    const install = ['install', '--no-save', '--no-package-lock', '--offline', '--no-audit', '--no-fund', './local'];
    execFileSync('npm', install, { cwd: dir, stdio: 'ignore' });
    expect(await digestOf(dir)).not.toBe(before);
  });
});
