import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { npmSettings } from './npm-settings.ts';

function home(): string {
  const dir = mkdtempSync(join(tmpdir(), 'factum-npmrc-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test("variables, the user's file and the machine's, without tokens", async () => {
  const HOME = home();
  mkdirSync(join(HOME, 'etc'));
  writeFileSync(join(HOME, '.npmrc'), '@org:registry=https://user.example/\n//user.example/:_authToken=s3cret\n');
  writeFileSync(join(HOME, 'etc', 'npmrc'), 'registry=https://machine.example/\n');
  const env = { HOME, PREFIX: HOME, NPM_CONFIG_REGISTRY: 'https://env.example/', npm_config__authToken: 's3cret' };
  const found = await npmSettings(env);
  expect(found).toEqual({
    ok: true,
    value: [
      { registry: 'https://env.example/' },
      { '@org:registry': 'https://user.example/' },
      { registry: 'https://machine.example/' },
    ],
  });
  writeFileSync(join(HOME, 'other'), 'registry=https://other.example/\n');
  const other = await npmSettings({ HOME, npm_config_userconfig: join(HOME, 'other') });
  expect(other).toEqual({ ok: true, value: [{ registry: 'https://other.example/' }] });
});

test('none is none; one that cannot be read is no "none"', async () => {
  const HOME = home();
  expect(await npmSettings({ HOME })).toEqual({ ok: true, value: [] });
  writeFileSync(join(HOME, '.npmrc'), 'x'.repeat(1_000_001));
  expect(await npmSettings({ HOME })).toMatchObject({ ok: false, why: 'too-large' });
  expect(await npmSettings({ HOME: join(HOME, 'a\0b') })).toMatchObject({ ok: false, why: 'broken' });
});
