import { failure, reportOfCases, type TestCase, type TestFailure, testId, type TestReport } from './test-report.ts';

const resultLine =
  /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored; (\d+) measured; \d+ filtered out(?:; finished in \S+)?$/;
const outcomes = { ok: 'passed', FAILED: 'failed', ignored: 'skipped' } as const;

interface Binary {
  readonly name: string;
  readonly planned: number;
  readonly cases: Map<string, TestCase['outcome']>;
  readonly messages: Map<string, string[]>;
  /** Whose captured output is being read. */
  speaker?: string;
}

/** What `cargo test` prints: one block per test binary and one for doc tests. A block counts once its result line is there. */
export function parseCargoText(text: string): TestReport | undefined {
  const cases: TestCase[] = [];
  const notLoaded: TestFailure[] = [];
  let binary: Binary | undefined;
  let name = '';
  let blocks = 0;
  let headless = false;
  for (const line of text.split(/\r?\n/)) {
    name = /^ +(?:Running|Doc-tests) (?:unittests )?(\S+)/.exec(line)?.[1] ?? name;
    const planned = /^running (\d+) tests?$/.exec(line)?.[1];
    if (planned !== undefined) {
      binary = { name, planned: Number(planned), cases: new Map(), messages: new Map() };
      blocks += 1;
      continue;
    }
    if (line.startsWith('error: could not compile ')) notLoaded.push(failure('cargo build', errorsOf(text)));
    const counts = resultLine.exec(line)?.slice(1, 5).map(Number);
    if (counts === undefined) {
      if (binary !== undefined) readLine(line, binary);
      continue;
    }
    if (binary === undefined && blocks > 0) continue;
    // A nested or printed result line does not add up to what this binary announced.
    if (binary !== undefined && counts.reduce((all, one) => all + one, 0) !== binary.planned) continue;
    headless ||= binary === undefined;
    cases.push(...casesOf(binary ?? headlessBinary(name, text), counts));
    binary = undefined;
    blocks += 1;
  }
  if (blocks === 0 && notLoaded.length === 0) return undefined;
  return reportOfCases({ format: 'cargo', cases, notLoaded, truncated: headless || binary !== undefined });
}

/** The beginning was cut off, for instance by `| tail`: the failing tests may still be listed. */
function headlessBinary(name: string, text: string): Binary {
  const binary: Binary = { name, planned: 0, cases: new Map(), messages: new Map() };
  for (const line of text.split(/\r?\n/)) readLine(line, binary);
  return binary;
}

function readLine(line: string, binary: Binary): void {
  const test = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)(?:, .*)?$/.exec(line);
  if (test !== null) {
    binary.cases.set(test[1] ?? '', outcomes[test[2] as keyof typeof outcomes]);
    return;
  }
  const speaker = /^---- (.+) stdout ----$/.exec(line)?.[1];
  if (speaker !== undefined) {
    binary.speaker = speaker;
    binary.messages.set(speaker, []);
  } else if (line === 'failures:') delete binary.speaker;
  else if (binary.speaker !== undefined) binary.messages.get(binary.speaker)?.push(line);
}

/** The result line has the true counts; tests whose line was garbled by printed output get a number for a name. */
function casesOf(binary: Binary, [passed = 0, failed = 0, ignored = 0]: readonly number[]): readonly TestCase[] {
  for (const name of binary.messages.keys()) if (failed > 0) binary.cases.set(name, 'failed');
  const named = [...binary.cases].map(([name, outcome]) => ({ name, outcome }));
  const wanted = { passed, failed, skipped: ignored };
  return (['passed', 'failed', 'skipped'] as const).flatMap((outcome) =>
    Array.from({ length: wanted[outcome] }, (_, at): TestCase => {
      const known = named.filter((test) => test.outcome === outcome)[at]?.name;
      const message = known === undefined ? undefined : binary.messages.get(known)?.join('\n');
      const id = testId(binary.name, known ?? `unnamed ${outcome} ${at + 1}`);
      return { id, outcome, ...(outcome === 'failed' && { message: message ?? '' }) };
    }),
  );
}

function errorsOf(text: string): string {
  return text.slice(Math.max(0, text.search(/^error/m)));
}
