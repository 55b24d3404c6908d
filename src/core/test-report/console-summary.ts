import { type Counts, summaryLine } from './summary-line.ts';
import type { ConsoleFormat, TestReport } from './test-report.ts';

/** One whole summary of a tool, which no test prints by chance; the last one in a text is the tool's own. */
const wholes: Readonly<Record<ConsoleFormat, RegExp>> = {
  vitest: /^ *Test Files {2}.+\n *Tests {2}.+$/gm,
  jest: /^Test Suites: .+ total\nTests: +.+ total$/gm,
  mocha: /^ {2}\d+ passing \(\S+\)\n(?: {2}\d+ pending\n)?(?: {2}\d+ failing\n)?/gm,
  node: /^ℹ tests \d+\nℹ suites \d+\nℹ pass \d+\nℹ fail \d+\nℹ cancelled \d+\nℹ skipped \d+\nℹ todo \d+$/gm,
  bun: /^ *\d+ pass\n(?: *\d+ skip\n)?(?: *\d+ todo\n)? *\d+ fail\n(?:.*\n){0,3}?Ran \d+ tests? across \d+ files?\./gm,
  ctest: /^\d+% tests passed, \d+ tests? failed out of \d+$/gm,
};

/** What the summary that a tool prints for people says; the weaker source, used when no machine report is there. */
export function parseConsoleSummary(text: string): TestReport | undefined {
  const found = (Object.keys(wholes) as ConsoleFormat[]).flatMap((format) => {
    const last = [...text.matchAll(wholes[format])].at(-1);
    return last === undefined ? [] : [{ format, at: last.index, summary: last[0] }];
  });
  const [last] = found.toSorted((a, b) => b.at - a.at);
  if (last === undefined) return undefined;
  const { format, summary } = last;
  const lines = summary.split('\n').map((line) => summaryLine(line.trim()));
  const told = lines.flatMap((line) => (line?.tool === format ? [line.counts] : []));
  const count = (name: keyof Counts): number => told.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  return {
    format,
    strength: 'console',
    executed: passed + failed,
    passed,
    failed,
    skipped,
    failures: [],
    suitesFailedToLoad: [],
    truncated: false,
  };
}
