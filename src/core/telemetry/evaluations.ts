import { printable } from '../claim/redact.ts';
import type { Session } from '../claim/claim.ts';
import type { ClaimView, PartView } from '../claim/view.ts';

/** A claim with its verdict, and the session that it was made in. */
export interface Judged {
  readonly claim: ClaimView;
  readonly session?: Session | undefined;
}

interface Telling {
  /** RFC 3339, UTC. */
  readonly now: string;
  redact(text: string): string;
}

type Attribute = readonly [key: string, value: string | number | undefined];

/** What can be decided, as a number; what nobody could look at has none. */
const scores: Partial<Readonly<Record<PartView['verdict'], 0 | 1>>> = {
  verified: 1,
  supported: 1,
  contradicted: 0,
  drifted: 0,
};

/** One `gen_ai.evaluation.result` for each part, as the GenAI semantic conventions describe the event. */
export function evaluationsOf(judged: readonly Judged[], { now, redact }: Telling): readonly object[] {
  const time = `${BigInt(Date.parse(now)) * 1_000_000n}`;
  return judged.flatMap(({ claim, session }) =>
    claim.parts.map((part) => ({
      timeUnixNano: time,
      observedTimeUnixNano: time,
      eventName: 'gen_ai.evaluation.result',
      attributes: attributes([
        ['gen_ai.evaluation.name', part.kind],
        ['gen_ai.evaluation.score.label', part.verdict],
        ['gen_ai.evaluation.score.value', scores[part.verdict]],
        ['gen_ai.evaluation.explanation', redact(printable(nameless(part.because, claim)))],
        ['gen_ai.agent.name', session?.agent],
        ['gen_ai.conversation.id', session?.id],
        ['gen_ai.response.id', session?.response],
        ['gen_ai.request.model', session?.model],
        ['factum.claim.id', claim.id],
        ['factum.claim.part', part.id],
        ['factum.pod', claim.pod],
      ]),
    })),
  );
}

/** An `ExportLogsServiceRequest` as OTLP writes it in JSON. */
export function exportRequest(logRecords: readonly object[], version: string): object {
  const resource = {
    attributes: attributes([
      ['service.name', 'factum'],
      ['service.version', version],
    ]),
  };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'factum', version }, logRecords }] }] };
}

function attributes(list: readonly Attribute[]): readonly object[] {
  return list.flatMap(([key, value]) => {
    if (value === undefined) return [];
    return { key, value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value } };
  });
}

/** What people answered stays here: a collector is told how it stands, and not who. */
function nameless(text: string, { humans }: ClaimView): string {
  return humans.reduce((clean, { person: { name, id } }) => clean.replaceAll(name ?? id, 'a human'), text);
}
