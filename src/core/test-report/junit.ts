import { XMLParser } from 'fast-xml-parser';
import {
  failure,
  isFileName,
  reportOfCases,
  type TestCase,
  type TestFailure,
  testId,
  type TestReport,
} from './test-report.ts';

type XmlNode = { readonly [key: string]: unknown };

const repeated = ['testsuites', 'testsuite', 'testcase', 'failure', 'error', 'skipped'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true, // numeric ones too: a line break in an attribute is `&#10;`
  isArray: (name) => repeated.includes(name),
});

/** JUnit XML as pytest, Vitest, Jest, node, Surefire, Gradle, ctest and many others write it. */
export function parseJunit(text: string): TestReport | undefined {
  const whole = document(text);
  if (whole === undefined) return undefined;
  const complete = /(?:<\/testsuites?>|<testsuites?[^<>]*\/>)(?:\s*<!--[^<]*-->)*$/.test(whole);
  const root = parsed(complete ? whole : upToLastCase(whole));
  if (root === undefined) return undefined;
  const cases: TestCase[] = [];
  const notLoaded: TestFailure[] = [];
  for (const suite of suitesOf(root)) readSuite(suite, cases, notLoaded);
  return reportOfCases({ format: 'junit', cases, notLoaded, truncated: !complete });
}

/** The XML within other output. */
function document(text: string): string | undefined {
  const start = text.search(/^[ \t]*<(?:\?xml\b|testsuites?[\s>/])/m);
  if (start < 0 || !/<testsuites?[\s>/]/.test(text)) return undefined;
  const end = [...text.matchAll(/<\/testsuites?>/g)].at(-1);
  return text.slice(start, end === undefined ? text.length : end.index + end[0].length).trim();
}

/** A cut report counts as far as its last closed test. */
function upToLastCase(text: string): string {
  const closed = [...text.matchAll(/<\/testcase>|<testcase\b[^<>]*\/>/g)].at(-1);
  return closed === undefined ? '' : text.slice(0, closed.index + closed[0].length);
}

function parsed(text: string): XmlNode | undefined {
  try {
    const root: unknown = parser.parse(text);
    return isNode(root) ? root : undefined;
  } catch {
    return undefined;
  }
}

function suitesOf(node: XmlNode): readonly XmlNode[] {
  return [...nodesOf(node, 'testsuites'), ...nodesOf(node, 'testsuite')].flatMap((suite) => [
    suite,
    ...suitesOf(suite),
  ]);
}

function readSuite(suite: XmlNode, cases: TestCase[], notLoaded: TestFailure[]): void {
  const own = nodesOf(suite, 'testcase');
  for (const test of own) {
    const unable = whyNotRun(test);
    if (unable !== undefined) notLoaded.push(failure(idOf(test), unable));
    else if (!isFileWithoutTests(test)) cases.push(caseOf(test));
  }
  if (own.length > 0 || suitesOf(suite).length > 0) return;
  // Some tools report a suite that failed to start by its counts alone.
  if (Number(attribute(suite, 'errors') ?? 0) > 0) notLoaded.push(failure(attribute(suite, 'name') ?? 'suite', ''));
}

function caseOf(test: XmlNode): TestCase {
  const id = idOf(test);
  if (isSkipped(test)) return { id, outcome: 'skipped' };
  const problem = problemOf(test);
  return problem === undefined ? { id, outcome: 'passed' } : { id, outcome: 'failed', message: problem };
}

/** An expected failure (todo) carries both marks, and is not a failure. */
function isSkipped(test: XmlNode): boolean {
  return 'skipped' in test || ['notrun', 'disabled', 'skipped'].includes(attribute(test, 'status') ?? '');
}

/** `<failure>` is a failed assertion, `<error>` any other throw: both are tests that ran and did not pass. */
function problemOf(test: XmlNode): string | undefined {
  const node = nodesOf(test, 'failure')[0] ?? nodesOf(test, 'error')[0];
  if (node === undefined) return undefined;
  const [message, type, text] = [attribute(node, 'message'), attribute(node, 'type'), node['#text']];
  const head = [type, message].filter(Boolean).join(': ');
  return `${head}\n${typeof text === 'string' ? text : ''}`.trim();
}

const neverRan =
  /^(?:[\w.]+: )?(?:collection failure|failed on (?:setup|teardown) with)|Test suite failed to run|could not be loaded/;

/** pytest, Jest, JUnit 4, Vitest and `node --test` write what failed to load or to set up as a test. */
function whyNotRun(test: XmlNode): string | undefined {
  const name = attribute(test, 'name') ?? '';
  const problem = isSkipped(test) ? undefined : problemOf(test);
  if (problem === undefined) return undefined;
  return neverRan.test(problem) || name === 'initializationError' || isFileName(name) ? problem : undefined;
}

/** `node --test` passes a file in which it found no test. */
function isFileWithoutTests(test: XmlNode): boolean {
  return attribute(test, 'classname') === 'test' && isFileName(attribute(test, 'name') ?? '');
}

function idOf(test: XmlNode): string {
  return testId(attribute(test, 'file'), attribute(test, 'classname'), attribute(test, 'name'));
}

function nodesOf(node: XmlNode, name: string): readonly XmlNode[] {
  const found = node[name];
  if (!Array.isArray(found)) return [];
  return found.map((child: unknown) => (isNode(child) ? child : { '#text': child }));
}

function attribute(node: XmlNode, name: string): string | undefined {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : undefined;
}

function isNode(value: unknown): value is XmlNode {
  return typeof value === 'object' && value !== null;
}
