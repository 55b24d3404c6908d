import { z } from 'zod';
import type { Agent } from '../core/agent/agent.ts';
import { defineOperation } from '../core/operation.ts';
import { cleaned, Lead } from '../core/telemetry/lead.ts';
import { readLogs } from '../core/telemetry/otlp-logs.ts';
import type { Taken } from '../core/telemetry/receiving.ts';

export const otelReceive = defineOperation({
  id: 'otel receive',
  summary: "Receive agents' own telemetry (OTLP/HTTP, JSON) and keep what they ran as leads, until it is ended",
  scope: 'setup',
  opensItself: true,
  input: z.strictObject({
    port: z.int().min(0).max(65_535).default(4318).describe('0: one that is free'),
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('address to listen on; one that others reach needs FACTUM_OTEL_TOKEN'),
    allowHost: z.array(z.string()).default([]).describe('a further name, with its port, that senders reach it by'),
  }),
  output: z.object({ url: z.string(), leads: z.int() }),
  async run({ agents, leads, redact, setup, progress }, { port, host, allowHost: allowHosts }) {
    const telling = await agents();
    let kept = 0;
    const { url, ended } = await setup.receiveTelemetry({ port, host, allowHosts }, async (body) => {
      const { found, ...taken } = leadsIn(body, telling, redact);
      const added = found.length === 0 ? 0 : await leads.keep(found);
      kept += added;
      return taken;
    });
    progress.note(`receiving OTLP/HTTP with JSON at ${url}`);
    await ended;
    return { url, leads: kept };
  },
});

type Redact = (text: string) => string;

/** One bad record does not keep the others out. */
function leadsIn(body: unknown, agents: readonly Agent[], redact: Redact): Taken & { readonly found: readonly Lead[] } {
  const read = readLogs(body);
  if (typeof read === 'string') return { rejected: 'all', why: read, found: [] };
  const told = read.events.flatMap((event) => agents.flatMap(({ leadIn }) => checked(leadIn?.(event), redact)));
  const reasons = [...read.rejected, ...told.filter((each) => typeof each === 'string')];
  const found = told.filter((each) => typeof each !== 'string');
  return { rejected: reasons.length, why: [...new Set(reasons)].slice(0, 5).join('; '), found };
}

/** What is kept can be read again, whatever a sender sends. */
function checked(told: Lead | string | undefined, redact: Redact): readonly (Lead | string)[] {
  if (told === undefined || typeof told === 'string') return told === undefined ? [] : [told];
  return [Lead.safeParse(cleaned(told, redact)).data ?? 'an event with values that no lead has'];
}
