import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { changesIn, pathsOf } from '../../core/git/changes.ts';
import { counted, inquire, some } from '../../core/git/inquiry.ts';
import { rangeOf } from '../../core/git/range.ts';
import { beforeAndAfter } from '../../core/git/whole-files.ts';
import { testLanguageOf } from '../../core/test-code/language.ts';
import { isWeaker, type StrengthChange, strengthChange } from '../../core/test-code/strength.ts';
import { isThresholdFile } from '../../core/test-code/thresholds.ts';

const Options = deferred(() =>
  z.strictObject({
    base: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('commit to compare with; default: merge base with the default branch, on it the parent'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether the tests that pass are still the tests there were. It annotates and never refutes: fewer tests can be right. */
export const testsNotWeakened = verifier({
  id: 'tests-not-weakened',
  title: 'Tests not weakened',
  summary: 'Compares test code with the base: deleted tests, new skips, fewer assertions, lower coverage thresholds.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'repository',
  judges: ['tests-pass'],
  annotates: true,
  options: Options,
  run: look,
});

function look({ options, workspace, ports }: Examination<Options>): Promise<Look> {
  return inquire(ports, ['which state to compare with', 'what differs in test code'], async (inquiry) => {
    if (workspace === undefined) {
      return { outcome: 'not-applicable', message: 'the claim is not about a repository', boundTo: {} };
    }
    const range = await rangeOf(inquiry, workspace, options.base);
    if ('missing' in range)
      return { outcome: 'inconclusive', message: range.missing, boundTo: { tree: workspace.tree } };
    const changes = await changesIn(inquiry, range);
    const relevant = changes.filter((change) =>
      pathsOf(change).some((path) => isThresholdFile(path) || testLanguageOf(path) !== undefined),
    );
    const readNew = (path: string) => inquiry.value(`read ${path}`, ports.readFile(workspace, path));
    const change = strengthChange(await beforeAndAfter(inquiry, range, relevant, readNew));
    const weaker = isWeaker(change);
    return {
      outcome: weaker ? 'inconclusive' : 'supported',
      message: `${weaker ? losses(change) : noLoss(change)} (base: ${range.because})`,
      facts: factsOf(change, range.base),
      boundTo: range.boundTo,
    };
  });
}

function factsOf(change: StrengthChange, base: string): Look['facts'] {
  const { testFiles, casesBefore, casesAfter, gone, newSkips, newOnlys, fewerAssertions, lowered } = change;
  return {
    base,
    testFilesChanged: testFiles,
    testsAtBase: casesBefore,
    testsNow: casesAfter,
    testsGone: gone.length,
    newSkips,
    newOnlys,
    fewerAssertions,
    loweredThresholds: lowered.length,
  };
}

function noLoss({ testFiles, casesBefore, casesAfter }: StrengthChange): string {
  if (testFiles === 0) return 'no test code differs from the base';
  return `${counted(testFiles, 'test file')} changed: ${counted(casesAfter, 'test')} there now, ${casesBefore} at base`;
}

function losses({
  casesBefore,
  casesAfter,
  gone,
  newSkips,
  newOnlys,
  fewerAssertions,
  lowered,
}: StrengthChange): string {
  const fewer = casesBefore - casesAfter;
  return [
    fewer > 0 ? `${counted(fewer, 'test')} fewer than at base (gone: ${some(gone)})` : '',
    newSkips > 0 ? `${counted(newSkips, 'new skip')}` : '',
    newOnlys > 0 ? `${counted(newOnlys, 'new .only', 'new .only')}` : '',
    fewerAssertions > 0 ? `${counted(fewerAssertions, 'assertion')} fewer` : '',
    ...lowered.map(({ path, key, from, to }) => `${path}: ${key} lowered from ${from} to ${to}`),
  ]
    .filter(Boolean)
    .join('; ');
}
