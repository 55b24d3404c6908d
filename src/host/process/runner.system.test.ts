import { readFileSync, writeFileSync, existsSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  folderForTest,
  isRunning,
  repositoryForTest,
  runInPlace,
  runnerForTest,
  value,
} from '../../../test/make/runner.ts';
import { createRunner } from './runner.ts';
import { RunConfig } from '../../core/config/config.ts';

/** Commands leave the ids of their processes outside the tree, which they must not change. */
function pidFile(): { readonly path: string; pid(): Promise<number> } {
  const path = join(folderForTest(), 'pid');
  return {
    path,
    async pid() {
      while (!existsSync(path) || readFileSync(path, 'utf8').trim() === '') await sleep(10);
      return Number(readFileSync(path, 'utf8'));
    },
  };
}

describe('the exit code is the command’s own', () => {
  test.each([
    ['true', 0, null],
    ['exit 3', 3, null],
    ['false | true', 1, null],
    ['true | (exit 7) | true', 7, null],
    ['kill -SEGV $$', null, 'SIGSEGV'],
  ] as const)('%s', async (command, exit, signal) => {
    const runner = await runnerForTest(repositoryForTest({}));
    expect(value(await runInPlace(runner, command))).toMatchObject({ exit, signal });
  });

  test('a program that is not there is no answer', async () => {
    const runner = await runnerForTest(repositoryForTest({ 'plain.txt': 'no program' }));
    const missing = await runInPlace(runner, 'no-such-program-at-all --version');
    expect(missing).toMatchObject({ ok: false, why: 'missing-tool' });
    expect(missing).toHaveProperty('message', expect.stringContaining('no-such-program-at-all: command not found'));
    expect(await runInPlace(runner, './plain.txt')).toMatchObject({ ok: false, why: 'missing-tool' });
  });

  test('a folder outside the workspace is refused', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    expect(await runInPlace(runner, 'pwd', { dir: '..' })).toMatchObject({ ok: false, why: 'not-allowed' });
    expect(await runInPlace(runner, 'pwd', { dir: '/' })).toMatchObject({ ok: false, why: 'not-allowed' });
    expect(await runInPlace(runner, 'pwd', { dir: 'nowhere' })).toMatchObject({ ok: false, why: 'broken' });
  });

  test('standard input is closed', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    expect(value(await runInPlace(runner, 'cat && echo end', { timeoutMs: 5_000 })).output).toBe('end\n');
  });
});

describe('output', () => {
  test('errors and output are in order of arrival, also through /dev/stderr', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const command = 'for i in 1 2 3; do echo out $i; echo err $i >&2; echo dev $i >/dev/stderr; done';
    const lines = [1, 2, 3].flatMap((i) => [`out ${i}`, `err ${i}`, `dev ${i}`]);
    expect(value(await runInPlace(runner, command)).output).toBe(`${lines.join('\n')}\n`);
  });

  test('a gigabyte is counted and not kept', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    await runInPlace(runner, 'true');
    const before = process.memoryUsage.rss();
    const result = value(await runInPlace(runner, 'yes | head -c 1000000000; echo last'));
    expect(result.outputBytes).toBe(1_000_000_005);
    expect(result.output.length).toBeLessThan(1_100_000);
    expect(result.output).toMatch(/^y\ny\n[^]*bytes were printed here and not kept\][^]*y\nlast\n$/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  test('escape sequences do not pass', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const command = String.raw`printf '\033[31mred\033[0m \033]0;title\007\033]8;;http://x\033\\link\033]8;;\033\\ a\bb\n'`;
    expect(value(await runInPlace(runner, command)).output).toBe('red link ab\n');
  });
});

describe('no process is left behind', () => {
  const escapes = {
    'in the background': 'sleep 300 >/dev/null 2>&1 & echo $! > PID',
    'holding the output': 'sleep 300 & echo $! > PID',
    'in a session of its own': "setsid sh -c 'echo $$ > PID; exec sleep 300' & while ! test -s PID; do sleep .01; done",
    'forked twice, in a session of its own':
      "(setsid sh -c 'echo $$ > PID; exec sleep 300' >/dev/null 2>&1 &) ; while ! test -s PID; do sleep .01; done",
    'ignoring SIGTERM':
      '(setsid sh -c \'trap "" TERM HUP INT; echo $$ > PID; while true; do sleep .1; done\' &) ; while ! test -s PID; do sleep .01; done',
    'printing for ever': '(setsid yes & echo $! > PID)',
  };

  test.each(Object.entries(escapes))('%s: after a normal end', async (_, command) => {
    const runner = await runnerForTest(repositoryForTest({}));
    const file = pidFile();
    const result = value(await runInPlace(runner, command.replaceAll('PID', file.path), { timeoutMs: 60_000 }));
    expect(result.exit).toBe(0);
    expect(isRunning(await file.pid())).toBe(false);
  });

  test.each(Object.entries(escapes))('%s: after a time-out', async (_, command) => {
    const runner = await runnerForTest(repositoryForTest({}));
    const file = pidFile();
    const slow = `${command.replaceAll('PID', file.path)}; echo about to hang; trap "" TERM; sleep 300; sleep 300`;
    const result = await runInPlace(runner, slow, { timeoutMs: 1_000 });
    expect(result).toMatchObject({ ok: false, why: 'time-out' });
    expect(isRunning(await file.pid())).toBe(false);
  });

  test('without the mark, after a time-out: found by descent', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const file = pidFile();
    const command = `env -i setsid --wait sh -c 'trap "" TERM; echo $$ > ${file.path}; while true; do sleep .1; done'`;
    expect(await runInPlace(runner, command, { timeoutMs: 1_000 })).toMatchObject({ ok: false, why: 'time-out' });
    expect(isRunning(await file.pid())).toBe(false);
  });

  test('a time-out tells the last lines', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const result = await runInPlace(runner, 'echo waiting for the database; sleep 300', { timeoutMs: 500 });
    expect(result).toHaveProperty('message', expect.stringContaining('waiting for the database'));
    expect(result).toHaveProperty('message', expect.stringContaining('within 0.5 s'));
  });

  test('closing the runner ends what runs', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const file = pidFile();
    const running = runInPlace(runner, `setsid --wait sh -c 'echo $$ > ${file.path}; exec sleep 300'`);
    const pid = await file.pid();
    await runner.close();
    expect(await running).toMatchObject({ ok: false, message: expect.stringContaining('factum is ending') });
    expect(isRunning(pid)).toBe(false);
    expect(await runner.run({ workspace: { dir: '/', place: 'in-place', tree: '' }, command: 'true' })).toMatchObject({
      ok: false,
    });
  });
});

test('a secret of the environment is not seen unless the configuration passes it', async () => {
  const variables = { ...process.env, DEPLOY_TOKEN: 's3cret', LC_ALL: 'C', GITHUB_TOKEN: 'gh-s3cret', PASSED: 'yes' };
  const runner = await runnerForTest(repositoryForTest({}), { variables, config: { env: ['PASSED'] } });
  const { output } = value(await runInPlace(runner, 'env; cat /proc/self/environ | tr "\\0" "\\n"'));
  expect(output).not.toContain('s3cret');
  expect(output).toContain('PASSED=yes');
  expect(output).toContain('LC_ALL=C');
  expect(output).toContain(`PATH=${process.env['PATH']}`);
});

describe('a tree that changes while it runs', () => {
  test.each([
    ['a file is changed', 'echo more >> a.txt', ['a.txt']],
    ['a file appears', 'echo new > "with space.txt"', ['with space.txt']],
    ['a file goes', 'rm a.txt', ['a.txt']],
    ['only an ignored file appears', 'mkdir -p out && echo x > out/x', []],
    ['a file is written with the same content', 'echo one > a.txt', []],
  ] as const)('%s', async (_, command, changed) => {
    const runner = await runnerForTest(repositoryForTest({ 'a.txt': 'one\n', '.gitignore': 'out/\n' }));
    expect(value(await runInPlace(runner, command)).changedPaths).toEqual(changed);
  });

  test('changes since it was hashed count too, and so do those of an earlier run', async () => {
    const dir = repositoryForTest({ 'a.txt': 'one\n' });
    const runner = await runnerForTest(dir);
    const workspace = value(await runner.workspace('in-place'));
    expect(workspace.tree).toMatch(/^[0-9a-f]{40}$/);
    writeFileSync(join(dir, 'a.txt'), 'two\n');
    expect(value(await runner.run({ workspace, command: 'touch b.txt' })).changedPaths).toEqual(['a.txt', 'b.txt']);
    expect(value(await runner.run({ workspace, command: 'true' })).changedPaths).toEqual(['a.txt', 'b.txt']);
    const other = { ...workspace, tree: '0'.repeat(40) };
    expect(await runner.run({ workspace: other, command: 'touch c.txt' })).toMatchObject({ ok: false, why: 'broken' });
    expect(existsSync(join(dir, 'c.txt'))).toBe(false);
  });

  test('outside a repository there is no tree to watch', async () => {
    const dir = folderForTest();
    const config = RunConfig.parse({});
    const runner = createRunner({ dir, stateDir: join(dir, '.factum'), config, variables: process.env });
    expect(value(await runInPlace(runner, 'touch new'))).toMatchObject({ exit: 0, changedPaths: [] });
    expect(await runner.checkout('HEAD')).toMatchObject({ ok: false, why: 'not-allowed' });
    await runner.close();
  });
});

describe('reports', () => {
  test('what is written to {reports} is collected, in any kind of quotes', async () => {
    const variables = { ...process.env, TMPDIR: '/tmp/a folder; with $(odd) "names"' };
    const runner = await runnerForTest(repositoryForTest({}), { variables });
    const command = `mkdir -p {reports}/deep && echo 1 > "{reports}/a.xml" && echo 2 > '{reports}/deep/b.xml' && echo 3 > $FACTUM_REPORTS/c.xml`;
    expect(value(await runInPlace(runner, command)).reports).toEqual([
      { path: 'a.xml', text: '1\n' },
      { path: 'c.xml', text: '3\n' },
      { path: 'deep/b.xml', text: '2\n' },
    ]);
  });

  test('a stale report file is not collected', async () => {
    const dir = repositoryForTest({ '.gitignore': 'out/\n' });
    mkdirSync(join(dir, 'out'));
    writeFileSync(join(dir, 'out', 'old.xml'), 'old');
    writeFileSync(join(dir, 'out', 'future.xml'), 'old, by a clock that was wrong');
    utimesSync(join(dir, 'out', 'future.xml'), new Date('2099-01-01'), new Date('2099-01-01'));
    writeFileSync(join(dir, 'out', 'again.xml'), 'old');
    const runner = await runnerForTest(dir);
    const command =
      'echo new > out/again.xml; echo new > out/new.xml; echo old > out/dated.xml; touch -d 2020-01-01 out/dated.xml; ln -s /etc/hostname out/link.xml';
    const { reports } = value(await runInPlace(runner, command, { collect: ['out/**/*.xml'] }));
    expect(reports).toEqual([
      { path: 'out/again.xml', text: 'new\n' },
      { path: 'out/new.xml', text: 'new\n' },
    ]);
  });

  test('reports of installed packages are not looked at unless a glob names them', async () => {
    const runner = await runnerForTest(repositoryForTest({ '.gitignore': 'node_modules/\na/\n' }));
    const command =
      'mkdir -p a node_modules/x a/node_modules/y; for d in a node_modules/x a/node_modules/y; do echo 1 > $d/r.xml; done';
    const all = value(await runInPlace(runner, command, { collect: ['**/r.xml'] })).reports;
    expect(all.map(({ path }) => path)).toEqual(['a/r.xml']);
    const named = value(await runInPlace(runner, command, { collect: ['node_modules/*/r.xml'] })).reports;
    expect(named.map(({ path }) => path)).toEqual(['node_modules/x/r.xml']);
  });

  test('too many are no answer, and none are read outside the workspace', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const many = await runInPlace(runner, 'head -c 70000000 /dev/zero > {reports}/big.xml');
    expect(many).toMatchObject({ ok: false, why: 'too-large' });
    expect(await runInPlace(runner, 'true', { collect: ['../*.xml'] })).toMatchObject({
      ok: false,
      why: 'not-allowed',
    });
  });
});
