import { printable } from '../claim/redact.ts';
import { parseCargoText } from './cargo-text.ts';
import { parseConsoleSummary } from './console-summary.ts';
import { parseGoJson } from './go-json.ts';
import { parseJestJson } from './jest-json.ts';
import { parseJunit } from './junit.ts';
import { parseMochaJson } from './mocha-json.ts';
import { parsePytestText } from './pytest-text.ts';
import { parseTap } from './tap.ts';
import { type MachineFormat, mergeReports, type TestReport } from './test-report.ts';

type Parser = (text: string) => TestReport | undefined;

/** Most specific first: a JSON report may quote TAP, TAP may quote pytest. */
const parsers: Readonly<Record<MachineFormat, Parser>> = {
  'vitest-json': parseJestJson,
  'jest-json': parseJestJson,
  'mocha-json': parseMochaJson,
  'go-json': parseGoJson,
  tap: parseTap,
  cargo: parseCargoText,
  pytest: parsePytestText,
  junit: parseJunit,
};

/** The machine format of a text, or undefined when it has none. */
export function detectFormat(text: string): MachineFormat | undefined {
  return parseReport(text)?.format as MachineFormat | undefined;
}

/** Reads a machine report, of the given format or of whichever fits. Never throws. */
export function parseReport(text: string, format?: MachineFormat): TestReport | undefined {
  if (format !== undefined) return parsers[format](text);
  // Text inside XML may look like anything.
  if (text.trimStart().startsWith('<')) return parseJunit(text);
  for (const parse of Object.values(parsers)) {
    const report = parse(text);
    if (report !== undefined) return report;
  }
  return undefined;
}

/**
 * Reads the report files of one run. Several files of one format are parts of one report; files of another format say
 * the same again, so the format that has seen most is taken.
 */
export function reportOfFiles(texts: readonly string[], format?: MachineFormat): TestReport | undefined {
  const reports = texts.map((text) => parseReport(text, format)).filter((report) => report !== undefined);
  const formats = new Set(reports.map((report) => report.format));
  return [...formats]
    .map((one) => mergeReports(reports.filter((report) => report.format === one)))
    .filter((report) => report !== undefined)
    .toSorted((a, b) => testsSeen(b) - testsSeen(a))[0];
}

function testsSeen({ executed, skipped, suitesFailedToLoad }: TestReport): number {
  return executed + skipped + suitesFailedToLoad.length;
}

const leftOut = /\n\[\d+ bytes were printed here and not kept\]\n/;

/** A runner leaves out the middle of a long output; the lines beside the gap are broken. */
function withoutGap(output: string): { readonly text: string; readonly cut: boolean } {
  const gap = leftOut.exec(output);
  if (gap === null) return { text: output, cut: false };
  const before = output.lastIndexOf('\n', gap.index - 1);
  const after = output.indexOf('\n', gap.index + gap[0].length);
  const end = after < 0 ? '' : output.slice(after);
  return { text: `${output.slice(0, Math.max(0, before))}${end}`, cut: true };
}

/** Formats that are plain text, which a test of another tool may print. */
const plainFormats: readonly TestReport['format'][] = ['tap', 'cargo', 'pytest'];

/**
 * Reads what a command printed: a machine format if there is one, else the summary for people. Beside the summary of
 * another tool, plain text in a machine format is likely some test's own output, and does not count.
 */
export function reportOfOutput(output: string, format?: MachineFormat): TestReport | undefined {
  const { text, cut } = withoutGap(printable(output));
  const machine = parseReport(text, format);
  const summary = parseConsoleSummary(text);
  const doubtful = machine !== undefined && format === undefined && plainFormats.includes(machine.format);
  const report = machine === undefined || doubtful ? (summary ?? machine) : machine;
  return cut && report !== undefined ? { ...report, truncated: true } : report;
}
