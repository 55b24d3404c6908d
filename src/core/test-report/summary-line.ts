/** What a line tells of; what it does not speak of is absent. */
export interface Counts {
  readonly passed?: number;
  readonly failed?: number;
  readonly skipped?: number;
}

interface Form {
  readonly tool: string;
  /** Of a line without indentation. */
  readonly pattern: RegExp;
  /** Its summary has several such lines, which add up. */
  readonly spread?: true;
  count(groups: readonly (string | undefined)[], line: string): Counts;
}

const number = (text: string | undefined): number => Number((text ?? '0').replaceAll(',', ''));
const listed = (word: string, line: string): number => number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1]);
const list = (line: string): Counts => ({
  passed: listed('passed', line),
  failed: listed('(?:failed|errors?)', line),
  skipped: listed('skipped', line) + listed('todo', line),
});

const forms: readonly Form[] = [
  { tool: 'jest', pattern: /^Tests:\s+.*\d+ total/, count: (_, line) => list(line) },
  { tool: 'vitest', pattern: /^Tests {2}.*\d+ (?:passed|failed|skipped|todo)/, count: (_, line) => list(line) },
  {
    tool: 'bun',
    spread: true,
    pattern: /^(\d+) (pass|fail|skip|todo)$/,
    count: ([n, what]) => counted(what, n),
  },
  {
    tool: 'mocha',
    spread: true,
    pattern: /^(\d+) (passing|failing|pending)\b/,
    count: ([n, what]) => counted(what, n),
  },
  {
    tool: 'node',
    spread: true,
    pattern: /^(?:#|ℹ) (pass|fail|cancelled|skipped|todo) (\d+)$/,
    count: ([what, n]) => counted(what, n),
  },
  {
    tool: 'pytest',
    pattern:
      /^(?:=+ )?(?:\d+ (?:passed|failed|skipped|deselected|xfailed|xpassed|warnings?|errors?)(?:, )?)+ in [\d.:]+ ?m?s/,
    count: (_, line) => list(line),
  },
  {
    tool: 'unittest',
    pattern:
      /^(OK(?: \((?:skipped|expected failures|unexpected successes)=.*)?$|FAILED \((?:(?:failures|errors)=\d+,? ?)+)/,
    count: ([what = '']) => (what.startsWith('OK') ? { passed: 1 } : { failed: 1 }),
  },
  {
    tool: 'cargo',
    pattern: /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'nextest',
    pattern: /^Summary \[.*\] +\d+ tests? run: (\d+) passed.*?(?:(\d+) failed)?/,
    count: ([passed], line) => ({ passed: number(passed), failed: listed('failed', line) }),
  },
  {
    tool: 'rspec',
    pattern: /^(\d+) (?:examples?|tests?|doctests?), (\d+) failures?/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    tool: 'minitest',
    pattern: /^(\d+) runs, \d+ assertions, (\d+) failures, (\d+) errors/,
    count: ([all, failed, errors]) => ({
      passed: number(all) - number(failed) - number(errors),
      failed: number(failed) + number(errors),
    }),
  },
  { tool: 'phpunit', spread: true, pattern: /^OK \((\d+) tests?/, count: ([passed]) => ({ passed: number(passed) }) },
  {
    tool: 'phpunit',
    spread: true,
    pattern: /^Tests: \d+, Assertions: \d+.*(?:Failures|Errors): (\d+)/,
    count: ([failed]) => ({ failed: number(failed) }),
  },
  {
    tool: 'maven',
    pattern: /^(?:\[\w+\] )?Tests run: (\d+), Failures: (\d+), Errors: (\d+)/,
    count: ([all, failed, errors]) => ({
      passed: number(all) - number(failed) - number(errors),
      failed: number(failed) + number(errors),
    }),
  },
  {
    tool: 'xctest',
    pattern: /^Executed (\d+) tests?, with (?:\d+ tests? skipped and )?(\d+) failures?/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    tool: 'swift',
    pattern: /^. Test run with (\d+) tests? .*?(passed|failed)/,
    count: ([all, what]) => (what === 'passed' ? { passed: number(all) } : { failed: 1 }),
  },
  {
    tool: 'dotnet',
    pattern: /^(?:Passed|Failed)! +- Failed: +(\d+), Passed: +(\d+)/,
    count: ([failed, passed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'deno',
    pattern: /^(?:ok|FAILED) \| (\d+) passed.*\| (\d+) failed/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'ctest',
    pattern: /^\d+% tests passed, (\d+) tests? failed out of (\d+)/,
    count: ([failed, all]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    tool: 'gotestsum',
    pattern: /^DONE (\d+) tests(?:, \d+ skipped)?(?:, (\d+) failures?)?/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    tool: 'pest',
    pattern: /^Tests: +(?:\d+ \w+,? ?)+\(\d+ assertions\)/,
    count: (_, line) => list(line),
  },
  {
    tool: 'vstest',
    pattern: /^Test summary: total: \d+, failed: (\d+), succeeded: (\d+)/,
    count: ([failed, passed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'gradle',
    pattern: /^(\d+) tests? completed, (\d+) failed/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    tool: 'automake',
    spread: true,
    pattern: /^# (PASS|FAIL|ERROR): +(\d+)$/,
    count: ([what, n]) => (what === 'PASS' ? { passed: number(n) } : { failed: number(n) }),
  },
  {
    tool: 'ava',
    spread: true,
    pattern: /^(\d+) tests? (passed|failed)$/,
    count: ([n, what]) => counted(what, n),
  },
  {
    tool: 'scalatest',
    pattern: /^(?:\[\w+\] )?Tests: succeeded (\d+), failed (\d+)/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'flutter',
    pattern: /^\d+:\d+ \+(\d+)(?: ~\d+)?(?: -(\d+))?: (?:All tests passed!|Some tests failed\.)$/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'julia',
    pattern: /^(?:ERROR: )?(?:LoadError: )?Some tests did not pass: (\d+) passed, (\d+) failed, (\d+) errored/,
    count: ([passed, failed, errors]) => ({ passed: number(passed), failed: number(failed) + number(errors) }),
  },
  {
    tool: 'testthat',
    pattern: /^\[ FAIL (\d+) \| WARN \d+ \| SKIP \d+ \| PASS (\d+) \]/,
    count: ([failed, passed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'zig',
    pattern: /^(?:Build Summary: .*; )?(\d+)\/(\d+) tests passed/,
    count: ([passed, all]) => ({ passed: number(passed), failed: number(all) - number(passed) }),
  },
  {
    tool: 'forge',
    pattern: /^Ran \d+ test suites? in [^:]+: (\d+) tests passed, (\d+) failed/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'clojure',
    pattern: /^(\d+) failures, (\d+) errors\.$/,
    count: ([failed, errors]) => (number(failed) + number(errors) === 0 ? { passed: 1 } : { failed: 1 }),
  },
  {
    tool: 'karma',
    pattern:
      /^(?:(?:Chrome|Firefox|Safari|Edge|Electron|jsdom)[^:]{0,80}: Executed (\d+) of \d+ (?:SUCCESS|\((\d+) FAILED\))|TOTAL: (?:(\d+) FAILED, )?(\d+) SUCCESS$)/,
    count: ([all, failed, totalFailed, passed]) =>
      all === undefined
        ? { passed: number(passed), failed: number(totalFailed) }
        : { passed: number(all) - number(failed), failed: number(failed) },
  },
  {
    tool: 'behave',
    pattern: /^(\d+) scenarios? passed, (\d+) failed/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'pester',
    pattern: /^(?:Tests )?Passed: (\d+), Failed: (\d+)/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    tool: 'playwright',
    spread: true,
    pattern: /^(\d+) (passed|failed)(?: \([\d.]+m?s\)| \([\d.]+m\))?$/,
    count: ([n, what]) => counted(what, n),
  },
];

function counted(what = '', n: string | undefined): Counts {
  if (what.startsWith('pass')) return { passed: number(n) };
  return /^(?:fail|cancel)/.test(what) ? { failed: number(n) } : { skipped: number(n) };
}

export interface SummaryLine {
  readonly tool: string;
  readonly spread: boolean;
  readonly counts: Counts;
}

/** Most lines are no summary: one look for all forms together. */
const some = new RegExp(forms.map(({ pattern }) => pattern.source).join('|'));

/** What a line without indentation says if it belongs to the summary that a test tool prints for people. */
export function summaryLine(line: string): SummaryLine | undefined {
  if (!some.test(line)) return undefined;
  for (const { tool, pattern, spread = false, count } of forms) {
    const groups = pattern.exec(line);
    if (groups !== null) return { tool, spread, counts: count(groups.slice(1), line) };
  }
  return undefined;
}
