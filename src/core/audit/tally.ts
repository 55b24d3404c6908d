import { summaryLine } from '../test-report/summary-line.ts';

/** What a test tool's summary counts. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Go reports package by package; all of them count. */
const goFailed = /^(?:--- FAIL: \w|FAIL\t\S+)/;
const goPassed = /^(?:ok {2}\t\S+|--- PASS: \w)/;

/** Of the Test Anything Protocol, for tools that print no summary; what is skipped or still to do counts for nothing. */
const tapLine = /^(?:not )?ok \d+ (?!.*# (?:skip|todo))/i;

export interface Counted extends Tally {
  /** By a tool that first compiles what it tests. */
  readonly compiled: boolean;
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
  const tap = { passed: 0, failed: 0 };
  const names: { failing: string[]; passing: string[] } = { failing: [], passing: [] };
  for (const [at, raw] of output.split('\n').entries()) {
    if (raw.length > longestLine || !telling.test(raw)) continue;
    const line = bare(raw);
    if (goFailed.test(raw)) go.failed++;
    else if (goPassed.test(raw)) go.passed++;
    if (tapLine.test(raw)) tap[raw.startsWith('not') ? 'failed' : 'passed']++;
    nameIn(line, names);
    const summary = summaryLine(line);
    if (summary === undefined) continue;
    const { passed = 0, failed = 0 } = summary.counts;
    // Of what was skipped alone nothing follows.
    if (summary.counts.passed === undefined && summary.counts.failed === undefined) continue;
    const before = found.get(summary.tool);
    // A part without any test, such as cargo's doc tests, is not all that ran.
    if (before !== undefined && passed + failed === 0 && !summary.spread) continue;
    if (before === undefined || at - before.at > sameSummary || !summary.spread) {
      const earlier = (before?.earlier ?? 0) + (before?.last.failed ?? 0);
      found.set(summary.tool, { at, last: { passed, failed }, earlier });
    } else {
      before.at = at;
      before.last.passed += passed;
      before.last.failed += failed;
    }
  }
  const all = [...found.values()];
  const lines = go.passed + go.failed > 0 ? go : tap;
  if (all.length === 0 && lines.passed + lines.failed === 0) return undefined;
  const [last] = all.toSorted((a, b) => b.at - a.at);
  const { passed, failed } = lines === go ? go : (last?.last ?? tap);
  const compiled = go.passed > 0 || [...found.keys()].some((tool) => compilers.has(tool));
  const doubtful = failed === 0 && all.some((each) => each.earlier > 0 || each.last.failed > 0);
  return { passed, failed, doubtful, compiled, ...names };
}

const compilers: ReadonlySet<string> = new Set(['cargo', 'nextest', 'xctest', 'swift', 'forge']);
const longestLine = 2000;
const sameSummary = 4;
const mostNames = 3000;

/** Without one of these a line neither counts nor names a test. */
const telling = /pass|fail|tests|cancelled|skipped|deselected|warning|error|succe|ok\b|DONE|[✗✘×✓✔]/i;

/** Without what task runners and workspaces put in front. */
function bare(line: string): string {
  return line
    .replace(
      /^(?:\s*(?:\[[\w./@:-]+\]|[@\w./-]+:[\w:-]+:|(?!\d)[@\w./-]+ (?:test|test:\w+)(?:[:|]|(?=\s))|│|\|))?\s*/,
      '',
    )
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
