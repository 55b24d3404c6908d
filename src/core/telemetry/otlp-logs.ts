import { z } from 'zod';
import { deferred } from '../deferred.ts';

// OTLP 1.9, "JSON Protobuf Encoding": names in camelCase, 64-bit integers as texts or numbers, unknown fields ignored.

type Scalar = string | number | boolean;

/** One record of a log, with what its resource says where it does not say it itself. */
export interface TelemetryEvent {
  /** By its event name, its `event.name` and its body: senders of different age use different ones. */
  readonly names: readonly string[];
  /** RFC 3339, UTC, by the sender's clock. */
  readonly occurredAt: string;
  /** Those with one plain value. */
  readonly attributes: ReadonlyMap<string, Scalar>;
}

export interface ReadLogs {
  readonly events: readonly TelemetryEvent[];
  /** Why each record that could not be read was not. */
  readonly rejected: readonly string[];
}

const Attributes = deferred(() => z.array(z.object({ key: z.string(), value: z.unknown() })));
const Nanoseconds = deferred(() => z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative()]));
const Record = deferred(() =>
  z.object({
    timeUnixNano: Nanoseconds.nullish(),
    observedTimeUnixNano: Nanoseconds.nullish(),
    eventName: z.string().nullish(),
    body: z.unknown(),
    attributes: Attributes.nullish(),
  }),
);
const Request = deferred(() =>
  z.object({
    resourceLogs: z
      .array(
        z.object({
          resource: z.object({ attributes: Attributes.nullish() }).nullish(),
          scopeLogs: z.array(z.object({ logRecords: z.array(z.unknown()).nullish() })).nullish(),
        }),
      )
      .nullish(),
  }),
);

/** Reads an `ExportLogsServiceRequest`; a text says what it is instead. */
export function readLogs(body: unknown): ReadLogs | string {
  const request = Request.safeParse(body);
  if (!request.success) return `no ExportLogsServiceRequest: ${firstOf(request.error)}`;
  const events: TelemetryEvent[] = [];
  const rejected: string[] = [];
  for (const { resource, scopeLogs } of request.data.resourceLogs ?? []) {
    const shared = scalarsOf(resource?.attributes);
    for (const record of (scopeLogs ?? []).flatMap(({ logRecords }) => logRecords ?? [])) {
      const event = eventOf(record, shared);
      if (typeof event === 'string') rejected.push(event);
      else events.push(event);
    }
  }
  return { events, rejected };
}

function eventOf(given: unknown, shared: ReadonlyMap<string, Scalar>): TelemetryEvent | string {
  const read = Record.safeParse(given);
  if (!read.success) return firstOf(read.error);
  const { eventName, body, timeUnixNano, observedTimeUnixNano } = read.data;
  const attributes = new Map([...shared, ...scalarsOf(read.data.attributes)]);
  const occurredAt = [timeUnixNano, observedTimeUnixNano].map(timeOf).find((time) => time !== undefined);
  if (occurredAt === undefined) return 'a record without a time';
  const names = [eventName, attributes.get('event.name'), scalarOf(body)];
  return { names: names.flatMap((name) => (typeof name === 'string' ? name : [])), occurredAt, attributes };
}

function scalarsOf(list: z.infer<typeof Attributes> | null | undefined): ReadonlyMap<string, Scalar> {
  return new Map(
    (list ?? []).flatMap(({ key, value }) => {
      const scalar = scalarOf(value);
      return scalar === undefined ? [] : [[key, scalar] as const];
    }),
  );
}

/** Lists, maps and bytes are nothing that a lead is made of. */
function scalarOf(value: unknown): Scalar | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { stringValue, boolValue, intValue, doubleValue } = value as Readonly<Record<string, unknown>>;
  return [stringValue, boolValue, intValue, doubleValue].find(
    (each) => typeof each === 'string' || typeof each === 'boolean' || typeof each === 'number',
  );
}

/** Undefined: not known, which OTLP writes as 0, or no time that there is. */
function timeOf(nanoseconds: string | number | null | undefined): string | undefined {
  // Nanoseconds have more digits than a number keeps.
  const ms = typeof nanoseconds === 'string' ? Number(BigInt(nanoseconds) / 1_000_000n) : (nanoseconds ?? 0) / 1e6;
  const time = new Date(Math.round(ms));
  const year = time.getUTCFullYear();
  return year > 1970 && year < 10_000 ? time.toISOString() : undefined;
}

function firstOf({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'unreadable' : `${issue.path.join('.') || 'it'}: ${issue.message}`;
}
