import { failure, type TestFailure, type TestReport } from './test-report.ts';

const word = '(?:failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?|rerun|subtests passed)';
const summary = new RegExp(
  `^=* ?((?:\\d+ ${word}, )*\\d+ ${word}|no tests ran) in [\\d.]+s(?: \\([\\d:]+\\))? ?=*$`,
  'gm',
);

/** pytest's console text: its last summary line, and the failing tests that the short summary names. */
export function parsePytestText(text: string): TestReport | undefined {
  const last = [...text.matchAll(summary)].at(-1);
  if (last === undefined) return undefined;
  const session = /^=+ test session starts =+$/m.test(text);
  if (!session && text.slice(last.index + last[0].length).trim() !== '') return undefined;
  const counts = countsOf(last[1] ?? '');
  const passed = (counts['passed'] ?? 0) + (counts['xpassed'] ?? 0);
  const failed = counts['failed'] ?? 0;
  const errors = counts['error'] ?? counts['errors'] ?? 0;
  return {
    format: 'pytest',
    strength: 'machine',
    executed: passed + failed,
    passed,
    failed,
    skipped: (counts['skipped'] ?? 0) + (counts['xfailed'] ?? 0),
    failures: listed(text, 'FAILED').slice(0, failed),
    suitesFailedToLoad: atLeast(listed(text, 'ERROR'), errors).slice(0, errors),
    truncated: false,
  };
}

function countsOf(line: string): Readonly<Record<string, number>> {
  return Object.fromEntries(line.split(', ').map((item) => [item.replace(/^\d+ /, ''), Number.parseInt(item, 10)]));
}

/** Lines of the short summary; each message is the `E` line of the test's own section, which is not shortened. */
function listed(text: string, mark: 'FAILED' | 'ERROR'): readonly TestFailure[] {
  const start = text.search(/^=+ short test summary info =+$/m);
  if (start < 0) return [];
  const sections = text
    .slice(0, start)
    .split(/^_{3,} (?=.+ _{3,}$)/m)
    .slice(1);
  return [...text.slice(start).matchAll(new RegExp(`^${mark} (\\S.*?)(?: - (.*))?$`, 'gm'))].map(
    ([, id = '', message = '']) => failure(id, errorLines(sections, id) || message),
  );
}

function errorLines(sections: readonly string[], id: string): string {
  const name = id.split('::').slice(1).join('.') || `ERROR collecting ${id}`;
  const own = sections.find((section) => section.slice(0, section.indexOf('\n')).replace(/ _+$/, '').endsWith(name));
  return [...(own ?? '').matchAll(/^E {3}(.*)$/gm)].map(([, line]) => line).join('\n');
}

function atLeast(failures: readonly TestFailure[], count: number): readonly TestFailure[] {
  const missing = Math.max(0, count - failures.length);
  return [...failures, ...Array.from({ length: missing }, () => failure('pytest', 'an error outside the tests'))];
}
