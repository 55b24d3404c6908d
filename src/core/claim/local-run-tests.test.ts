import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RunResult, Workspace } from '../ports.ts';
import { judgeTests, type TestsClaimed } from './local-run-tests.ts';

const fixture = (name: string) => readFileSync(new URL(`../test-report/fixtures/${name}`, import.meta.url), 'utf8');
const workspace: Workspace = { dir: '/repo', place: 'in-place', tree: 'a'.repeat(40) };

interface Case extends Partial<RunResult> {
  readonly command?: string;
  readonly part?: Partial<TestsClaimed['part']>;
}

/** One run of which the tool printed or wrote this. */
function judged({ command = 'npm test', part = {}, ...result }: Case) {
  const run: RunResult = {
    exit: 1,
    signal: null,
    output: '',
    outputBytes: 0,
    reports: [],
    durationMs: 5,
    changedPaths: [],
    ...result,
  };
  return judgeTests(run, workspace, { command, part: { scope: 'all', ...part } });
}

const file = (name: string) => [{ path: name, text: fixture(name) }];

describe('output of real tools', () => {
  test.each([
    ['vitest-red.json.txt', 'refuted'],
    ['jest-red.json.txt', 'refuted'],
    ['mocha-red.json.txt', 'refuted'],
    ['node-red.tap.txt', 'refuted'],
    ['go-red.json.txt', 'refuted'],
    ['go-panics.json.txt', 'refuted'],
    ['cargo-red.txt', 'refuted'],
    ['pytest-red.txt', 'refuted'],
    ['vitest-unloadable.json.txt', 'inconclusive'],
    ['jest-unloadable.json.txt', 'inconclusive'],
    ['mocha-unloadable.json.txt', 'inconclusive'],
    ['node-unloadable.tap.txt', 'inconclusive'],
    ['go-unbuilt.json.txt', 'inconclusive'],
    ['go-nobuild.json.txt', 'inconclusive'],
    ['go-none.json.txt', 'inconclusive'],
    ['go-testmain.json.txt', 'inconclusive'],
    ['cargo-uncompiled.txt', 'inconclusive'],
    ['pytest-uncollected.txt', 'inconclusive'],
    ['pytest-usage.txt', 'inconclusive'],
    ['vitest-red.console.txt', 'inconclusive'],
    ['jest-red.console.txt', 'inconclusive'],
    ['mocha-red.console.txt', 'inconclusive'],
    ['node-red.console.txt', 'inconclusive'],
    ['ctest-red.console.txt', 'inconclusive'],
    ['vitest-green.json.txt', 'inconclusive'],
  ])('%s with exit code 1 is %s', (name, outcome) => {
    const judgement = judged({ output: fixture(name) });
    expect(judgement.outcome, judgement.message).toBe(outcome);
  });

  test.each([
    'vitest-green.json.txt',
    'jest-green.json.txt',
    'mocha-green.json.txt',
    'node-green.tap.txt',
    'go-green.json.txt',
    'cargo-green.txt',
    'cargo-nocapture.txt',
    'pytest-green.txt',
    'pytest-green-quiet.txt',
    'vitest-green.console.txt',
    'jest-green.console.txt',
    'node-green.console.txt',
  ])('%s with exit code 0 is supported', (name) => {
    const judgement = judged({ output: fixture(name), exit: 0 });
    expect(judgement.outcome, judgement.message).toBe('supported');
  });

  test('of several failures only those that the machine does not explain refute', () => {
    expect(judged({ output: fixture('node-red.tap.txt') })).toMatchObject({
      failing: ['handles EADDRINUSE', 'outer > inner fails'],
    });
    expect(judged({ reports: file('pytest-red.junit.txt') })).toMatchObject({ failing: ['tests.test_b > test_bad'] });
  });
});

describe('exit codes', () => {
  test.each([2, 3, 4, 5])('%i of pytest is not a "no"', (exit) => {
    expect(judged({ exit, reports: file('pytest-red.junit.txt'), command: 'pytest' }).outcome).toBe('inconclusive');
  });

  test('0 with failures in a report file is a "no", unless they passed when repeated', () => {
    expect(judged({ exit: 0, reports: file('vitest-red.junit.txt') })).toMatchObject({ outcome: 'refuted' });
    const again =
      '<testsuite><testcase classname="a" name="b"><failure message="x"/></testcase><testcase classname="a" name="b"/></testsuite>';
    expect(judged({ exit: 0, reports: [{ path: 'a.xml', text: again }] })).toMatchObject({ outcome: 'supported' });
    expect(judged({ exit: 1, reports: [{ path: 'a.xml', text: again }] })).toMatchObject({ outcome: 'refuted' });
  });
});

describe('exit code 0 without a report', () => {
  test.each([
    "make: 'test' is up to date.",
    "make: Nothing to be done for 'test'.",
    'No tests found, exiting with code 0',
    '?   \texample.com/x\t[no test files]',
    'Ran 0 tests in 0.000s\n\nOK',
    'No projects matched the filters in "/repo"',
  ])('does not support when nothing ran: %s', (output) => {
    expect(judged({ exit: 0, output })).toMatchObject({ outcome: 'inconclusive' });
  });

  test.each(['hi', 'ok  \texample.com/a\t0.1s\n?   \texample.com/x\t[no test files]', 'Ran 3 tests in 0.1s\n\nOK'])(
    'supports else: %s',
    (output) => expect(judged({ exit: 0, output })).toMatchObject({ outcome: 'supported' }),
  );
});

describe('scope', () => {
  const red = { reports: file('vitest-red.junit.txt') };

  test('unknown is never refuted', () => {
    const judgement = judged({ ...red, part: { scope: 'unknown' } });
    expect(judgement).toMatchObject({ outcome: 'inconclusive', facts: { executed: 2, failed: 1 } });
    expect(judgement.message).toContain('1 of 2 tests failed');
  });

  test('admitted failures are supported by a report and by a printed summary', () => {
    const part = { expected: { failed: 1 } };
    expect(judged({ ...red, part })).toMatchObject({
      outcome: 'supported',
      message: '1 of 2 tests failed (junit), as the claim says.',
    });
    expect(judged({ ...red, part: { scope: 'unknown', expected: { passed: 1, total: 2 } } })).toMatchObject({
      outcome: 'supported',
    });
    expect(judged({ output: fixture('jest-red.console.txt'), part })).toMatchObject({ outcome: 'supported' });
    expect(judged({ ...red, part: { expected: { failed: 3 } } }).message).toBe(
      '1 of 2 tests failed (junit); the claim says 3 failed.',
    );
  });

  test('admitted failures that are not seen are neither supported nor refuted', () => {
    const part = { expected: { failed: 1 } };
    const green = { output: fixture('vitest-green.json.txt'), exit: 0, part };
    expect(judged(green)).toMatchObject({ outcome: 'inconclusive' });
    expect(judged({ output: 'done', exit: 0, part })).toMatchObject({ outcome: 'inconclusive' });
  });

  test('named tests that pass are supported although others fail', () => {
    const part = { scope: 'named' as const, names: ['passes'] };
    const judgement = judged({ ...red, part });
    expect(judgement, judgement.message).toMatchObject({ outcome: 'supported', facts: { executed: 1, failed: 0 } });
    expect(judgement.message).toContain('of the others 1 failed');
  });
});

function parserPassesAndFails(name: string): string {
  return `<testsuite><testcase classname="parser" name="parses"/><testcase classname="printer" name="${name}"><failure message="x"/></testcase></testsuite>`;
}

test('a failing test that only mentions what is named is no "no" to the named tests', () => {
  const part = { scope: 'named' as const, names: ['parser'] };
  const mentions = { reports: [{ path: 'a.xml', text: parserPassesAndFails('prints what the parser read') }], part };
  expect(judged(mentions)).toMatchObject({ outcome: 'inconclusive' });
  const own = { reports: [{ path: 'a.xml', text: parserPassesAndFails('parser handles dates') }], part };
  expect(judged(own)).toMatchObject({ outcome: 'refuted', failing: ['printer > parser handles dates'] });
});

test('a cut report still refutes with what was read, and says that it is cut when it supports', () => {
  const red = fixture('node-red.tap.txt').split('\n').slice(0, 30).join('\n');
  expect(judged({ output: red })).toMatchObject({ outcome: 'refuted', facts: { reportTruncated: true } });
  const green = fixture('node-green.tap.txt').split('\n').slice(0, 10).join('\n');
  expect(judged({ output: green, exit: 0 }).message).toContain('the report is cut');
});

test('paths of the workspace are left out of the names, so that a baseline elsewhere compares', () => {
  expect(judged({ reports: file('vitest-red.json.txt') })).toMatchObject({ failing: ['red.test.ts > fails'] });
});
