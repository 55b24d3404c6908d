import { z } from 'zod';
import { embeddedJson } from './embedded-json.ts';
import { failure, reportOfCases, type TestCase, testId, type TestReport } from './test-report.ts';

const Entry = z.object({
  title: z.string(),
  fullTitle: z.string(),
  file: z.string().nullish(),
  err: z.object({ message: z.string().optional(), stack: z.string().optional() }).optional(),
});
type Entry = z.infer<typeof Entry>;

const MochaResults = z.object({
  stats: z.object({ tests: z.number(), failures: z.number() }),
  pending: z.array(Entry),
  failures: z.array(Entry),
  passes: z.array(Entry),
});

/** Mocha's `json` reporter; anything may stand around the object. */
export function parseMochaJson(text: string): TestReport | undefined {
  const parsed = MochaResults.safeParse(embeddedJson(text, /^\{\s*"stats":\s*\{/m));
  if (!parsed.success) return undefined;
  const { pending, failures, passes } = parsed.data;
  return reportOfCases({
    format: 'mocha-json',
    cases: [
      ...passes.map((entry) => caseOf(entry, 'passed')),
      ...failures.filter((entry) => !isHook(entry)).map((entry) => caseOf(entry, 'failed')),
      ...pending.map((entry) => caseOf(entry, 'skipped')),
    ],
    notLoaded: failures.filter(isHook).map((entry) => failure(idOf(entry), messageOf(entry))),
  });
}

/** A failing hook is listed as a failure; the tests behind it never ran. */
function isHook({ title }: Entry): boolean {
  return /^"(?:before|after) (?:all|each)" hook/.test(title);
}

function caseOf(entry: Entry, outcome: TestCase['outcome']): TestCase {
  return { id: idOf(entry), outcome, ...(outcome === 'failed' && { message: messageOf(entry) }) };
}

function idOf({ file, fullTitle }: Entry): string {
  return testId(file ?? undefined, fullTitle);
}

function messageOf({ err }: Entry): string {
  return err?.stack ?? err?.message ?? '';
}
