import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

// The exit code 1 says "no"; whatever befalls the program itself must never look like an answer.

const folder = mkdtempSync(join(tmpdir(), 'factum-world-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bash(script: string): { readonly exit: number | null; readonly err: string } {
  const env = { PATH: process.env['PATH'], HOME: folder };
  const args = ['-c', script, 'bash', process.execPath, resolve('src/main.ts')];
  const { status, stderr } = spawnSync('bash', args, { cwd: folder, env, encoding: 'utf8' });
  return { exit: status, err: stderr };
}

test('an answer that cannot be written is a failure', () => {
  expect(bash('"$@" explain > /dev/full')).toMatchObject({ exit: 3, err: expect.stringContaining('ENOSPC') as string });
});

test('a reader that has seen enough is none', () => {
  const { exit, err } = bash('set -o pipefail; (sleep 1; exec "$@" explain --json) | true');
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
});

test('a terminal without a size is as wide as others', () => {
  const script = `stty cols 0; '$1' '$2' explain`;
  const { exit, err } = bash(`script -qec "${script}" out > /dev/null; awk 'length > 60' out | wc -l >&2`);
  expect(exit).toBe(0);
  expect(Number(err)).toBeGreaterThan(3);
});

test('a current folder that was removed is told', () => {
  const { exit, err } = bash('mkdir gone && cd gone && rmdir ../gone && "$@" list');
  expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('not there any more') as string });
});

test.each(['\\003', '\\004'])('who leaves a question with %s has answered nothing', (key) => {
  const typed = `until grep -q 'yes or no' out; do sleep 0.1; done; printf '${key}'`;
  const { exit, err } = bash(`git init -q asked; cd asked; cp ${resolve('factum.yaml')} .; : > out
    { ${typed}; } | script -qefc "'$1' '$2' trust" out >/dev/null; code=$?; cat out >&2; exit $code`);
  expect(err).not.toMatch(/INTERNAL|Trusted/);
  expect(exit).toBe(130);
});
