import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { type LocalRun, lookByRunning, nowhereToRun } from '../../core/claim/local-run.ts';
import { LocalRunOptions, runRequest } from '../../core/claim/local-run-options.ts';
import { isWholeRun, meantByRun, sameToolAs } from '../../core/claim/named-tool.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import { machineFormats } from '../../core/test-report/test-report.ts';

const Options = deferred(() =>
  z.strictObject({
    ...LocalRunOptions.shape,
    report: z
      .strictObject({
        format: z.enum(machineFormats).optional().describe('default: recognised'),
        paths: z.array(z.string().min(1)).default([]).describe('globs of report files that the command writes'),
      })
      .prefault({})
      .describe('where the machine report is, when it is neither in {reports} nor on the output'),
  }),
);
type Options = z.infer<typeof Options>;

export const testsPass = verifier({
  id: 'tests-pass',
  title: 'Tests pass',
  summary: 'Runs the tests and reads their machine report.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'local-run',
  judges: ['tests-pass'],
  options: Options,
  run,
});

async function run({ options, part, workspace, lastAccepted, ports }: Examination<Options>): Promise<Look> {
  if (workspace === undefined) return nowhereToRun(options.command);
  // Report formats bring an XML reader, which most commands can do without.
  const { judgeTests } = await import('../../core/claim/local-run-tests.ts');
  const { format, paths } = options.report;
  const { command, baseline } = options;
  const isSame = part.names?.some(isWholeRun) ? await sameToolAs(command, workspace, ports) : undefined;
  const meant = (shown: string) =>
    isSame === undefined ? part : meantByRun(part, command, (name) => isSame(name, shown));
  const claimed = {
    command,
    ...(format !== undefined && { format }),
    ...(lastAccepted !== undefined && { lastAccepted }),
  };
  const request = runRequest(options, workspace, paths);
  const judge: LocalRun['judge'] = (result, where) =>
    judgeTests(result, where, { ...claimed, part: meant(result.output) });
  return lookByRunning({ request, baseline, judge }, ports);
}
