import {
  failure,
  isFileName,
  reportOfCases,
  type TestCase,
  type TestFailure,
  testId,
  type TestReport,
} from './test-report.ts';

interface Point {
  readonly ok: boolean;
  readonly name: string;
  readonly directive: 'skip' | 'todo' | undefined;
  readonly children: readonly Point[];
  /** Comment lines since the point before: `node --test` puts what a file printed there. */
  readonly printed: readonly string[];
  readonly diagnostics: string[];
}

const pointLine = /^( *)(not )?ok\b(?: +\d+)?(?: +-)? *(.*)$/;
const directiveMark = /(?<!\\)#\s*(skip|todo)\b.*$/i;

/** TAP 13 and 14 with nested subtests; foreign lines are passed over. */
export function parseTap(text: string): TestReport | undefined {
  const lines = completeLines(text);
  if (!lines.some((line) => /^TAP version 1[34]\s*$/.test(line)) && !looksLikeTap(lines)) return undefined;
  const { points, plan, bailedOut } = read(lines);
  const cases: TestCase[] = [];
  const notLoaded: TestFailure[] = bailedOut === undefined ? [] : [failure('Bail out!', bailedOut)];
  for (const point of points) collect(point, [], { cases, notLoaded });
  const truncated = bailedOut !== undefined || plan === undefined || plan !== points.length;
  return reportOfCases({ format: 'tap', cases, notLoaded, truncated });
}

function looksLikeTap(lines: readonly string[]): boolean {
  return (
    lines.some((line) => /^1\.\.\d+\s*(?:#.*)?$/.test(line)) && lines.some((line) => /^(?:not )?ok \d+\b/.test(line))
  );
}

/** A last line without its end may have lost its `# TODO`. */
function completeLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return /^\s*not ok/.test(lines.at(-1) ?? '') ? lines.slice(0, -1) : lines;
}

function read(lines: readonly string[]) {
  const levels: Point[][] = [[]];
  let plan: number | undefined;
  let bailedOut: string | undefined;
  let printed: string[] = [];
  let last: Point | undefined;
  let block: string | undefined;
  for (const line of lines) {
    if (block !== undefined) {
      if (line === `${block}...`) block = undefined;
      else last?.diagnostics.push(line.slice(block.length));
      continue;
    }
    const opening = /^( +)---\s*$/.exec(line)?.[1];
    if (opening !== undefined && last !== undefined) {
      block = opening;
      continue;
    }
    if (/^ *Bail out!/.test(line)) bailedOut = line.trim();
    if (/^1\.\.\d+/.test(line)) plan = Number.parseInt(line.slice(3), 10);
    if (line.startsWith('#')) printed.push(line.replace(/^# ?/, ''));
    const depth = depthOf(line);
    if (depth === undefined) continue;
    last = pointOf(line, levels.splice(depth + 1).flat(), printed);
    while (levels.length <= depth) levels.push([]);
    levels[depth]?.push(last);
    printed = [];
  }
  return { points: levels[0] ?? [], plan, bailedOut };
}

function depthOf(line: string): number | undefined {
  const indent = pointLine.exec(line)?.[1]?.length;
  return indent === undefined || indent % 4 !== 0 ? undefined : indent / 4;
}

function pointOf(line: string, children: readonly Point[], printed: readonly string[]): Point {
  const [, , not, rest = ''] = pointLine.exec(line) ?? [];
  const directive = directiveMark.exec(rest)?.[1]?.toLowerCase();
  return {
    ok: not === undefined,
    name: rest
      .replace(directiveMark, '')
      .replaceAll(String.raw`\#`, '#')
      .trim(),
    directive: directive === 'skip' || directive === 'todo' ? directive : undefined,
    children,
    printed,
    diagnostics: [],
  };
}

interface Sink {
  readonly cases: TestCase[];
  readonly notLoaded: TestFailure[];
}

/** Leaves are tests. A suite counts itself only when it failed and nothing in it did: a hook or its plan. */
function collect(point: Point, path: readonly string[], sink: Sink): void {
  const names = [...path, point.name];
  const id = testId(...names);
  if (point.directive !== undefined) {
    sink.cases.push({ id, outcome: 'skipped' });
    return;
  }
  // Where the middle of an output is missing, failures of a suite that is gone end up in the next one, which passed.
  const children = point.ok
    ? point.children.filter((child) => child.ok || child.directive !== undefined)
    : point.children;
  for (const child of children) collect(child, names, sink);
  if (point.children.length > 0 && (point.ok || anyFailed(point.children))) return;
  if (isFile(point)) {
    if (!point.ok) sink.notLoaded.push(failure(id, [...point.printed, messageOf(point)].join('\n')));
    return;
  }
  sink.cases.push(point.ok ? { id, outcome: 'passed' } : { id, outcome: 'failed', message: messageOf(point) });
}

function anyFailed(points: readonly Point[]): boolean {
  return points.some((point) => point.directive === undefined && !point.ok);
}

/** `node --test` gives a file that has no tests, or could not be loaded, a point of its own. */
function isFile({ name, children }: Point): boolean {
  return children.length === 0 && isFileName(name);
}

/** `name: error (code)` of the YAML block; the whole block where a tool has other keys. */
function messageOf({ diagnostics }: Point): string {
  const error = yamlText(diagnostics, 'error') ?? yamlText(diagnostics, 'message');
  if (error === undefined) return diagnostics.join('\n');
  const [name, code] = [yamlText(diagnostics, 'name'), yamlText(diagnostics, 'code')];
  return `${name === undefined ? '' : `${name}: `}${error}${code === undefined ? '' : ` (${code})`}`;
}

function yamlText(lines: readonly string[], key: string): string | undefined {
  const at = lines.findIndex((line) => line.startsWith(`${key}: `));
  const value = lines[at]?.slice(key.length + 2);
  if (value === undefined) return undefined;
  if (!/^[|>][-+]?$/.test(value)) return value.replace(/^(['"])(.*)\1$/, '$2');
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map((line) => line.trim())
    .join('\n');
}
