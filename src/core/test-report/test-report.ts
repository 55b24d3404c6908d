/** Machine formats; a run whose report has one of these can be refuted. */
export const machineFormats = [
  'vitest-json',
  'jest-json',
  'mocha-json',
  'go-json',
  'tap',
  'cargo',
  'pytest',
  'junit',
] as const;
export type MachineFormat = (typeof machineFormats)[number];

export type ConsoleFormat = 'vitest' | 'jest' | 'mocha' | 'node' | 'bun' | 'ctest';

export interface TestCase {
  /** File or package and titles, outermost first, joined with ` > `. */
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What the test said when it failed. */
  readonly message?: string;
}

export interface TestFailure {
  readonly id: string;
  readonly message: string;
}

/** What a test tool reported. Suites are not counted, only the tests in them. */
export interface TestReport {
  readonly format: MachineFormat | ConsoleFormat;
  /** `console`: read from text made for people; it tells what was seen and never refutes. */
  readonly strength: 'machine' | 'console';
  /** Tests that ran to an answer: passed + failed. */
  readonly executed: number;
  readonly passed: number;
  readonly failed: number;
  /** Skipped, ignored, pending, todo and expected to fail. */
  readonly skipped: number;
  /** May be shorter than `failed` when the tool names no tests. */
  readonly failures: readonly TestFailure[];
  /** Files, packages or tests that never ran: loading, collecting, compiling or setting up failed. */
  readonly suitesFailedToLoad: readonly TestFailure[];
  /** Absent when the tool gives counts only. */
  readonly tests?: readonly TestCase[];
  /** The report ends early or is cut: its counts are of the part that was read. */
  readonly truncated: boolean;
}

const longestMessage = 4000;

export function failure(id: string, message: string): TestFailure {
  return { id, message: message.trim().slice(0, longestMessage) };
}

export interface CaseReport {
  readonly format: TestReport['format'];
  readonly cases: readonly TestCase[];
  readonly notLoaded?: readonly TestFailure[];
  readonly truncated?: boolean;
}

/** A report whose counts are those of its cases. */
export function reportOfCases({ format, cases, notLoaded = [], truncated = false }: CaseReport): TestReport {
  const count = (outcome: TestCase['outcome']) => cases.filter((test) => test.outcome === outcome).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const failing = cases.filter(({ outcome }) => outcome === 'failed');
  return {
    format,
    strength: 'machine',
    executed: passed + failed,
    passed,
    failed,
    skipped,
    failures: failing.map(({ id, message }) => failure(id, message ?? '')),
    suitesFailedToLoad: notLoaded,
    tests: cases,
    truncated,
  };
}

/** One report out of several of one run, for instance one JUnit file per package. */
export function mergeReports(reports: readonly TestReport[]): TestReport | undefined {
  const [first, ...others] = reports;
  if (first === undefined || others.length === 0) return first;
  const sum = (key: 'executed' | 'passed' | 'failed' | 'skipped') => reports.reduce((all, one) => all + one[key], 0);
  return {
    format: first.format,
    strength: reports.every(({ strength }) => strength === 'machine') ? 'machine' : 'console',
    executed: sum('executed'),
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: reports.flatMap(({ failures }) => failures),
    suitesFailedToLoad: reports.flatMap(({ suitesFailedToLoad }) => suitesFailedToLoad),
    ...(reports.every(({ tests }) => tests !== undefined) && { tests: reports.flatMap(({ tests }) => tests ?? []) }),
    truncated: reports.some(({ truncated }) => truncated),
  };
}

/** Joins the names of a test, outermost first; repeated and empty ones are left out. */
export function testId(...names: readonly (string | undefined)[]): string {
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))].join(' > ');
}

/** `node --test` and Vitest report a file that cannot be loaded as if it were a test with the file's name. */
export function isFileName(name: string): boolean {
  return /^\S+\.[cm]?[jt]sx?$/.test(name);
}
