import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import {
  folderForTest,
  isRunning,
  repositoryForTest,
  runInPlace,
  runnerForTest,
  value,
} from '../../../test/make/runner.ts';

const script = `
  import { RunConfig } from '${new URL('../../core/config/config.ts', import.meta.url).href}';
  import { openRepository } from '${new URL('../git/repository.ts', import.meta.url).href}';
  import { createRunner } from '${new URL('./runner.ts', import.meta.url).href}';
  const [dir, command] = process.argv.slice(1);
  const repository = await openRepository(dir, { trusted: true });
  const runner = createRunner({
    dir, repository, stateDir: repository.commonDir + '/factum', config: RunConfig.parse({}), variables: process.env,
    onWait: (message) => process.stdout.write('waiting: ' + message + '\\n'),
  });
  const workspace = await runner.workspace('in-place');
  const result = await runner.run({ workspace: workspace.value, command });
  process.stdout.write(JSON.stringify(result) + '\\n');
  await runner.close();
`;

interface OtherFactum {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  said(what: string): Promise<string>;
}

/** A process of its own that runs `command` in the repository. */
function otherFactum(dir: string, command: string): OtherFactum {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dir, command], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folderForTest() },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, ended, said: (what) => until(() => (output.includes(what) ? output : undefined)) };
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(10);
  }
}

function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

test('runs of several processes do not overlap and are served in order', async () => {
  const dir = repositoryForTest({ 'a.txt': 'a' });
  const folder = folderForTest();
  const log = join(folder, 'log');
  const command = (name: string): string =>
    `echo start ${name} >> ${log}; while ! test -e ${folder}/go; do sleep .02; done; sleep .1; echo end ${name} >> ${log}`;

  const first = otherFactum(dir, command('first'));
  await until(() => linesOf(log).find((line) => line === 'start first'));
  const others: OtherFactum[] = [];
  for (const name of ['second', 'third', 'fourth']) {
    const other = otherFactum(dir, command(name));
    await other.said('waiting: another factum run');
    others.push(other);
  }
  writeFileSync(join(folder, 'go'), '');
  await Promise.all([first, ...others].map(({ ended }) => ended));

  const order = ['first', 'second', 'third', 'fourth'];
  expect(linesOf(log)).toEqual(order.flatMap((name) => [`start ${name}`, `end ${name}`]));
  expect(await others[0]?.said('"ok"')).toContain('"exit":0');
});

test('runs of one process are served in order too', async () => {
  const dir = repositoryForTest({});
  const log = join(folderForTest(), 'log');
  const runner = await runnerForTest(dir);
  const names = ['1', '2', '3', '4'];
  const results = await Promise.all(
    names.map((name) => runInPlace(runner, `echo start ${name} >> ${log}; sleep .05; echo end ${name} >> ${log}`)),
  );
  expect(results.map((result) => value(result).exit)).toEqual([0, 0, 0, 0]);
  expect(linesOf(log)).toEqual(names.flatMap((name) => [`start ${name}`, `end ${name}`]));
});

test('kill -9 of the holder frees the turn and ends what it was running', async () => {
  const dir = repositoryForTest({});
  const pidFile = join(folderForTest(), 'pid');
  const holder = otherFactum(dir, `setsid --wait sh -c 'echo $$ > ${pidFile}; exec sleep 300'`);
  const pid = Number(await until(() => linesOf(pidFile).find((line) => line !== '')));
  const inLine = otherFactum(dir, 'echo in line');
  await inLine.said('waiting: another factum run');
  inLine.process.kill('SIGKILL');
  await inLine.ended;

  const runner = await runnerForTest(dir);
  const next = runInPlace(runner, 'echo my turn');
  holder.process.kill('SIGKILL');
  expect(value(await next).output).toBe('my turn\n');
  expect(isRunning(pid)).toBe(false);
});

test('waiting has an end, and says for whom it waited', async () => {
  const dir = repositoryForTest({});
  const log = join(folderForTest(), 'log');
  const holder = otherFactum(dir, `echo start >> ${log}; sleep 300`);
  await until(() => linesOf(log).find((line) => line === 'start'));
  const runner = await runnerForTest(dir, { waitMs: 200 });
  const answer = await runInPlace(runner, 'true');
  expect(answer).toMatchObject({ ok: false, why: 'time-out' });
  expect(answer).toHaveProperty('message', expect.stringContaining(`process ${holder.process.pid}`));
});

test('a tree that changed in line is not run', async () => {
  const dir = repositoryForTest({ 'a.txt': 'a' });
  const folder = folderForTest();
  const holder = otherFactum(dir, `echo start > ${folder}/log; while ! test -e ${folder}/go; do sleep .02; done`);
  await until(() => linesOf(join(folder, 'log')).find((line) => line === 'start'));
  const other = otherFactum(dir, `echo ran > ${folder}/ran`);
  await other.said('waiting: another factum run');
  appendFileSync(join(dir, 'a.txt'), 'b');
  writeFileSync(join(folder, 'go'), '');
  await holder.ended;
  expect(await other.said('"ok"')).toContain('changed before this run could begin, so look again: a.txt');
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});

test('a run inside a run of the same repository is refused instead of waiting for itself', async () => {
  const dir = repositoryForTest({});
  const folder = folderForTest();
  writeFileSync(join(folder, 'inner.ts'), script);
  const runner = await runnerForTest(dir);
  const inner = `'${process.execPath}' --input-type=module-typescript -e "$(cat ${folder}/inner.ts)" ${dir} true`;
  const { output } = value(await runInPlace(runner, inner));
  expect(output).toContain('it would wait for itself');
});
