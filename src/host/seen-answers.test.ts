import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seenAnswersIn } from './seen-answers.ts';

async function folder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'factum-seen-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  return join(parent, 'factum');
}

test('what was seen is kept for this user alone, once, whoever writes beside', async () => {
  const dir = await folder();
  expect(await seenAnswersIn(dir).all()).toEqual(new Set());
  await seenAnswersIn(dir).remember([]);
  await expect(stat(dir)).rejects.toThrow('ENOENT');
  const keys = Array.from({ length: 40 }, (_, n) => `["claim",${n}]`);
  await Promise.all(keys.map((key) => seenAnswersIn(dir).remember([key])));
  await seenAnswersIn(dir).remember(keys);
  const { size, mode } = await stat(join(dir, 'seen-answers'));
  expect({ size, mode: mode & 0o777 }).toEqual({ size: keys.join('\n').length + 1, mode: 0o600 });
  expect(await seenAnswersIn(dir).all()).toEqual(new Set([...keys, '']));
});

test('a place that cannot be used gets a coded error', async () => {
  const dir = await folder();
  await writeFile(dir, '');
  await expect(seenAnswersIn(dir).all()).rejects.toMatchObject({ code: 'CONFIG_FOLDER' });
  await expect(seenAnswersIn(dir).remember(['a'])).rejects.toMatchObject({ code: 'CONFIG_FOLDER' });
});
