import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { folderForTest, isRunning } from '../../../test/make/runner.ts';
import { newMark, runToEnd } from './shell.ts';

const script = `
  import { RunConfig } from '${new URL('../../core/config/config.ts', import.meta.url).href}';
  import { createRunner } from '${new URL('./runner.ts', import.meta.url).href}';
  import { killRunsNow } from '${new URL('./shell.ts', import.meta.url).href}';
  const [dir, command] = process.argv.slice(1);
  const runner = createRunner({ dir, stateDir: dir + '/.factum', config: RunConfig.parse({}), variables: process.env });
  process.on('SIGINT', () => void runner.close().then(() => process.exit(130)));
  process.on('SIGTERM', () => process.exit(143));
  process.on('exit', killRunsNow);
  const workspace = await runner.workspace('in-place');
  await runner.run({ workspace: workspace.value, command });
`;

async function goneAtLast(pid: number): Promise<void> {
  while (isRunning(pid)) await sleep(10);
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s of factum itself ends what it runs', async (signal, code) => {
  const dir = folderForTest();
  const pidFile = join(dir, 'pid');
  const command = `(setsid sh -c 'trap "" TERM INT HUP; echo $$ > ${pidFile}; while true; do sleep .1; done' &); sleep 300`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dir, command], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folderForTest() },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await sleep(10);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  expect(await ended).toBe(code);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  // After SIGINT it was waited for; the last moment of `exit` can only send the signal.
  if (signal === 'SIGTERM') await goneAtLast(pid);
  expect(isRunning(pid)).toBe(false);
});

test('a program that cannot be started is no answer', async () => {
  const folder = folderForTest();
  const command = { cwd: folder, variables: { PATH: '/usr/bin:/bin' }, timeoutMs: 5_000, mark: newMark() };
  const missing = await runToEnd({ ...command, folder, argv: ['no-such-program'] });
  expect(missing).toMatchObject({ ok: false, why: 'missing-tool' });
  const strange = await runToEnd({ ...command, folder: folderForTest(), argv: ['bash', '-c', 'true \0'] });
  expect(strange).toMatchObject({ ok: false, why: 'broken' });
  const long = await runToEnd({ ...command, folder: folderForTest(), argv: ['bash', '-c', ':'.repeat(10_000_000)] });
  expect(long).toMatchObject({ ok: false, why: 'broken' });
});

function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

test.skipIf(process.platform !== 'linux')('file descriptors are given back', async () => {
  const command = { cwd: '/', variables: { PATH: '/usr/bin:/bin' }, timeoutMs: 5_000 };
  const counts: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await runToEnd({
      ...command,
      folder: folderForTest(),
      mark: newMark(),
      argv: ['bash', '-c', 'echo x; sleep 60 &'],
    });
    counts.push(descriptors());
  }
  expect(counts.at(-1)).toBeLessThanOrEqual(counts[0] ?? 0);
});
