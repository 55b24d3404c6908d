import { expect, test } from 'vitest';
import { tallyOf } from './tally.ts';

function cargo(passed: number): string {
  return `test result: ok. ${passed} passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s`;
}

test.each<[string, string, number, number]>([
  ['jest', 'Test Suites: 1 failed, 1 total\nTests:       1 failed, 3 passed, 4 total', 3, 1],
  ['vitest', ' Test Files  1 passed (1)\n      Tests  3 passed (3)', 3, 0],
  ['vitest in a workspace', 'web test:       Tests  2 failed | 3 passed (5)', 3, 2],
  ['bun', ' 1346 pass\n 114 fail\n 114 errors', 1346, 114],
  ['mocha', '  5 passing (10ms)\n  1 failing', 5, 1],
  ['node', '# tests 3\n# pass 2\n# fail 1', 2, 1],
  ['pytest', '===== 3 failed, 10 passed, 1 skipped in 2.10s =====', 10, 3],
  ['pytest, quiet', '10 passed in 0.20s', 10, 0],
  ['unittest', 'Ran 5 tests in 0.001s\n\nFAILED (failures=1, errors=1)', 0, 1],
  ['cargo', 'test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out', 5, 1],
  ['go', 'ok  \ta/b\t0.3s\nFAIL\ta/c\t0.1s\nFAIL', 1, 1],
  ['rspec', '7 examples, 1 failure', 6, 1],
  ['maven', '[INFO] Tests run: 5, Failures: 1, Errors: 1, Skipped: 0', 3, 2],
  ['dotnet', 'Passed!  - Failed:     0, Passed:     5, Skipped:     0, Total:     5', 5, 0],
  ['deno', 'ok | 5 passed | 0 failed (10ms)', 5, 0],
  ['xctest', '\t Executed 5 tests, with 1 failure (0 unexpected) in 0.1 seconds', 4, 1],
  ['mix', '40 tests, 3 failures', 37, 3],
  ['pest', '  Tests:    3 failed, 37 passed (80 assertions)', 37, 3],
  ['dotnet 9', 'Test summary: total: 40, failed: 3, succeeded: 37, skipped: 0, duration: 1.0s', 37, 3],
  ['gradle', '40 tests completed, 3 failed', 37, 3],
  ['automake', '# TOTAL: 40\n# PASS:  37\n# SKIP:  0\n# XFAIL: 0\n# FAIL:  2\n# XPASS: 0\n# ERROR: 1', 37, 3],
  ['ava', '  3 tests failed\n  37 tests passed', 37, 3],
  ['sbt', '[info] Tests: succeeded 37, failed 3, canceled 0, ignored 0, pending 0', 37, 3],
  ['flutter', '00:03 +37 -3: Some tests failed.', 37, 3],
  ['flutter, green', '00:03 +40: All tests passed!', 40, 0],
  ['julia', 'ERROR: LoadError: Some tests did not pass: 37 passed, 2 failed, 1 errored, 0 broken.', 37, 3],
  ['testthat', '[ FAIL 3 | WARN 0 | SKIP 0 | PASS 37 ]', 37, 3],
  ['zig', 'Build Summary: 1/3 steps succeeded; 1 failed; 37/40 tests passed; 3 failed', 37, 3],
  ['forge', 'Ran 6 test suites in 1s: 37 tests passed, 3 failed, 0 skipped (40 total tests)', 37, 3],
  ['clojure', 'Ran 40 tests containing 80 assertions.\n3 failures, 0 errors.', 0, 1],
  ['karma', 'Chrome Headless: Executed 40 of 40 (3 FAILED) (0.5 secs)\nTOTAL: 3 FAILED, 37 SUCCESS', 37, 3],
  ['behave', '37 scenarios passed, 3 failed, 0 skipped', 37, 3],
  ['pester', 'Tests Passed: 37, Failed: 3, Skipped: 0 NotRun: 0', 37, 3],
  ['bats', '1..3\nok 1 a\nnot ok 2 b\nok 3 c # skip no network', 1, 1],
  ['cargo with doc tests', `${cargo(40)}${'\n'.repeat(9)}${cargo(0)}`, 40, 0],
])('%s', (_tool, output, passed, failed) => {
  expect(tallyOf(output)).toMatchObject({ passed, failed });
});

test('a green suite whose tests print errors stays green', () => {
  const output = `error: Item 3 failed\n[x] Task 2 failed: 84 | test\nerror: 12 failures expected\n 1309 pass\n 0 fail\n`;
  expect(tallyOf(output)).toMatchObject({ passed: 1309, failed: 0, doubtful: false });
});

function summary(text: string): string {
  return `      Tests  ${text}\n`;
}

test('the last summary counts, and an earlier one that failed makes it doubtful', () => {
  expect(tallyOf(`${summary('1 failed | 2 passed (3)')}${'\n'.repeat(9)}${summary('3 passed (3)')}`)).toMatchObject({
    failed: 0,
    doubtful: true,
  });
});

test('words are no summary', () => {
  expect(tallyOf('all tests passed, 3 failed earlier\nnothing failed')).toBeUndefined();
});

test('what is only pending or skipped counts for nothing', () => {
  expect(tallyOf('3 pending changes\n')).toBeUndefined();
  expect(tallyOf(`  5 passing (10ms)\n  1 failing\n${'\n'.repeat(9)}2 pending changes`)).toMatchObject({ failed: 1 });
});

test('a cancelled test did not pass', () => {
  expect(tallyOf('ℹ pass 2\nℹ fail 0\nℹ cancelled 1')).toMatchObject({ passed: 2, failed: 1 });
});
