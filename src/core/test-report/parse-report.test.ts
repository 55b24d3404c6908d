import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConsoleSummary } from './console-summary.ts';
import { detectFormat, parseReport, reportOfFiles, reportOfOutput } from './parse-report.ts';
import type { TestReport } from './test-report.ts';

const folder = new URL('fixtures/', import.meta.url);
const tap = (text: string) => parseReport(`TAP version 14\n${text}`);
const fixture = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** Output of the real tools: [passed, failed, skipped, not loaded]. */
const machine: Readonly<Record<string, readonly [format: string, ...counts: [number, number, number, number]]>> = {
  'node-green.tap.txt': ['tap', 2, 0, 3, 0],
  'node-red.tap.txt': ['tap', 2, 3, 0, 0],
  'node-mixed.tap.txt': ['tap', 2, 3, 0, 1],
  'node-unloadable.tap.txt': ['tap', 0, 0, 0, 1],
  'node-empty.tap.txt': ['tap', 0, 0, 0, 0],
  'node-green.junit.txt': ['junit', 2, 0, 3, 0],
  'node-red.junit.txt': ['junit', 2, 3, 0, 0],
  'node-mixed.junit.txt': ['junit', 2, 3, 0, 1],
  'node-unloadable.junit.txt': ['junit', 0, 0, 0, 1],
  'node-empty.junit.txt': ['junit', 0, 0, 0, 0],
  'vitest-green.json.txt': ['vitest-json', 2, 0, 2, 0],
  'vitest-red.json.txt': ['vitest-json', 1, 1, 0, 0],
  'vitest-unloadable.json.txt': ['vitest-json', 0, 0, 0, 1],
  'vitest-green.junit.txt': ['junit', 2, 0, 2, 0],
  'vitest-red.junit.txt': ['junit', 1, 1, 0, 0],
  'vitest-unloadable.junit.txt': ['junit', 0, 0, 0, 1],
  'jest-green.json.txt': ['jest-json', 1, 0, 2, 0],
  'jest-red.json.txt': ['jest-json', 1, 1, 0, 0],
  'jest-unloadable.json.txt': ['jest-json', 0, 0, 0, 1],
  'mocha-green.json.txt': ['mocha-json', 1, 0, 2, 0],
  'mocha-red.json.txt': ['mocha-json', 1, 1, 0, 1],
  'go-green.json.txt': ['go-json', 3, 0, 1, 0],
  'go-red.json.txt': ['go-json', 5, 1, 1, 0],
  'go-panics.json.txt': ['go-json', 1, 1, 0, 0],
  'go-none.json.txt': ['go-json', 0, 0, 0, 0],
  'go-testmain.json.txt': ['go-json', 0, 0, 0, 1],
  'go-unbuilt.json.txt': ['go-json', 3, 0, 1, 1],
  'cargo-green.txt': ['cargo', 4, 0, 1, 0],
  'cargo-nocapture.txt': ['cargo', 4, 0, 1, 0],
  'cargo-red.txt': ['cargo', 3, 1, 1, 0],
  'cargo-red-all.txt': ['cargo', 4, 1, 1, 0],
  'cargo-uncompiled.txt': ['cargo', 0, 0, 0, 1],
  'pytest-green.junit.txt': ['junit', 4, 0, 2, 0],
  'pytest-red.junit.txt': ['junit', 5, 2, 2, 1],
  'pytest-uncollected.junit.txt': ['junit', 0, 0, 0, 1],
  'pytest7-uncollected.junit.txt': ['junit', 0, 0, 0, 1],
  'pytest-green.txt': ['pytest', 4, 0, 2, 0],
  'pytest-green-quiet.txt': ['pytest', 4, 0, 2, 0],
  'pytest-red.txt': ['pytest', 5, 2, 2, 1],
  'pytest7-red.txt': ['pytest', 5, 2, 2, 1],
  'pytest-uncollected.txt': ['pytest', 0, 0, 0, 1],
  'ctest-red.junit.txt': ['junit', 1, 1, 0, 0],
};

/** [passed, failed, skipped] */
const consoles: Readonly<Record<string, readonly [string, number, number, number]>> = {
  'node-green.console.txt': ['node', 2, 0, 3],
  'node-red.console.txt': ['node', 2, 3, 0],
  'vitest-green.console.txt': ['vitest', 2, 0, 2],
  'vitest-red.console.txt': ['vitest', 1, 1, 0],
  'jest-green.console.txt': ['jest', 1, 0, 2],
  'jest-red.console.txt': ['jest', 1, 1, 0],
  'mocha-green.console.txt': ['mocha', 1, 0, 2],
  'mocha-red.console.txt': ['mocha', 1, 2, 0],
  'ctest-green.console.txt': ['ctest', 1, 0, 0],
  'ctest-red.console.txt': ['ctest', 1, 1, 0],
};

const reportless = ['mocha-unloadable.json.txt', 'go-nobuild.json.txt', 'pytest-usage.txt'];

test('every sample is looked at', () => {
  expect([...Object.keys(machine), ...Object.keys(consoles), ...reportless].toSorted()).toEqual(
    readdirSync(folder).toSorted(),
  );
});

describe('machine reports of real tools', () => {
  test.each(Object.entries(machine))('%s', (name, [format, passed, failed, skipped, notLoaded]) => {
    const text = fixture(name);
    const report = parseReport(text);
    expect(report).toMatchObject({ format, strength: 'machine', passed, failed, skipped, executed: passed + failed });
    expect(report?.suitesFailedToLoad).toHaveLength(notLoaded);
    expect(report?.failures).toHaveLength(failed);
    expect(report?.truncated).toBe(false);
    expect(report?.failures.every(({ id }) => id !== '')).toBe(true);
    expect(detectFormat(text)).toBe(format);
  });

  test.each(reportless)('%s is no report', (name) => {
    expect(reportOfOutput(fixture(name))).toBeUndefined();
  });

  test('a report is found among other output', () => {
    for (const name of [
      'vitest-red.json.txt',
      'go-red.json.txt',
      'node-red.tap.txt',
      'cargo-red.txt',
      'mocha-red.json.txt',
      'node-red.junit.txt',
    ]) {
      const noisy = `> sample@1.0.0 test\nerror: noise {"a": "\n${fixture(name)}\nnpm error code 1\n`;
      expect(reportOfOutput(noisy)?.failed, name).toBe(parseReport(fixture(name))?.failed);
    }
  });

  test('failures carry what the test said', () => {
    const said = (name: string) => parseReport(fixture(name))?.failures.map(({ message }) => message.split('\n')[0]);
    expect(said('node-red.tap.txt')).toEqual([
      "AssertionError: 'a' == 'EADDRINUSE' (ERR_ASSERTION)",
      expect.stringContaining('AssertionError: Expected values'),
      'listen EADDRINUSE: address already in use :::34071 (EADDRINUSE)',
    ]);
    expect(said('go-red.json.txt')).toEqual(['b_test.go:3: got 2, want 3']);
    expect(said('pytest-red.txt')).toEqual([
      'assert [1] == [2]',
      "ModuleNotFoundError: No module named 'nothing_there'",
    ]);
    expect(parseReport(fixture('cargo-red.txt'))?.failures[0]?.message).toContain('assertion `left == right` failed');
    expect(parseReport(fixture('node-unloadable.tap.txt'))?.suitesFailedToLoad[0]?.message).toContain(
      'Cannot find package',
    );
    expect(parseReport(fixture('pytest-uncollected.txt'))?.suitesFailedToLoad[0]?.message).toContain(
      'ModuleNotFoundError',
    );
  });
});

describe('console summaries', () => {
  test.each(Object.entries(consoles))('%s', (name, [format, passed, failed, skipped]) => {
    const text = fixture(name);
    expect(parseReport(text)).toBeUndefined();
    expect(reportOfOutput(text)).toMatchObject({ format, strength: 'console', passed, failed, skipped });
  });

  test('bun', () => {
    const text =
      'bun test v1.2.0\n\na.test.ts:\n(pass) a [0.1ms]\n\n 3 pass\n 1 skip\n 1 fail\n 4 expect() calls\nRan 5 tests across 2 files. [12.00ms]\n';
    expect(parseConsoleSummary(text)).toMatchObject({ format: 'bun', passed: 3, failed: 1, skipped: 1 });
  });
});

describe('TAP', () => {
  test('a plan that was not kept is a cut report, not a failure', () => {
    expect(tap('ok 1 - a\n1..3\n')).toMatchObject({ failed: 0, executed: 1, truncated: true });
    expect(tap('ok 1 - a\n')).toMatchObject({ failed: 0, truncated: true });
  });
  test('bail out', () => {
    const report = tap('ok 1 - a\nBail out! no database\n1..2\n');
    expect(report).toMatchObject({ failed: 0, truncated: true });
    expect(report?.suitesFailedToLoad[0]?.message).toBe('Bail out! no database');
  });
  test('a suite that fails by itself counts, its passing tests too', () => {
    expect(tap('    ok 1 - in\n    1..1\nnot ok 1 - out\n1..1\n')).toMatchObject({ passed: 1, failed: 1 });
  });
  test('TODO and SKIP never fail, in either case', () => {
    expect(tap('not ok 1 - a # todo later\nnot ok 2 # SKIP x\nok 3 - b \\# TODO\n1..3\n')).toMatchObject({
      failed: 0,
      skipped: 2,
      passed: 1,
    });
  });
  test('what stands in a YAML block is no test', () => {
    expect(
      tap('not ok 1 - a\n  ---\n  message: |\n    not ok 2 - quoted\n    not ok 3 - quoted\n  ...\n1..1\n'),
    ).toMatchObject({ failed: 1 });
  });
});

describe('JUnit', () => {
  test('nested suites, errors and disabled tests', () => {
    const text = `<testsuites><testsuite name="a"><testsuite name="b"><testcase classname="c" name="one"><error type="TypeError" message="x"/></testcase>
      <testcase classname="c" name="two" status="disabled"/></testsuite><testcase name="three"/></testsuite></testsuites>`;
    expect(parseReport(text)).toMatchObject({ passed: 1, failed: 1, skipped: 1, truncated: false });
  });
  test('a suite known by its error count alone did not load', () => {
    expect(parseReport('<testsuite name="a" tests="0" errors="1"></testsuite>')?.suitesFailedToLoad).toEqual([
      { id: 'a', message: '' },
    ]);
  });
  test('entities that would explode are refused', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]><testsuite><testcase name="&c;"/></testsuite>`;
    const report = parseReport(bomb);
    expect(report?.tests?.[0]?.id.length ?? 0).toBeLessThan(10_000);
  });
  test('several files of one run are one report; another format of the same run is not added', () => {
    const files = ['vitest-red.junit.txt', 'vitest-green.junit.txt', 'vitest-red.json.txt'].map(fixture);
    expect(reportOfFiles(files)).toMatchObject({ format: 'junit', passed: 3, failed: 1, skipped: 2 });
  });
});

describe('output of several tools', () => {
  test('plain text in a machine format beside the summary of another tool is printed by a test', () => {
    const noisy = `TAP version 13\nnot ok 1 - planted\n1..1\n${fixture('vitest-green.console.txt')}`;
    expect(reportOfOutput(noisy)).toMatchObject({ format: 'vitest', strength: 'console', failed: 0 });
    expect(reportOfOutput(noisy, 'tap')).toMatchObject({ format: 'tap', failed: 1 });
  });

  test('a long output of which the middle is missing is cut, and its broken lines do not count', () => {
    const mark = '\n[12345 bytes were printed here and not kept]\n';
    for (const name of ['node-green.tap.txt', 'cargo-green.txt', 'go-green.json.txt', 'pytest-green.txt']) {
      const text = fixture(name);
      for (const at of cuts(text)) {
        const report = reportOfOutput(`${text.slice(0, at)}${mark}${text.slice(at + 500)}`);
        expect(report?.failed ?? 0, `${name} at ${at}`).toBe(0);
      }
    }
    const red = `${fixture('node-red.tap.txt').slice(0, -20)}${mark}_ms 3\n`;
    expect(reportOfOutput(red)).toMatchObject({ failed: 3, truncated: true });
  });
});

describe('go', () => {
  test('newer releases report a failed build as events', () => {
    const lines = [
      { ImportPath: 'm/x', Action: 'build-output', Output: 'x.go:1:1: undefined: y\n' },
      { ImportPath: 'm/x', Action: 'build-fail' },
      { Action: 'start', Package: 'm/x' },
      { Action: 'output', Package: 'm/x', Output: 'FAIL\tm/x [build failed]\n' },
      { Action: 'fail', Package: 'm/x', FailedBuild: 'm/x' },
    ];
    const report = parseReport(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(report).toMatchObject({ executed: 0, failed: 0 });
    expect(report?.suitesFailedToLoad).toEqual([{ id: 'm/x', message: expect.stringContaining('undefined: y') }]);
  });
});

describe('cargo', () => {
  test('a printed result line does not count', () => {
    const text = fixture('cargo-green.txt').replace(
      'test tests::adds ... ok',
      'test result: FAILED. 0 passed; 9 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\ntest tests::adds ... ok',
    );
    expect(parseReport(text)).toMatchObject({ passed: 4, failed: 0 });
  });
  test('the tail alone still has the failing test', () => {
    const tail = fixture('cargo-red.txt').split('\n').slice(-8).join('\n');
    expect(parseReport(tail)).toMatchObject({ passed: 1, failed: 1, truncated: true });
  });
});

describe('cut anywhere, a report never throws and a green one never turns red', () => {
  const all: readonly (readonly [string, number])[] = Object.entries({ ...machine, ...consoles }).map(
    ([name, [, , failed]]) => [name, failed],
  );
  const greens = all.filter(([, failed]) => failed === 0);
  const reds = all.filter(([name, failed]) => failed > 0 && name in machine);

  test('there are greens and reds', () => {
    expect([greens.length > 20, reds.length > 10]).toEqual([true, true]);
  });

  test.each(greens)('%s', (name) => {
    const text = fixture(name);
    for (const cut of cuts(text)) {
      expect(failedIn(text.slice(0, cut)), `the first ${cut}`).toBe(0);
      expect(failedIn(text.slice(cut)), `without the first ${cut}`).toBe(0);
    }
  });

  test.each(reds)('%s keeps at most its failures', (name, failed) => {
    const text = fixture(name);
    for (const cut of cuts(text)) expect(failedIn(text.slice(0, cut))).toBeLessThanOrEqual(failed);
  });

  test('noise never throws', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom('<', '>', '{"', '}', 'ok 1', '\n', '    ', 'not ', '# TODO', '1..2', '"', '\\'),
      }),
    );
    fc.assert(
      fc.property(anything, (text) => void reportOfOutput(text)),
      { numRuns: 3000 },
    );
  });
});

/** Every byte of the small reports; of the large ones every line end, the bytes beside it and 300 spread bytes. */
function cuts(text: string): readonly number[] {
  const lineEnds = [...text.matchAll(/\n/g)].flatMap(({ index }) => [index - 1, index, index + 1]);
  const step = Math.max(1, Math.floor(text.length / 300));
  const spread = Array.from({ length: Math.ceil(text.length / step) }, (_, at) => at * step);
  return [...new Set([...lineEnds, ...spread])];
}

function failedIn(text: string): number {
  const reports: readonly (TestReport | undefined)[] = [parseReport(text), parseConsoleSummary(text)];
  return Math.max(...reports.map((report) => report?.failed ?? 0));
}

/** Outputs are read in time that grows with their length: a quadratic pattern would take minutes here. */
test('long outputs without any report are read in one go', () => {
  for (const piece of ['a', '\n', ' \n', '    not ok 1\n', '{"stats": {', '___ a ', '1 passed, ', '<testsuite>']) {
    expect(() => reportOfOutput(piece.repeat(200_000 / piece.length)), piece).not.toThrow();
  }
});

test('entities of JUnit attributes are read, numeric ones too', () => {
  const text = '<testsuite><testcase name="a"><failure message="one&#10;two &lt;3&gt;"/></testcase></testsuite>';
  expect(parseReport(text)?.failures[0]?.message).toContain('one\ntwo <3>');
});
