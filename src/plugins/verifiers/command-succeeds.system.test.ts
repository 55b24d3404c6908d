import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Files, localExamination, temporaryRepository } from '../../../test/local-ports.ts';
import { Look } from '../../core/claim/evidence.ts';
import type { Part } from '../../core/claim/part.ts';
import type { Examination } from '../../core/claim/verifier.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { commandSucceeds } from './command-succeeds.ts';

const lint: Partial<Part> = { kind: 'lint-clean' };

async function examinationOf(options: Record<string, unknown>, files: Files = {}, part: Partial<Part> = lint) {
  return localExamination(temporaryRepository(files).dir, options, part);
}

async function look(examination: Examination<Record<string, unknown>>): Promise<Look> {
  const options = commandSucceeds.options.parse(examination.options);
  return Look.parse(await commandSucceeds.run({ ...examination, options }));
}

verifierContract({
  verifier: commandSucceeds,
  supporting: () => examinationOf({ command: 'grep -q fine a.txt' }, { 'a.txt': 'fine\n' }),
  refuting: () => examinationOf({ command: 'grep -q fine a.txt' }, { 'a.txt': 'broken\n' }),
  dispensable: ['git', 'checkout'],
});

describe('command-succeeds on real runs', () => {
  test('a refutation has both outputs and the last lines', async () => {
    const seen = await look(await examinationOf({ command: 'echo "a.ts: unused variable x"; exit 1' }));
    expect(seen).toMatchObject({ outcome: 'refuted', facts: { exit: 1, runs: 2 } });
    expect(seen.message).toContain('unused variable x');
    expect(seen.artifacts.map(({ name }) => name)).toEqual(['run-1/output.txt', 'run-2/output.txt']);
    expect(seen.ran).toHaveLength(2);
  });

  test.each([
    ['exit 2', 'would say no'],
    ['sh -c "no-such-program; exit 1"', 'a program is missing'],
    ['kill -9 $$', 'SIGKILL'],
    [`node -e "import('no-such-package')"`, 'a module could not be found'],
  ])('%s is inconclusive', async (command, why) => {
    const seen = await look(await examinationOf({ command }));
    expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive' });
    expect(seen.message).toContain(why);
  });

  test.each([0, 1])('another tool than the one that the claim names says nothing, with exit code %s', async (exit) => {
    const part = { ...lint, scope: 'all', tool: 'golangci-lint run' } as const;
    const seen = await look(
      await examinationOf({ command: 'make lint' }, { Makefile: `lint:\n\t@exit ${exit}\n` }, part),
    );
    expect(seen).toMatchObject({ outcome: 'not-applicable', ran: ['make lint'] });
    expect(seen.message).toContain('that was `make lint`, and the claim names `golangci-lint run`');
    const files = { Makefile: `lint:\n\t@echo golangci-lint run; exit ${exit}\n` };
    const same = await look(await examinationOf({ command: 'make lint' }, files, part));
    expect(same.outcome).toBe(exit === 0 ? 'supported' : 'refuted');
  });

  test.each(['exit 126', 'no-such-program'])('%s could not look', async (command) => {
    expect(await look(await examinationOf({ command }))).toMatchObject({ outcome: 'error' });
  });

  test('exit codes that mean no are configured', async () => {
    expect(await look(await examinationOf({ command: 'exit 2', no_exit_codes: [2] }))).toMatchObject({
      outcome: 'refuted',
    });
    expect(await look(await examinationOf({ command: 'exit 1', no_exit_codes: [2] }))).toMatchObject({
      outcome: 'inconclusive',
    });
  });

  test('a time-out is inconclusive', async () => {
    const seen = await look(await examinationOf({ command: 'sleep 30', timeout: '1s' }));
    expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive', facts: { hindrance: 'time-out' } });
  });

  test('a command that fails every other time is flaky', async () => {
    const { dir, outside } = temporaryRepository({});
    const state = join(outside, 'runs');
    const command = `echo x >> '${state}'; [ $(( $(wc -l < '${state}') % 2 )) = 0 ]`;
    const seen = await look(await localExamination(dir, { command }, lint));
    expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive', facts: { flaky: true } });
  });

  test('a failure in the middle of a pipe is seen', async () => {
    expect(await look(await examinationOf({ command: '(echo text; exit 1) | tail -1' }))).toMatchObject({
      outcome: 'refuted',
    });
  });

  test('a tree that changes while it runs proves nothing', async () => {
    const seen = await look(await examinationOf({ command: 'echo x >> new.txt; exit 1' }));
    expect(seen).toMatchObject({ outcome: 'inconclusive' });
    expect(seen.message).toContain('new.txt');
  });

  test('variables and folder are passed on', async () => {
    const options = {
      command: `[ "$GREETING" = "it's me" ] && [ -f b.txt ]`,
      env: { GREETING: "it's me" },
      dir: 'sub',
    };
    expect(await look(await examinationOf(options, { 'sub/b.txt': '' }))).toMatchObject({ outcome: 'supported' });
  });

  test('only what the claim means can be refuted', async () => {
    const named = { ...lint, scope: 'named' as const, names: ['src/a'] };
    expect(await look(await examinationOf({ command: 'exit 1' }, {}, named))).toMatchObject({
      outcome: 'inconclusive',
    });
    expect(await look(await examinationOf({ command: 'false src/a' }, {}, named))).toMatchObject({
      outcome: 'refuted',
    });
    expect(await look(await examinationOf({ command: 'exit 1' }, {}, { scope: 'unknown' }))).toMatchObject({
      outcome: 'inconclusive',
    });
  });
});
