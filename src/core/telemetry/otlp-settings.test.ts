import { expect, test } from 'vitest';
import { logsAddress } from './otlp-settings.ts';

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }, undefined, 'http://localhost:4318/v1/logs'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://example.org/otlp/' }, undefined, 'https://example.org/otlp/v1/logs'],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a', OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://b/in' },
    undefined,
    'http://b/in',
  ],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a' }, 'http://c/logs', 'http://c/logs'],
])('%j with --endpoint %s is %s', (env, endpoint, url) => {
  expect(logsAddress(env, endpoint).url).toBe(url);
});

test('headers are read as exporters read them, those of logs before those of all', () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a',
    OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20YTpi=, x-team = sums,',
  };
  expect(logsAddress(env).headers).toEqual({ authorization: 'Basic YTpi=', 'x-team': 'sums' });
  expect(logsAddress({ ...env, OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'a=b' }).headers).toEqual({ a: 'b' });
});

test.each([
  [{}, /set OTEL_EXPORTER_OTLP_ENDPOINT/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, /set OTEL_EXPORTER_OTLP_ENDPOINT/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317' }, /over HTTP/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'file:///etc/passwd' }, /over HTTP/],
])('%j is told', (env, why) => {
  expect(() => logsAddress(env)).toThrow(why);
});

test.each(['secret', 'a=b%0d%0aHost: evil', 'a=%zz', 'näme=x'])('headers %s are refused and not quoted', (given) => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a', OTEL_EXPORTER_OTLP_HEADERS: given };
  expect(() => logsAddress(env)).toThrow(/^expected name=value, and commas between, in OTEL_EXPORTER_OTLP_HEADERS$/);
});
