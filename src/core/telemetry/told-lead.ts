import { type Entry, recordOf } from '../transcript/transcript.ts';
import type { Lead } from './lead.ts';
import type { TelemetryEvent } from './otlp-logs.ts';

/** Under which names a tool tells of one call of its agent. */
export interface Naming {
  readonly agent: string;
  readonly event: string;
  readonly session: string;
  readonly tool: string;
  /** Of the call; the first that is there. */
  readonly call: readonly string[];
  readonly turn?: string;
  readonly error: readonly string[];
}

type Details = Pick<Lead, 'command' | 'writes' | 'commit'>;

/** The lead that an event tells, or why it tells none. */
export function leadNamed(
  { attributes, occurredAt }: TelemetryEvent,
  names: Naming,
  details: (tool: string) => Details,
): Lead | string {
  const told = (name: string): string | undefined => {
    const value = attributes.get(name);
    return typeof value === 'string' && value !== '' ? value.slice(0, mostId) : undefined;
  };
  const [session, tool] = [told(names.session), told(names.tool)];
  if (session === undefined || tool === undefined) return `${names.event} without ${names.session} or ${names.tool}`;
  const turn = names.turn === undefined ? undefined : told(names.turn);
  const [call] = names.call.flatMap((name) => told(name) ?? []);
  const sequence = [attributes.get('event.sequence'), attributes.get('duration_ms')].join(' ').trim();
  const success = String(attributes.get('success'));
  const [error] = names.error.flatMap((name) => attributes.get(name) ?? []);
  return {
    id: call ?? `${occurredAt} ${sequence} ${tool}`.slice(0, mostId),
    agent: names.agent,
    session,
    ...(turn !== undefined && { turn }),
    tool,
    ...details(tool),
    ...(/^(?:true|false)$/.test(success) && { succeeded: success === 'true' }),
    ...(error !== undefined && { error: String(error) }),
    occurredAt,
  };
}

/** Characters of an id that a lead takes. */
const mostId = 200;

/** What an attribute holds as JSON; undefined where it is none. */
export function jsonIn(text: unknown): Entry | undefined {
  try {
    return recordOf(JSON.parse(String(text)));
  } catch {
    return undefined;
  }
}

/** What the arguments of a call say of it. */
export function detailsOf({
  command,
  writes = [],
}: {
  readonly command?: string;
  readonly writes?: readonly string[];
}): Details {
  const named = writes.filter((path) => path !== '?');
  return { ...(command !== undefined && { command }), ...(named.length > 0 && { writes: named }) };
}
