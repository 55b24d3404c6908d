import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factumProcess } from './program.ts';
import { aSuite } from '../make/suite.ts';

// Folders that are not there, take no files, or have odd names: a clear error at once, and nothing in the wrong place.

const { room, world } = aSuite();

function aRepository(name?: string): string {
  const repository = room.repository(name);
  repository.git('config', 'user.email', 'ada@example.org');
  repository.commit('one', { 'package.json': '{ "scripts": { "test": "node --test" } }' });
  return repository.dir;
}

async function answerOf(cwd: string, argv: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
  const all = Object.entries({ ...world.env, ...env }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const { child, ended } = factumProcess(cwd, ['--json', ...argv], Object.fromEntries(all));
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const { exit, out } = await ended;
  clearTimeout(timer);
  const answer = JSON.parse(out === '' ? '{}' : out) as { error?: { code: string; message: string; fix: string } };
  return { exit, out, code: answer.error?.code, message: answer.error?.message };
}

test.each([['check'], ['verify']])('a TMPDIR that is not there: %s', async (verb) => {
  const dir = aRepository();
  expect(await answerOf(dir, ['claim', 'All tests pass.'])).toMatchObject({ exit: 0 });
  const argv = verb === 'check' ? [verb, '--trust', 'All tests pass.'] : [verb, '--trust'];
  const named = 'TMPDIR names /not/there';
  const clean = await answerOf(dir, argv, { TMPDIR: '/not/there' });
  expect(clean.exit).toBe(0);
  expect(clean.out).toContain(named);
  expect(clean.out).toContain('"verdict": "unverified"');
  // With changes, already the tree's hash needs a place.
  writeFileSync(join(dir, 'package.json'), '{ "private": true }');
  const failure = await answerOf(dir, argv, { TMPDIR: '/not/there' });
  expect(failure).toMatchObject({ exit: 3, code: 'TEMPORARY_FOLDER', message: expect.stringContaining(named) });
});

test('--repo with a file, or with nothing behind it', async () => {
  const dir = aRepository();
  expect(await answerOf(dir, ['--repo', 'package.json', 'list'])).toMatchObject({ exit: 2, code: 'NO_FOLDER' });
  expect(await answerOf(dir, ['--repo', '/not/there', 'list'])).toMatchObject({ exit: 2, code: 'NO_FOLDER' });
});

describe('a path with a line break', () => {
  test('of the repository', async () => {
    const dir = aRepository('new\nline');
    for (const argv of [['list'], ['claim', 'All tests pass.'], ['check', '--trust', 'All tests pass.']])
      expect(await answerOf(dir, argv)).toMatchObject({ exit: 2, code: 'REPOSITORY_PATH' });
    expect(existsSync(join(room.dir, 'new'))).toBe(false);
  });

  test('of the repository to which a working tree belongs', async () => {
    const dir = aRepository('main\n/line');
    const tree = join(room.dir, 'tree');
    execFileSync('git', ['worktree', 'add', '--quiet', '--detach', tree], { cwd: dir });
    expect(await answerOf(tree, ['claim', 'All tests pass.'])).toMatchObject({ exit: 2, code: 'REPOSITORY_PATH' });
  });
});

describe("the user's configuration folder", () => {
  const claim = ['claim', 'All tests pass.'];

  test.skipIf(process.platform !== 'linux')('below one that takes no folders', async () => {
    const failure = await answerOf(aRepository(), claim, { XDG_CONFIG_HOME: '/proc/foo' });
    expect(failure).toMatchObject({ exit: 3, code: 'CONFIG_FOLDER' });
  });

  test.skipIf(process.platform !== 'linux')('and other places below one that takes no folders', async () => {
    const dir = aRepository();
    expect(await answerOf(dir, ['diagnose'], { XDG_CACHE_HOME: '/proc' })).toMatchObject({ exit: 0 });
    expect(await answerOf(dir, claim)).toMatchObject({ exit: 0 });
    const key = ['key', 'new', '--without-passphrase'];
    expect(await answerOf(dir, key, { HOME: '/proc/nowhere' })).toMatchObject({ exit: 2, code: 'HUMAN_KEY_PLACE' });
  });

  test('below a file', async () => {
    const file = join(room.dir, 'file');
    writeFileSync(file, '');
    const dir = aRepository();
    for (const argv of [['trust'], claim, ['check', 'All tests pass.']])
      expect(await answerOf(dir, argv, { XDG_CONFIG_HOME: file })).toMatchObject({
        exit: expect.toBeOneOf([2, 3]),
        code: expect.not.stringMatching('INTERNAL'),
      });
    expect(await answerOf(dir, ['trust'], { XDG_CONFIG_HOME: file })).toMatchObject({ code: 'CONFIG_FOLDER' });
  });

  test('is never one of the repository, whatever HOME says', async () => {
    const dir = aRepository();
    mkdirSync(join(dir, 'rel'));
    // A configuration folder that is there keeps this test out of the home of whoever runs it.
    for (const HOME of ['', 'rel', undefined]) await answerOf(dir, ['list'], { HOME, XDG_CONFIG_HOME: undefined });
    const { configurationFolder } = await import('../../src/host/configuration-folder.ts');
    const before = process.env['HOME'];
    try {
      for (const home of ['', 'rel']) {
        process.env['HOME'] = home;
        expect(configurationFolder({})).toMatch(/^\//);
      }
    } finally {
      process.env['HOME'] = before;
    }
  });
});

describe('errors under --json', () => {
  test.each([
    [['list', '--nope']],
    [['list', '--limit', 'x']],
    [['nope']],
    [[]],
    [['show']],
    [['list', '--limit', '-5']],
  ])('asked wrongly: %j', async (argv) => {
    const { exit, out, err } = await world.factum(room.dir, [...argv, '--json']);
    expect({ exit, err }).toEqual({ exit: 2, err: '' });
    expect(JSON.parse(out)).toEqual({
      error: { code: 'USAGE', message: expect.not.stringMatching(/^error|outputHelp/) as string, fix: 'factum --help' },
    });
  });

  test('a text that has the word is no request for JSON', async () => {
    const { out } = await world.factum(room.dir, ['check', '--nope', '--', '--json']);
    expect(out).toBe('');
  });
});
