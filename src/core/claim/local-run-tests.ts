import type { RunResult, Workspace } from '../ports.ts';
import { reportOfFiles, reportOfOutput } from '../test-report/parse-report.ts';
import type { MachineFormat, TestFailure, TestReport } from '../test-report/test-report.ts';
import type { Evidence, Facts } from './evidence.ts';
import type { RunJudgement } from './local-run.ts';
import { faultBehind, faultIn } from './local-run-faults.ts';
import { testsClearlyNamed, testsNamed } from './local-run-names.ts';
import { fallsShort, type Part } from './part.ts';

/** What a test run is judged against. */
export interface TestsClaimed {
  readonly part: Pick<Part, 'scope' | 'names' | 'expected'>;
  readonly command: string;
  readonly format?: MachineFormat;
  readonly lastAccepted?: Evidence;
}

/** The part of a report that the claim is about, with where it came from. */
interface Counted extends Pick<TestReport, 'executed' | 'passed' | 'failed' | 'skipped' | 'failures'> {
  readonly report: TestReport;
  readonly notLoaded: readonly TestFailure[];
  readonly fromFiles: boolean;
}

interface Run {
  readonly claimed: TestsClaimed;
  readonly result: RunResult;
  readonly counted: Counted;
}

/** Judges one run of tests by its machine report, and by its exit code where there is none. */
export function judgeTests(result: RunResult, workspace: Workspace, claimed: TestsClaimed): RunJudgement {
  const inside = (text: string) => text.replaceAll(`${workspace.dir}/`, '');
  const ofFiles = reportOfFiles(
    result.reports.map(({ text }) => inside(text)),
    claimed.format,
  );
  const report = ofFiles ?? reportOfOutput(inside(result.output), claimed.format);
  if (report === undefined || report.strength === 'console') return judgeByExitCode(result, claimed, report);
  const part = namesUnits(claimed.part, report)
    ? { ...claimed.part, scope: 'unknown' as const, names: [] }
    : claimed.part;
  const counted = countedOf(report, part, ofFiles !== undefined);
  const run = { claimed: { ...claimed, part }, result, counted };
  const judgement = judgeCounts(run);
  return { ...judgement, facts: { ...factsOf(run), ...judgement.facts } };
}

/** "Unit tests pass", and nothing here is called so: which they are is not known, unless all of them pass. */
function namesUnits({ scope, names = [] }: TestsClaimed['part'], { tests = [], failures }: TestReport): boolean {
  const isUnit = scope === 'named' && names.every((name) => /^unit$/i.test(name));
  return isUnit && testsNamed(names, [...tests, ...failures]).length === 0;
}

function judgeByExitCode(
  { exit, output }: RunResult,
  { part, command }: TestsClaimed,
  summary: TestReport | undefined,
): RunJudgement {
  const printed =
    summary &&
    `its printed summary says ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`;
  const facts: Facts = {
    strength: summary === undefined ? 'exit code only' : 'exit code and printed summary',
    ...(summary !== undefined && { printedPassed: summary.passed, printedFailed: summary.failed }),
  };
  const ended = (more: string) =>
    `The test command ended with exit code ${exit}; ${printed ? `${printed}; ` : ''}${more}.`;
  if (admitsFailure(part) && (summary?.failed ?? 0) > 0) {
    return { outcome: 'supported', message: ended('the claim says that tests fail'), facts };
  }
  if (exit !== 0) {
    const why = pytestSays(exit, command) ?? faultIn(output);
    const hint = 'no machine report says what failed: let the command write one to {reports}';
    return { outcome: 'inconclusive', message: ended(why === undefined ? hint : `${why}; ${hint}`), facts };
  }
  if (summary !== undefined && (summary.failed > 0 || summary.executed === 0)) {
    return { outcome: 'inconclusive', message: ended('the two do not agree'), facts };
  }
  if (admitsFailure(part)) return { outcome: 'inconclusive', message: ended('the claim says that tests fail'), facts };
  const nothing = summary === undefined ? saysNothingRan(output) : undefined;
  if (nothing !== undefined)
    return { outcome: 'inconclusive', message: ended(`it printed "${nothing}" and no report`), facts };
  return { outcome: 'supported', message: ended('no machine report says which tests ran'), facts };
}

const nothingRanText =
  /^.*(?:\bis up to date\.$|Nothing to be done for |[Nn]o tests? (?:files? |suites? )?(?:were |was )?(?:found|ran|run|executed|to run)\b|\bRan 0 tests\b|\[no test files\]|No projects matched the filters).*$/m;
const something =
  /\b[1-9]\d* (?:tests?|specs?|examples?|passed|passing|pass|assertions?)\b|^ok\s+\S+\s|\bRan [1-9]\d* tests?\b/m;

/** The line in which a tool says that it had nothing to do, if nothing else says that tests ran. */
function saysNothingRan(output: string): string | undefined {
  return something.test(output) ? undefined : nothingRanText.exec(output)?.[0].trim().slice(0, 160);
}

function countedOf(report: TestReport, { scope, names = [] }: TestsClaimed['part'], fromFiles: boolean): Counted {
  if (scope !== 'named' || names.length === 0)
    return { ...report, report, notLoaded: report.suitesFailedToLoad, fromFiles };
  const tests = testsNamed(names, report.tests ?? []);
  const count = (outcome: string) => tests.filter((test) => test.outcome === outcome).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const failures = testsNamed(names, report.failures);
  const notLoaded = testsNamed(names, report.suitesFailedToLoad);
  return { report, executed: passed + failed, passed, failed, skipped, failures, notLoaded, fromFiles };
}

function judgeCounts(run: Run): RunJudgement {
  const { claimed, result, counted } = run;
  const { executed, failed, report } = counted;
  if (executed === 0) return inconclusive(nothingRan(run));
  const told = pytestSays(result.exit, report.format === 'pytest' ? 'pytest' : claimed.command);
  if (told !== undefined) return inconclusive(`${countsOf(run)}, but ${told}.`);
  if (failed > 0) return judgeFailures(run);
  if (counted.notLoaded.length > 0) return inconclusive(`${countsOf(run)}, but ${whyNotLoaded(run)}.`);
  if (admitsFailure(claimed.part)) return inconclusive(`${countsOf(run)}; the claim says that tests fail.`);
  if (result.exit === 0) return { outcome: 'supported', message: `${countsOf(run)}${notesOf(run)}.`, facts: {} };
  // What failed lies outside of what is claimed.
  if (claimed.part.scope === 'named' && report.failed > 0) {
    return {
      outcome: 'supported',
      message: `${countsOf(run)}; of the others ${report.failed} failed${notesOf(run)}.`,
      facts: {},
    };
  }
  const why = 'a coverage threshold, an unhandled error or another step may have failed';
  return inconclusive(`${countsOf(run)}, but the command ended with exit code ${result.exit}: ${why}.`);
}

function judgeFailures(run: Run): RunJudgement {
  const { claimed, result, counted } = run;
  const { part, command } = claimed;
  if (admitsFailure(part)) {
    const notes = notesOf(run);
    return {
      outcome: 'supported',
      message: `${countsOf(run)}${notes === '' ? ', as the claim says' : notes}.`,
      facts: {},
    };
  }
  if (part.scope === 'unknown') {
    return inconclusive(`${countsOf(run)}; the claim does not say which tests it means (${shown(counted.failures)}).`);
  }
  if (result.exit === 0 && passedInTheEnd(counted)) {
    return {
      outcome: 'supported',
      message: `${countsOf(run)} at first and passed when repeated${notesOf(run)}.`,
      facts: {},
    };
  }
  const faults = counted.failures.map(({ message }) => faultBehind(message, result.output));
  const own = counted.failures.filter((_, at) => faults[at] === undefined);
  const meant = part.scope === 'named' ? testsClearlyNamed(part.names ?? [], own) : own;
  const explained = counted.failures.length - own.length;
  if (explained > 0 && own.length === 0) {
    return inconclusive(
      `${countsOf(run)}, which the machine may explain: ${[...new Set(faults)].join(', ')} (${shown(counted.failures)}).`,
    );
  }
  if (result.exit === 0 && !counted.fromFiles && !mayHideExitCode(command)) {
    return inconclusive(`The command's exit code is 0, but its output has a report in which ${countsOf(run)}.`);
  }
  if (own.length > 0 && meant.length === 0) {
    const names = (part.names ?? []).join(', ');
    return inconclusive(`${countsOf(run)}, but only their titles mention ${names} (${shown(own)}).`);
  }
  const failing = meant.length > 0 ? meant.map(({ id }) => id) : [`${counted.failed} failed`];
  const hidden = result.exit === 0 ? ', although the exit code is 0' : '';
  return { outcome: 'refuted', message: `${countsOf(run)}${hidden}: ${shown(meant)}.`, facts: {}, failing };
}

/** An honest report of failures is supported by failures that are seen, and never refuted. */
function admitsFailure({ expected }: TestsClaimed['part']): boolean {
  return expected !== undefined && fallsShort(expected);
}

/** Tools that repeat failed tests report each attempt; the exit code says that the last ones passed. */
function passedInTheEnd({ report, failures, failed }: Counted): boolean {
  const passed = new Set(report.tests?.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id));
  return failures.length === failed && failures.every(({ id }) => passed.has(id));
}

function inconclusive(message: string): RunJudgement {
  return { outcome: 'inconclusive', message, facts: {} };
}

function nothingRan(run: Run): string {
  const { claimed, result, counted } = run;
  const whole = counted.report.executed;
  if (counted.notLoaded.length > 0) return `No test ran: ${whyNotLoaded(run)}.`;
  if (whole > 0) return `${whole} tests ran, none of them is named ${(claimed.part.names ?? []).join(', ')}.`;
  const skipped = counted.skipped > 0 ? ` ${counted.skipped} were skipped.` : '';
  return `No test ran (exit code ${result.exit}).${skipped}`;
}

function whyNotLoaded({ result, counted }: Run): string {
  const [first, ...others] = counted.notLoaded;
  const fault =
    counted.notLoaded.map(({ message }) => faultIn(message)).find((what) => what !== undefined) ??
    faultIn(result.output);
  const reason = fault === undefined ? '' : ` (${fault})`;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `${first?.id ?? 'a suite'}${more} could not be loaded, collected or set up${reason}`;
}

/** pytest's own exit codes; only 1 says that tests failed. https://docs.pytest.org/en/stable/reference/exit-codes.html */
function pytestSays(exit: number | null, command: string): string | undefined {
  if (exit === null || !/\bpytest\b/.test(command)) return undefined;
  const meanings = new Map([
    [2, 'pytest was interrupted, or could not collect all tests (exit code 2)'],
    [3, 'pytest had an internal error (exit code 3)'],
    [4, 'pytest was called wrongly (exit code 4)'],
    [5, 'pytest collected no tests (exit code 5)'],
  ]);
  return meanings.get(exit);
}

/**
 * A test tool that is called directly and ends with 0 says itself that nothing failed; a failing report in its output
 * is then somebody's printed text. A pipe, a list of commands or a script can hide the tool's own exit code.
 */
function mayHideExitCode(command: string): boolean {
  if (/[|;&\n`]|\$\(/.test(command)) return true;
  return !/^(?:\w+=\S* )*(?:cargo|go|pytest|py\.test|python3? -m pytest|node|npx|vitest|jest|mocha|bun test|ctest)\b/.test(
    command.trim(),
  );
}

function countsOf({ counted, claimed }: Run): string {
  const { executed, passed, failed, skipped, report } = counted;
  const tests = claimed.part.scope === 'named' ? 'named tests' : 'tests';
  const ran =
    failed > 0
      ? `${failed} of ${executed} ${tests} failed`
      : `${passed} ${passed === 1 ? tests.slice(0, -1) : tests} passed`;
  return `${ran}${skipped > 0 ? `, ${skipped} skipped` : ''} (${report.format})`;
}

/** Numbers that differ are worth saying and never decide. */
function notesOf({ claimed, counted }: Run): string {
  const { expected = {} } = claimed.part;
  const { executed, passed, failed, skipped, report } = counted;
  const actual = { passed, failed, skipped, total: executed + skipped };
  const differing = (['passed', 'failed', 'skipped', 'total'] as const)
    .filter((key) => expected[key] !== undefined && expected[key] !== actual[key])
    .filter((key) => key !== 'total' || expected.total !== executed)
    .map((key) => `${expected[key]} ${key === 'total' ? 'in total' : key}`);
  const before = claimed.lastAccepted?.facts['executed'];
  const fewer = typeof before === 'number' ? before - executed : 0;
  return [
    differing.length > 0 ? `; the claim says ${differing.join(', ')}` : '',
    fewer > 0 ? `; ${fewer} ${fewer === 1 ? 'test' : 'tests'} fewer than the last accepted run` : '',
    report.truncated ? '; the report is cut, the numbers are of the part that was read' : '',
  ].join('');
}

const shownFailures = 3;

function shown(failures: readonly TestFailure[]): string {
  const named = failures.slice(0, shownFailures).map(({ id, message }) => {
    const lines = message.split('\n').map((line) => line.trim());
    // Node heads its differences with a legend.
    const [first, ...next] = lines.filter((line) => line !== '' && line !== '+ actual - expected');
    if (first === undefined) return id;
    const told = first.endsWith(':') ? [first, ...next.slice(0, 2)].join(' ') : first;
    return `${id} (${told.slice(0, 160)})`;
  });
  const more = failures.length - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function factsOf({ counted }: Run): Facts {
  const { executed, passed, failed, skipped, failures, notLoaded: unloaded, report } = counted;
  return {
    executed,
    passed,
    failed,
    skipped,
    format: report.format,
    strength: 'machine report',
    ...(failures.length > 0 && {
      firstFailures: failures
        .slice(0, 10)
        .map(({ id }) => id)
        .join('\n')
        .slice(0, 4000),
    }),
    ...(unloaded.length > 0 && { notLoaded: unloaded.length }),
    ...(report.truncated && { reportTruncated: true }),
  };
}
