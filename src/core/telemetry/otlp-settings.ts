import { FactumError } from '../errors.ts';

/** Where logs go, and what is sent with them. */
export interface LogsAddress {
  readonly url: string;
  /** May hold secrets. */
  readonly headers: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** As every OpenTelemetry exporter reads its environment; `endpoint` is the whole address of logs. Throws USAGE. */
export function logsAddress(env: Env, endpoint?: string): LogsAddress {
  const set = (name: string): string | undefined => env[name]?.trim() || undefined;
  const base = set('OTEL_EXPORTER_OTLP_ENDPOINT');
  const text =
    endpoint ??
    set('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT') ??
    (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/logs`);
  if (text === undefined)
    throw new FactumError('USAGE', 'no collector: set OTEL_EXPORTER_OTLP_ENDPOINT, or name it with --endpoint');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new FactumError('USAGE', 'expected the address of a collector over HTTP, such as http://localhost:4318');
  const given = set('OTEL_EXPORTER_OTLP_LOGS_HEADERS') ?? set('OTEL_EXPORTER_OTLP_HEADERS') ?? '';
  return { url: url.href, headers: headersIn(given) };
}

/** `api-key=secret,x-team=sums`: names and values as W3C baggage writes them. What is wrong is not quoted: it is secret. */
function headersIn(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
      const plain = value === undefined ? undefined : decoded(value);
      if (name === undefined || plain === undefined || !/^[\t\u0020-\u007e]*$/.test(plain))
        throw new FactumError('USAGE', 'expected name=value, and commas between, in OTEL_EXPORTER_OTLP_HEADERS');
      return [name.toLowerCase(), plain];
    }),
  );
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
