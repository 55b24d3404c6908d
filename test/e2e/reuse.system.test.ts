import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { lacks } from '../needs.ts';
import { type TestRepository } from '../repository.ts';

// What is run again, what is not, and what a look at another tree is worth.

const { room, world } = aSuite();

interface Counted {
  readonly repository: TestRepository;
  /** How often its test command ran. */
  runs(): number;
}

/** A repository whose test command counts its runs outside the tree and ends as the tree says. */
function counted(name: string, exit = 0): Counted {
  const log = join(room.dir, `${name}.log`);
  const repository = room.repository(name);
  repository.git('config', 'user.email', 'ada@example.org');
  const report = '<testsuite><testcase name="a">FAILURE</testcase></testsuite>'.replace(
    'FAILURE',
    exit === 0 ? '' : '<failure message="wrong"/>',
  );
  const command = `echo run >> '${log}'; cp report.xml {reports}/; exit ${exit}`;
  const checks = [{ kind: 'tests-pass', options: { command } }];
  repository.commit('one', {
    'report.xml': report,
    '.gitignore': 'node_modules\n',
    'package.json': '{ "name": "sums", "version": "1.0.0" }',
    'factum.yaml': JSON.stringify({ version: 1, pods: [{ id: 'sums', checks }] }),
  });
  return { repository, runs: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0) };
}

async function verdictOf({ dir }: TestRepository, ...argv: string[]): Promise<string> {
  const { out, err } = await world.factum(dir, ['verify', '--trust', '--json', ...argv]);
  expect(err).not.toContain('next:');
  return (JSON.parse(out) as { claims: { verdict: string }[] }).claims.map(({ verdict }) => verdict).join();
}

async function claim({ dir }: TestRepository, statement: string): Promise<void> {
  const { exit, err } = await world.factum(dir, ['claim', statement]);
  expect(exit, err).toBe(0);
}

describe('the same tree and check', () => {
  test('are run once for support, by one verify and by the next; --fresh runs again', async () => {
    const { repository, runs } = counted('support');
    for (let n = 0; n < 3; n++) await claim(repository, 'All tests pass.');
    expect(await verdictOf(repository)).toBe('supported,supported,supported');
    expect(await verdictOf(repository)).toBe('supported,supported,supported');
    expect(runs()).toBe(1);
    await verdictOf(repository, '--fresh');
    expect(runs()).toBeGreaterThan(1);
  });

  test('are run twice for a refutation, once per verify, and never taken from an earlier one', async () => {
    const { repository, runs } = counted('refutation', 1);
    for (let n = 0; n < 3; n++) await claim(repository, 'All tests pass.');
    expect(await verdictOf(repository)).toBe('contradicted,contradicted,contradicted');
    expect(runs()).toBe(2);
    await verdictOf(repository);
    expect(runs()).toBe(4);
  });

  test.skipIf(lacks('npm'))('are run again after npm install', async () => {
    const { repository, runs } = counted('install');
    await claim(repository, 'All tests pass.');
    await verdictOf(repository);
    const dependency = join(room.dir, 'dependency');
    mkdirSync(dependency, { recursive: true });
    writeFileSync(join(dependency, 'package.json'), '{ "name": "dependency", "version": "1.0.0" }');
    execFileSync('npm', ['install', '--no-save', '--no-package-lock', '--offline', dependency], {
      cwd: repository.dir,
      stdio: 'ignore',
    });
    expect(await verdictOf(repository)).toBe('supported');
    expect(runs()).toBe(2);
  });
});

describe('a tree that has moved on', () => {
  test('is judged at the claimed commit, in a clean checkout', async () => {
    const { repository } = counted('committed');
    await claim(repository, 'All tests pass.');
    repository.write('report.xml', '<testsuite><testcase name="a"><failure message="later"/></testcase></testsuite>');
    expect(await verdictOf(repository)).toBe('supported');
  });

  test('leaves a claim that was never committed stale, however the present looks', async () => {
    const { repository } = counted('uncommitted');
    repository.write('note.txt', 'as claimed');
    await claim(repository, 'All tests pass.');
    repository.write('note.txt', 'moved on');
    expect(await verdictOf(repository)).toBe('stale');
    repository.write('report.xml', '<testsuite><testcase name="a"><failure message="later"/></testcase></testsuite>');
    expect(await verdictOf(repository)).not.toBe('contradicted');
  });
});
