import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { defineOperation, type ReadContext } from '../core/operation.ts';
import { evaluationsOf, type Judged } from '../core/telemetry/evaluations.ts';
import { judge } from './judging/judge.ts';

export const otelExport = defineOperation({
  id: 'otel export',
  summary: 'Send verdicts to an OpenTelemetry collector, one gen_ai.evaluation.result for each part of a claim',
  scope: 'setup',
  positional: ['claims'],
  input: z.strictObject({
    claims: z.array(ClaimName).default([]).describe('only these; default: all that are open'),
    all: z.boolean().default(false).describe('closed ones too: withdrawn, superseded, verified, old'),
    endpoint: z
      .string()
      .optional()
      .describe(
        'whole address for logs; default: as OTEL_EXPORTER_OTLP_LOGS_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT say',
      ),
  }),
  output: z.object({ claims: z.int(), sent: z.int(), endpoint: z.string() }),
  async run(context, { endpoint, ...which }) {
    const judged = await wanted(context, which);
    const { redact, ports, setup } = context;
    const events = evaluationsOf(judged, { now: ports.now(), redact });
    return { claims: judged.length, sent: events.length, endpoint: await setup.sendEvaluations(events, endpoint) };
  },
});

interface Which {
  readonly claims: readonly string[];
  readonly all: boolean;
}

/** Throws CLAIM_NOT_FOUND, CLAIM_AMBIGUOUS. */
async function wanted(context: ReadContext, { claims, all }: Which): Promise<readonly Judged[]> {
  const records = await context.read.claims();
  const named = new Set<string>();
  for (const name of claims) named.add((await context.read.claim(name)).claim.id);
  const sessions = new Map(records.map(({ claim }) => [claim.id, claim.session]));
  const views = await judge(context, records);
  return views
    .filter(({ id, open }) => (claims.length === 0 ? all || open : named.has(id)))
    .map((claim) => ({ claim, session: sessions.get(claim.id) }));
}
