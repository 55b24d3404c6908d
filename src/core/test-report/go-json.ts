import { z } from 'zod';
import { failure, reportOfCases, type TestCase, type TestFailure, testId, type TestReport } from './test-report.ts';

const GoEvent = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  ImportPath: z.string().optional(),
  Test: z.string().optional(),
  Output: z.string().optional(),
});
type GoEvent = z.infer<typeof GoEvent>;

interface GoPackage {
  end?: string;
  output: string;
  readonly tests: Map<string, { end?: string; output: string }>;
}

/** `go test -json`, with whatever the build wrote between the events. */
export function parseGoJson(text: string): TestReport | undefined {
  const packages = new Map<string, GoPackage>();
  const build: string[] = [];
  for (const line of text.split('\n')) {
    const event = eventOf(line);
    if (event === undefined) build.push(line);
    else if (event.Action === 'build-output') build.push(event.Output ?? '');
    else record(event, packages);
  }
  const notBuilt = build.flatMap((line) => /^FAIL\s+(\S+) \[(?:build|setup) failed\]/.exec(line)?.[1] ?? []);
  if (packages.size === 0 && notBuilt.length === 0) return undefined;
  const buildOutput = build.join('\n');
  const named = [...packages];
  return reportOfCases({
    format: 'go-json',
    cases: named.flatMap(([name, pack]) => casesOf(name, pack)),
    notLoaded: [
      ...notBuilt.map((name) => failure(name, buildOutput)),
      ...named.flatMap(([name, pack]) => notLoaded(name, pack, buildOutput)),
    ],
    truncated: named.some(([, { end }]) => end === undefined),
  });
}

function eventOf(line: string): GoEvent | undefined {
  if (!line.startsWith('{"')) return undefined;
  try {
    const parsed = GoEvent.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function record({ Action, Package, Test, Output }: GoEvent, packages: Map<string, GoPackage>): void {
  if (Package === undefined) return;
  const pack: GoPackage = packages.get(Package) ?? { output: '', tests: new Map() };
  packages.set(Package, pack);
  // test2json takes printed lines such as "--- FAIL: a b" for tests; a real name has no spaces.
  if (Test !== undefined && /\s/.test(Test)) return;
  if (Test === undefined) {
    if (['pass', 'fail', 'skip'].includes(Action)) pack.end = Action;
    pack.output += Output ?? '';
    return;
  }
  const test = pack.tests.get(Test) ?? { output: '' };
  pack.tests.set(Test, test);
  if (['pass', 'fail', 'skip'].includes(Action)) test.end = Action;
  test.output += Output ?? '';
}

/** A test counts as failed only in a package that go itself ended as failed; a suite only when nothing in it failed. */
function casesOf(name: string, { end, tests }: GoPackage): readonly TestCase[] {
  const suites = parentsOf([...tests.keys()]);
  const failedBelow = parentsOf([...tests].flatMap(([test, { end: own }]) => (own === 'fail' ? [test] : [])));
  return [...tests].flatMap(([test, { end: own, output }]): readonly TestCase[] => {
    if (suites.has(test) && (own !== 'fail' || failedBelow.has(test))) return [];
    const id = testId(name, test);
    if (own === 'pass') return [{ id, outcome: 'passed' }];
    if (own === 'skip') return [{ id, outcome: 'skipped' }];
    if (end !== 'fail') return [];
    const failed = own === 'fail' || /^(?:panic: |fatal error: )/m.test(output);
    return failed ? [{ id, outcome: 'failed', message: withoutFrame(output) }] : [];
  });
}

/** `TestA/b/c` is below `TestA/b` and `TestA`. */
function parentsOf(tests: readonly string[]): ReadonlySet<string> {
  return new Set(tests.flatMap((test) => [...test.matchAll(/\//g)].map(({ index }) => test.slice(0, index))));
}

function withoutFrame(output: string): string {
  return output.replaceAll(/^\s*(?:=== \w+|--- (?:FAIL|PASS)).*\n?/gm, '');
}

/** A failed package without a failed test: it did not build, its TestMain failed, or it panicked outside a test. */
function notLoaded(name: string, pack: GoPackage, buildOutput: string): readonly TestFailure[] {
  if (pack.end !== 'fail') return [];
  if (casesOf(name, pack).some(({ outcome }) => outcome === 'failed')) return [];
  return [failure(name, `${pack.output}\n${buildOutput}`)];
}
