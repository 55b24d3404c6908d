import { z } from 'zod';
import { Diagnosis, type RepositoryDiagnosis } from '../core/debt/diagnosis.ts';
import { funnelsOf } from '../core/debt/funnel.ts';
import { defineOperation, type OpenHistory } from '../core/operation.ts';
import { timeOf } from './diagnosing/dates.ts';
import { diagnoseRepository } from './diagnosing/diagnose-repository.ts';
import { refuseUnreadable } from './diagnosing/read-history.ts';

export const diagnose = defineOperation({
  id: 'diagnose',
  summary: 'Show from git history where work does not turn into dependable outcomes; needs no set-up',
  scope: 'read',
  opensItself: true,
  positional: ['repositories'],
  formats: ['terminal', 'json', 'html', 'markdown'],
  input: z.strictObject({
    repositories: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'folders, or addresses that are cloned for this, whose default branches are read; default: the repository around the current folder',
      ),
    since: z.string().optional().describe('day or time; nothing that was merged before it counts'),
    until: z.string().optional().describe('day or time that the report ends with; default: the newest commit'),
    pod: z.array(z.string()).default([]).describe('pod to show beside the whole repository'),
    compare: z
      .string()
      .optional()
      .describe('branch, tag or commit: the weeks after that of this one are set against the baseline before it'),
  }),
  output: Diagnosis,
  async run(context, { repositories, since, until, pod, compare }) {
    const kit = await context.histories();
    const places = repositories.length === 0 ? [undefined] : repositories;
    const wanted = {
      pods: [...new Set(pod)],
      since: since === undefined ? undefined : timeOf(since, { asEnd: false }),
      until: until === undefined ? undefined : timeOf(until, { asEnd: true }),
      compare,
      now: Date.parse(context.ports.now()),
      repositories: places.length,
    };
    const opened = new Map<number, OpenHistory>();
    for (const [at, where] of places.entries()) {
      if (where !== undefined && kit.isAddress(where)) continue;
      const history = await kit.open(where);
      if (places.length > 1) await refuseUnreadable(history, wanted);
      opened.set(at, history);
    }
    const found: RepositoryDiagnosis[] = [];
    for (const [at, where] of places.entries()) {
      const history = opened.get(at) ?? (await kit.open(where));
      try {
        found.push(await diagnoseRepository(history, kit, wanted, context.progress));
      } finally {
        await history.close();
      }
    }
    return { schema: 'factum/diagnosis/v1' as const, repositories: found, funnels: funnelsOf(found) };
  },
});
