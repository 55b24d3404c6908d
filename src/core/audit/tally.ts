/** What a test tool's summary counts. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface Form {
  readonly id: string;
  readonly pattern: RegExp;
  count(groups: readonly (string | undefined)[], line: string): Partial<Tally>;
}

const number = (text: string | undefined): number => Number((text ?? '0').replaceAll(',', ''));
const listed = (word: string, line: string): number => number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1]);
const both = (line: string): Tally => ({ passed: listed('passed', line), failed: listed('(?:failed|errors?)', line) });

/**
 * One line of the summary of each tool. Lines of one summary add up; of several summaries of one tool, the last counts,
 * and an earlier one with failures makes it doubtful.
 */
const forms: readonly Form[] = [
  { id: 'jest', pattern: /^Tests:\s+.*\d+ total/, count: (_, line) => both(line) },
  { id: 'vitest', pattern: /^Tests {2}.*\d+ (?:passed|failed)/, count: (_, line) => both(line) },
  {
    id: 'bun',
    pattern: /^(\d+) (pass|fail)$/,
    count: ([n, what]) => ({ [what === 'pass' ? 'passed' : 'failed']: number(n) }),
  },
  {
    id: 'mocha',
    pattern: /^(\d+) (passing|failing)\b/,
    count: ([n, what]) => ({ [what === 'passing' ? 'passed' : 'failed']: number(n) }),
  },
  {
    id: 'node',
    pattern: /^(?:#|ℹ) (pass|fail) (\d+)$/,
    count: ([what, n]) => ({ [what === 'pass' ? 'passed' : 'failed']: number(n) }),
  },
  {
    id: 'pytest',
    pattern:
      /^(?:=+ )?(?:\d+ (?:passed|failed|skipped|deselected|xfailed|xpassed|warnings?|errors?)(?:, )?)+ in [\d.:]+ ?m?s/,
    count: (_, line) => both(line),
  },
  {
    id: 'unittest',
    pattern: /^(OK|FAILED \((?:(?:failures|errors)=\d+,? ?)+)/,
    count: ([what = '']) => (what === 'OK' ? { passed: 1 } : { failed: 1 }),
  },
  {
    id: 'cargo',
    pattern: /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    id: 'nextest',
    pattern: /^Summary \[.*\] +\d+ tests? run: (\d+) passed.*?(?:(\d+) failed)?/,
    count: ([passed], line) => ({ passed: number(passed), failed: listed('failed', line) }),
  },
  {
    id: 'rspec',
    pattern: /^(\d+) (?:examples?|tests?|doctests?), (\d+) failures?/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    id: 'minitest',
    pattern: /^(\d+) runs, \d+ assertions, (\d+) failures, (\d+) errors/,
    count: ([all, failed, errors]) => ({
      passed: number(all) - number(failed) - number(errors),
      failed: number(failed) + number(errors),
    }),
  },
  { id: 'phpunit', pattern: /^OK \((\d+) tests?/, count: ([passed]) => ({ passed: number(passed) }) },
  {
    id: 'phpunit',
    pattern: /^Tests: \d+, Assertions: \d+.*(?:Failures|Errors): (\d+)/,
    count: ([failed]) => ({ failed: number(failed) }),
  },
  {
    id: 'maven',
    pattern: /^(?:\[\w+\] )?Tests run: (\d+), Failures: (\d+), Errors: (\d+)/,
    count: ([all, failed, errors]) => ({
      passed: number(all) - number(failed) - number(errors),
      failed: number(failed) + number(errors),
    }),
  },
  {
    id: 'xctest',
    pattern: /^Executed (\d+) tests?, with (?:\d+ tests? skipped and )?(\d+) failures?/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    id: 'swift',
    pattern: /^. Test run with (\d+) tests? .*?(passed|failed)/,
    count: ([all, what]) => (what === 'passed' ? { passed: number(all) } : { failed: 1 }),
  },
  {
    id: 'dotnet',
    pattern: /^(?:Passed|Failed)! +- Failed: +(\d+), Passed: +(\d+)/,
    count: ([failed, passed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    id: 'deno',
    pattern: /^(?:ok|FAILED) \| (\d+) passed.*\| (\d+) failed/,
    count: ([passed, failed]) => ({ passed: number(passed), failed: number(failed) }),
  },
  {
    id: 'ctest',
    pattern: /^\d+% tests passed, (\d+) tests? failed out of (\d+)/,
    count: ([failed, all]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    id: 'gotestsum',
    pattern: /^DONE (\d+) tests(?:, \d+ skipped)?(?:, (\d+) failures?)?/,
    count: ([all, failed]) => ({ passed: number(all) - number(failed), failed: number(failed) }),
  },
  {
    id: 'playwright',
    pattern: /^(\d+) (passed|failed)(?: \([\d.]+m?s\)| \([\d.]+m\))?$/,
    count: ([n, what]) => ({ [what === 'passed' ? 'passed' : 'failed']: number(n) }),
  },
];

/** Go reports package by package; all of them count. */
const goFailed = /^(?:--- FAIL: \w|FAIL\t\S+)/;
const goPassed = /^(?:ok {2}\t\S+|--- PASS: \w)/;

export interface Counted extends Tally {
  /** An earlier summary of the same tool told of failures. */
  readonly doubtful: boolean;
  /** Names of tests that failed and passed, as far as they are told. */
  readonly failing: readonly string[];
  readonly passing: readonly string[];
}

/** What the summaries in an output count together; undefined where there is none. */
export function tallyOf(output: string): Counted | undefined {
  const found = new Map<string, { at: number; last: { passed: number; failed: number }; earlier: number }>();
  const go = { passed: 0, failed: 0 };
  const names: { failing: string[]; passing: string[] } = { failing: [], passing: [] };
  for (const [at, raw] of output.split('\n').entries()) {
    if (raw.length > longestLine) continue;
    const line = bare(raw);
    if (goFailed.test(raw)) go.failed++;
    else if (goPassed.test(raw)) go.passed++;
    nameIn(line, names);
    if (!/\d/.test(line) && line !== 'OK') continue;
    for (const { id, pattern, count } of forms) {
      const groups = pattern.exec(line);
      if (groups === null) continue;
      const { passed = 0, failed = 0 } = count(groups.slice(1), line);
      const before = found.get(id);
      if (before === undefined || at - before.at > sameSummary || isWhole(id)) {
        const earlier = (before?.earlier ?? 0) + (before?.last.failed ?? 0);
        found.set(id, { at, last: { passed, failed }, earlier });
      } else {
        before.at = at;
        before.last.passed += passed;
        before.last.failed += failed;
      }
      break;
    }
  }
  const all = [...found.values()];
  if (all.length === 0 && go.passed + go.failed === 0) return undefined;
  const [last] = all.toSorted((a, b) => b.at - a.at);
  const { passed, failed } = go.passed + go.failed > 0 ? go : (last?.last ?? go);
  const doubtful = failed === 0 && all.some((each) => each.earlier > 0 || each.last.failed > 0);
  return { passed, failed, doubtful, ...names };
}

const longestLine = 2000;
const sameSummary = 4;
const mostNames = 3000;

/** Formats that say all in one line; two lines are two summaries. */
function isWhole(id: string): boolean {
  return !['bun', 'mocha', 'node', 'playwright', 'phpunit'].includes(id);
}

/** Without what task runners and workspaces put in front. */
function bare(line: string): string {
  return line
    .replace(/^(?:\s*(?:\[[\w./@:-]+\]|[@\w./-]+:[\w:-]+:|[@\w./-]+ (?:test|test:\w+)[:|]?|│|\|))?\s*/, '')
    .trimEnd();
}

function nameIn(line: string, { failing, passing }: { failing: string[]; passing: string[] }): void {
  const go = /^(?:--- )?(FAIL|PASS|ok)(?::|\s+(?=\S+[/.]))\s*(\S+)/.exec(line);
  const other = go ?? /^(?:\((fail|pass)\)|([✗✘×]|✓|✔)|(FAILED|PASSED)) (.+)$/.exec(line);
  if (other === null) return;
  const sign = go === null ? (other[1] ?? other[2] ?? other[3] ?? '') : (go[1] ?? '');
  const name = go === null ? (other[4] ?? '') : (go[2] ?? '');
  const list = /^(?:FAIL|fail|FAILED|[✗✘×])$/.test(sign) ? failing : passing;
  if (list.length < mostNames) list.push(name.slice(0, 200));
}
