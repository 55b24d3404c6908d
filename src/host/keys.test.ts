import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseEnvelope, signEnvelope } from '../core/ledger/dsse.ts';
import { configurationFolder } from './configuration-folder.ts';
import { envelopeSigner } from './envelope-signer.ts';
import { machineKeys } from './keys.ts';
import { trustIn } from './trust.ts';

async function folder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'factum-keys-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  return join(parent, 'factum');
}

async function folderWithKey(): Promise<{ dir: string; path: string }> {
  const dir = await folder();
  await machineKeys(dir).own();
  return { dir, path: join(dir, 'machine.key') };
}

const message = new TextEncoder().encode('a message');

test('the key is made on first use, for this user only, and stays', async () => {
  const { dir, path } = await folderWithKey();
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toContain('BEGIN PRIVATE KEY');
  expect(await readdir(dir)).toEqual(['machine.key']);

  const key = await machineKeys(dir).own();
  expect((await machineKeys(dir).own()).publicKey).toBe(key.publicKey);
  const envelope = parseEnvelope(await signEnvelope('type', message, key));
  if (envelope === undefined) throw new Error('not an envelope');
  expect(await envelopeSigner(envelope)).toMatchObject({ kind: 'machine', fingerprint: key.keyid });
  expect(await envelopeSigner({ ...envelope, payload: new Uint8Array([1]) })).toBe('signature-mismatch');
});

test('the key id is the fingerprint that ssh-keygen prints', async ({ skip }) => {
  const { dir, path } = await folderWithKey();
  if (spawnSync('ssh-keygen', ['-?']).error !== undefined) skip('this machine has no ssh-keygen');
  const publicKey = spawnSync('ssh-keygen', ['-y', '-f', path], { encoding: 'utf8' });
  const shown = spawnSync('ssh-keygen', ['-l', '-f', '-'], { encoding: 'utf8', input: publicKey.stdout });
  expect(shown.stdout.split(' ')[1]).toBe((await machineKeys(dir).own()).keyid);
});

test('of many that start at once, all end with one key', async () => {
  const dir = await folder();
  const keys = await Promise.all(Array.from({ length: 20 }, () => machineKeys(dir).own()));
  expect(new Set(keys.map(({ keyid }) => keyid)).size).toBe(1);
  expect(await readdir(dir)).toEqual(['machine.key']);
});

test('a key that others may read is refused, and how to mend it is said', async () => {
  const { dir, path } = await folderWithKey();
  await chmod(path, 0o644);
  await expect(machineKeys(dir).own()).rejects.toMatchObject({
    code: 'KEY_UNREADABLE',
    message: expect.stringContaining(`expected mode 600, got 644; chmod 600 ${path}`),
  });
});

test.skipIf(process.getuid?.() !== 0)('a key of another owner is refused', async () => {
  const { dir, path } = await folderWithKey();
  await chown(path, 65_534, 65_534);
  await expect(machineKeys(dir).own()).rejects.toMatchObject({
    code: 'KEY_UNREADABLE',
    message: expect.stringContaining('expected user 0 to own it, got user 65534'),
  });
});

test.each([
  ['no key', 'not a key'],
  [
    'a key of another kind',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
])('%s is refused and left alone', async (_, content) => {
  const { dir, path } = await folderWithKey();
  await writeFile(path, content);
  await expect(machineKeys(dir).own()).rejects.toMatchObject({ code: 'KEY_UNREADABLE' });
  expect(await readFile(path, 'utf8')).toBe(content);
});

test('a folder below a file cannot be made: the folder is named, not a key in it', async () => {
  const { path } = await folderWithKey();
  await expect(machineKeys(join(path, 'factum')).own()).rejects.toMatchObject({ code: 'CONFIG_FOLDER' });
});

test('the configuration folder follows XDG', () => {
  expect(configurationFolder({ XDG_CONFIG_HOME: '/configuration' })).toBe('/configuration/factum');
  expect(configurationFolder({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/factum$/);
  expect(configurationFolder({})).toMatch(/\/\.config\/factum$/);
});

test('trust is per digest and repository, and recorded by many at once', async () => {
  const dir = await folder();
  const here = await mkdtemp(join(tmpdir(), 'factum-here-'));
  onTestFinished(() => rm(here, { recursive: true }));
  const trust = trustIn(dir);
  expect(await trust.isTrusted('d1', here)).toBe(false);
  await Promise.all(['d1', 'd1', 'd2'].map((digest) => trust.record(digest, here, '2026-01-01T00:00:00Z')));
  expect(await trust.isTrusted('d1', here)).toBe(true);
  expect(await trust.isTrusted('d2', here)).toBe(true);
  expect(await trust.isTrusted('d3', here)).toBe(false);
  expect(await trust.isTrusted('d1', tmpdir())).toBe(false);
});
