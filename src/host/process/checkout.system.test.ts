import { existsSync, mkdirSync, readdirSync, writeFileSync, chmodSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lacks } from '../../../test/needs.ts';
import type { Runner } from './runner.ts';
import { folderForTest, gitIn, repositoryForTest, runnerForTest, value } from '../../../test/make/runner.ts';

async function runAt(runner: Runner, commit: string, command: string) {
  return runner.run({ workspace: value(await runner.workspace({ commit })), command });
}

/** Two that wait for each other would never end one after the other. */
function meet(mine: string, other: string): string {
  return `touch ${mine}; while ! test -e ${other}; do sleep .01; done`;
}

describe('a clean checkout', () => {
  test('has the commit and nothing of the working tree', async () => {
    const dir = repositoryForTest({ 'a.txt': 'committed\n', '.gitignore': 'node_modules/\n' });
    writeFileSync(join(dir, 'a.txt'), 'changed\n');
    mkdirSync(join(dir, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(dir, 'node_modules', '.bin', 'tool'), '#!/bin/sh\necho of the working tree\n');
    chmodSync(join(dir, 'node_modules', '.bin', 'tool'), 0o755);
    const variables = { ...process.env, PATH: `${dir}/node_modules/.bin:${process.env['PATH']}` };
    const runner = await runnerForTest(dir, { variables });
    const workspace = value(await runner.workspace({ commit: 'HEAD' }));

    expect(workspace).toMatchObject({ place: 'worktree', commit: gitIn(dir, 'rev-parse', 'HEAD') });
    expect(workspace.tree).toBe(gitIn(dir, 'rev-parse', 'HEAD^{tree}'));
    expect(workspace.dir.startsWith(dir + sep)).toBe(false);
    const missing = await runner.run({ workspace, command: 'tool' });
    expect(missing).toMatchObject({ ok: false, message: expect.stringContaining('tool: command not found') });
    expect(value(await runner.run({ workspace, command: 'cat a.txt; ls; git status --short' })).output).toBe(
      'committed\na.txt\n',
    );
  });

  test('is made once per commit, and gone when the runner is closed', async () => {
    const dir = repositoryForTest({ 'a.txt': 'one' });
    const runner = await runnerForTest(dir, { config: { setup: 'echo set up >> marks' } });
    const [first, second] = await Promise.all([runner.checkout('HEAD'), runner.checkout('HEAD')]);
    expect(value(first).dir).toBe(value(second).dir);
    expect(value(await runAt(runner, 'HEAD', 'cat marks')).output).toBe('set up\n');
    expect(gitIn(dir, 'worktree', 'list').split('\n')).toHaveLength(2);
    await runner.close();
    expect(existsSync(value(first).dir)).toBe(false);
    expect(gitIn(dir, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('runs commands in parallel', async () => {
    const runner = await runnerForTest(repositoryForTest({}));
    const results = await Promise.all([runAt(runner, 'HEAD', meet('a', 'b')), runAt(runner, 'HEAD', meet('b', 'a'))]);
    expect(results.map((result) => value(result).exit)).toEqual([0, 0]);
  });

  test('a set-up that fails is no evidence', async () => {
    const runner = await runnerForTest(repositoryForTest({}), { config: { setup: 'echo registry is down; exit 1' } });
    value(await runner.checkout('HEAD'));
    const answer = await runAt(runner, 'HEAD', 'true');
    expect(answer).toMatchObject({ ok: false, why: 'broken' });
    expect(answer).toHaveProperty('message', expect.stringContaining('registry is down'));
    expect(await runner.checkout('0'.repeat(40))).toMatchObject({ ok: false, why: 'broken' });
  });

  test('runs no hook', async () => {
    const dir = repositoryForTest({});
    const hook = join(dir, '.git', 'hooks', 'post-checkout');
    writeFileSync(hook, `#!/bin/sh\ntouch '${dir}/hook-ran'\n`);
    chmodSync(hook, 0o755);
    const runner = await runnerForTest(dir);
    value(await runner.checkout('HEAD'));
    expect(existsSync(join(dir, 'hook-ran'))).toBe(false);
  });

  test('left by a killed factum goes at the next use; the user’s own worktrees stay', async () => {
    const dir = repositoryForTest({ 'a.txt': 'a' });
    const users = join(folderForTest(), 'users');
    gitIn(dir, 'worktree', 'add', '--quiet', '--detach', users);
    const unmounted = join(folderForTest(), 'unmounted');
    gitIn(dir, 'worktree', 'add', '--quiet', '--detach', unmounted);
    const orphan = await checkoutOfKilledFactum(dir);
    expect(existsSync(orphan)).toBe(true);

    const runner = await runnerForTest(dir);
    const own = value(await runner.checkout('HEAD')).dir;
    expect(existsSync(orphan)).toBe(false);
    expect(
      gitIn(dir, 'worktree', 'list', '--porcelain')
        .match(/(?<=^worktree ).*/gm)
        ?.toSorted(),
    ).toEqual([dir, users, unmounted, own].toSorted());
  });
});

async function checkoutOfKilledFactum(dir: string): Promise<string> {
  const script = `
    import { openRepository } from '${new URL('../git/repository.ts', import.meta.url).href}';
    import { openCheckouts } from '${new URL('./checkout.ts', import.meta.url).href}';
    const { git } = await openRepository(process.argv[1], { trusted: true });
    const checkout = await openCheckouts(git).open('HEAD');
    process.stdout.write(checkout.value.dir);
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folderForTest() },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const path = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  return path;
}

describe.skipIf(lacks('bubblewrap'))('in bubblewrap', () => {
  const config = { isolation: 'bubblewrap' } as const;

  test('only the checkout can be written', async () => {
    const dir = repositoryForTest({ 'a.txt': 'a' });
    const runner = await runnerForTest(dir, { config });
    const name = `factum-sandbox-test-${process.pid}`;
    const tries = [`${homedir()}/${name}`, `${dir}/.git/${name}`, `/tmp/${name}`, `/var/tmp/${name}`, name];
    const command = tries.map((path) => `(echo x > ${path}) 2>/dev/null && echo wrote ${path}`).join('; ');
    const { output } = value(await runAt(runner, 'HEAD', `${command}; true`));
    expect(output).toBe(`wrote /tmp/${name}\nwrote ${name}\n`);
    for (const path of tries.slice(0, -1)) expect(existsSync(path), path).toBe(false);
    expect(readdirSync(value(await runner.checkout('HEAD')).dir)).toContain(name);
  });

  test('exit codes, reports, git and loopback are as outside; other processes are hidden', async () => {
    const runner = await runnerForTest(repositoryForTest({ 'a.txt': 'a' }), { config });
    expect(value(await runAt(runner, 'HEAD', 'exit 3')).exit).toBe(3);
    expect(value(await runAt(runner, 'HEAD', 'echo 1 > {reports}/r.xml')).reports).toEqual([
      { path: 'r.xml', text: '1\n' },
    ]);
    expect(value(await runAt(runner, 'HEAD', 'git log --format=%s; echo $TMPDIR; ls /run')).output).toBe(
      'first\n/tmp\n',
    );
    expect(value(await runAt(runner, 'HEAD', `test -e /proc/${process.pid}/stat`)).exit).toBe(1);
    expect(await runAt(runner, 'HEAD', 'no-such-program')).toMatchObject({ ok: false, why: 'missing-tool' });
  });

  test('leaves no process behind', async () => {
    const runner = await runnerForTest(repositoryForTest({}), { config });
    const mark = `30${process.pid}`;
    const hang = `(env -i setsid sleep ${mark} >/dev/null 2>&1 &); sleep .2`;
    expect(value(await runAt(runner, 'HEAD', hang)).exit).toBe(0);
    const late = runner.run({
      workspace: value(await runner.checkout('HEAD')),
      command: `${hang}; sleep 300`,
      timeoutMs: 700,
    });
    expect(await late).toMatchObject({ ok: false, why: 'time-out' });
    const running = spawnSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' }).stdout.split('\n');
    const left = running.filter((line) => !line.startsWith('Z') && line.includes(`sleep ${mark}`));
    expect(left).toEqual([]);
  });

  test('nothing runs in the working tree', async () => {
    const runner = await runnerForTest(repositoryForTest({}), { config });
    const workspace = value(await runner.workspace('in-place'));
    expect(await runner.run({ workspace, command: 'true' })).toMatchObject({ ok: false, why: 'not-allowed' });
  });
});

test('without bubblewrap its isolation is no evidence', async () => {
  const dir = repositoryForTest({});
  const bin = folderForTest();
  const runner = await runnerForTest(dir, {
    config: { isolation: 'bubblewrap' },
    variables: { ...process.env, PATH: bin },
  });
  const answer = await runAt(runner, 'HEAD', 'true');
  expect(answer).toMatchObject({ ok: false, why: 'missing-tool', message: expect.stringContaining('bwrap') });
});
