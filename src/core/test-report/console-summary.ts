import type { ConsoleFormat, TestReport } from './test-report.ts';

interface Summary {
  readonly format: ConsoleFormat;
  /** Matches one whole summary; the last one in the text is the tool's own. */
  readonly pattern: RegExp;
  counts(groups: readonly (string | undefined)[]): {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
  };
}

const number = (text: string | undefined) => Number(text ?? 0);

/** `1 failed | 3 passed | 1 skipped`, or the same with commas. */
function listed(text = ''): { passed: number; failed: number; skipped: number } {
  const count = (word: string) => number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1]);
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') + count('todo') };
}

const summaries: readonly Summary[] = [
  {
    format: 'vitest',
    pattern: /^ *Test Files {2}.+\n *Tests {2}(.+)$/gm,
    counts: ([list]) => listed(list),
  },
  {
    format: 'jest',
    pattern: /^Test Suites: .+ total\nTests: +(.+) total$/gm,
    counts: ([list]) => listed(list),
  },
  {
    format: 'mocha',
    pattern: /^ {2}(\d+) passing \(\S+\)\n(?: {2}(\d+) pending\n)?(?: {2}(\d+) failing\n)?/gm,
    counts: ([passed, pending, failed]) => ({
      passed: number(passed),
      failed: number(failed),
      skipped: number(pending),
    }),
  },
  {
    format: 'node',
    pattern:
      /^ℹ tests \d+\nℹ suites \d+\nℹ pass (\d+)\nℹ fail (\d+)\nℹ cancelled (\d+)\nℹ skipped (\d+)\nℹ todo (\d+)$/gm,
    counts: ([pass, fail, cancelled, skip, todo]) => ({
      passed: number(pass),
      failed: number(fail) + number(cancelled),
      skipped: number(skip) + number(todo),
    }),
  },
  {
    format: 'bun',
    pattern:
      /^ *(\d+) pass\n(?: *(\d+) skip\n)?(?: *(\d+) todo\n)? *(\d+) fail\n(?:.*\n){0,3}?Ran \d+ tests? across \d+ files?\./gm,
    counts: ([pass, skip, todo, fail]) => ({
      passed: number(pass),
      failed: number(fail),
      skipped: number(skip) + number(todo),
    }),
  },
  {
    format: 'ctest',
    pattern: /^\d+% tests passed, (\d+) tests? failed out of (\d+)$/gm,
    counts: ([failed, total]) => ({ passed: number(total) - number(failed), failed: number(failed), skipped: 0 }),
  },
];

/** What the summary that a tool prints for people says; the weaker source, used when no machine report is there. */
export function parseConsoleSummary(text: string): TestReport | undefined {
  const found = summaries.flatMap(({ format, pattern, counts }) => {
    const last = [...text.matchAll(pattern)].at(-1);
    return last === undefined ? [] : [{ format, at: last.index, counts: counts(last.slice(1)) }];
  });
  const [last] = found.toSorted((a, b) => b.at - a.at);
  if (last === undefined) return undefined;
  const { passed, failed } = last.counts;
  return {
    format: last.format,
    strength: 'console',
    executed: passed + failed,
    ...last.counts,
    failures: [],
    suitesFailedToLoad: [],
    truncated: false,
  };
}
