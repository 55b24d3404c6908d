import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unheardIn } from './unheard.ts';

const room = mkdtempSync(join(tmpdir(), 'factum-unheard-'));
afterAll(() => rmSync(room, { recursive: true }));
const unheard = unheardIn(() => room);
const folder = join(room, 'unheard');

test('a claim waits for its own session, until it is removed', async () => {
  expect(await unheard.of({ agent: 'a', session: 's' })).toEqual([]);
  await unheard.add('one', { agent: 'a', session: 's', cwd: '/x' });
  await unheard.add('two', { agent: 'a', cwd: '/x' });
  expect(await unheard.of({ agent: 'a', session: 's', cwd: '/elsewhere' })).toEqual(['one']);
  expect(await unheard.of({ agent: 'a', cwd: '/x' })).toEqual(['two']);
  expect(await unheard.of({ agent: 'a', cwd: '/y' })).toEqual([]);
  expect(await unheard.of({ agent: 'b', session: 's' })).toEqual([]);
  await unheard.remove('one');
  expect(await unheard.of({ agent: 'a', session: 's' })).toEqual([]);
});

test('what nobody came back for is forgotten, and a broken file is none', async () => {
  writeFileSync(join(folder, 'broken'), '{');
  const yesterday = Date.now() / 1000 - 90_000;
  utimesSync(join(folder, 'two'), yesterday, yesterday);
  await unheard.add('three', { agent: 'a', cwd: '/x' });
  expect(await unheard.of({ agent: 'a', cwd: '/x' })).toEqual(['three']);
  expect(readdirSync(folder).toSorted()).toEqual(['broken', 'three']);
});

test('a user without a place for it loses nothing else', async () => {
  const nowhere = unheardIn(() => '/proc/nowhere');
  await nowhere.add('one', { agent: 'a' });
  expect(await nowhere.of({ agent: 'a' })).toEqual([]);
  await nowhere.remove('one');
});
