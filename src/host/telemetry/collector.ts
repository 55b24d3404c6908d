import { z } from 'zod';
import { FactumError } from '../../core/errors.ts';
import { exportRequest } from '../../core/telemetry/evaluations.ts';
import { type LogsAddress, logsAddress } from '../../core/telemetry/otlp-settings.ts';
import { createHttp, shownUrl } from '../net/http.ts';
import { portOf } from '../net/guard.ts';

const timeoutMs = 10_000;
const mostAnswer = 262_144;

/** What OTLP answers with 200 where not everything was taken. */
const Partial = z.object({
  partialSuccess: z
    .object({ rejectedLogRecords: z.coerce.number().default(0), errorMessage: z.string().default('') })
    .nullish(),
});

/** As many as exporters send at once. */
const perRequest = 512;

export interface Sending {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly endpoint: string | undefined;
  /** Of Factum. */
  readonly version: string;
}

/** To the collector that this user names, on a private address or not; answers which. Throws USAGE, COLLECTOR. */
export async function sendEvaluations(events: readonly object[], { env, endpoint, version }: Sending): Promise<string> {
  const address = logsAddress(env, endpoint);
  for (let sent = 0; sent < events.length; sent += perRequest) {
    await send(address, exportRequest(events.slice(sent, sent + perRequest), version));
  }
  return shownUrl(address.url);
}

/** Throws COLLECTOR unless all of it was taken. */
async function send({ url, headers }: LogsAddress, request: object): Promise<void> {
  const { hostname } = new URL(url);
  const http = createHttp({ allow: [`${hostname}:${portOf(new URL(url))}`] });
  const answer = await http({
    url,
    method: 'POST',
    body: JSON.stringify(request),
    headers: { ...headers, 'content-type': 'application/json' },
    timeoutMs,
    maxBytes: mostAnswer,
    maxRedirects: 0,
  });
  if (!answer.ok) throw new FactumError('COLLECTOR', answer.message);
  const { status, body } = answer.value;
  if (status !== 200) throw refused(url, `answered ${status}: ${body.slice(0, 300)}`);
  const { partialSuccess } = Partial.safeParse(jsonOr(body)).data ?? {};
  if ((partialSuccess?.rejectedLogRecords ?? 0) === 0) return;
  throw refused(url, `did not take ${partialSuccess?.rejectedLogRecords}: ${partialSuccess?.errorMessage}`);
}

function refused(url: string, what: string): FactumError {
  return new FactumError('COLLECTOR', `${shownUrl(url)} ${what}`);
}

/** Some collectors answer 200 with nothing. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
