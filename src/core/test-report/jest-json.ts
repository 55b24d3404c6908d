import { z } from 'zod';
import { embeddedJson } from './embedded-json.ts';
import { failure, reportOfCases, type TestCase, testId, type TestReport } from './test-report.ts';

const Suite = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string().nullish(),
  assertionResults: z.array(
    z.object({
      ancestorTitles: z.array(z.string()).default([]),
      title: z.string(),
      status: z.string(),
      failureMessages: z.array(z.string()).nullish(),
    }),
  ),
});
type Suite = z.infer<typeof Suite>;

const JestResults = z.object({
  numTotalTests: z.number(),
  /** Jest only. */
  wasInterrupted: z.boolean().optional(),
  testResults: z.array(Suite),
});

/** `jest --json` and Vitest's `json` reporter, which share a shape; anything may stand around the object. */
export function parseJestJson(text: string): TestReport | undefined {
  const parsed = JestResults.safeParse(embeddedJson(text, /^\{\s*"num(?:Failed|Total)TestSuites"/m));
  if (!parsed.success) return undefined;
  const { testResults, wasInterrupted } = parsed.data;
  return reportOfCases({
    format: wasInterrupted === undefined ? 'vitest-json' : 'jest-json',
    cases: testResults.flatMap(casesOf),
    notLoaded: testResults
      .filter(didNotLoad)
      .map((suite) => failure(suite.name, suite.message || 'the suite failed outside its tests')),
    truncated: wasInterrupted ?? false,
  });
}

/** Includes hooks that fail outside the tests: the suite is failed although none of its tests is. */
function didNotLoad({ status, assertionResults }: Suite): boolean {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

function casesOf(suite: Suite): readonly TestCase[] {
  return suite.assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
    id: testId(suite.name, ...ancestorTitles, title),
    outcome: status === 'passed' || status === 'failed' ? status : 'skipped',
    ...(status === 'failed' && { message: (failureMessages ?? []).join('\n') }),
  }));
}
