import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { Taken } from '../../core/telemetry/receiving.ts';
import { type ReceiverOptions, startReceiver } from './receiver.ts';

interface Heard {
  readonly url: string;
  readonly bodies: unknown[];
  readonly problems: string[];
}

async function started(given: Partial<ReceiverOptions> = {}, taken: Taken = { rejected: 0, why: '' }): Promise<Heard> {
  const [bodies, problems]: [unknown[], string[]] = [[], []];
  const { url, close } = await startReceiver({
    host: '127.0.0.1',
    port: 0,
    allowHosts: [],
    token: undefined,
    take: async (body) => (bodies.push(body), taken),
    onProblem: (message) => void problems.push(message),
    redact: (text) => text,
    ...given,
  });
  onTestFinished(close);
  return { url, bodies, problems };
}

const json = { 'content-type': 'application/json' };

async function post(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) {
  const answer = await fetch(url, { method: 'POST', body, headers });
  return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as unknown };
}

test('logs are taken, plain and packed; metrics and traces are answered', async () => {
  const { url, bodies } = await started();
  const whole = { status: 200, type: 'application/json', body: {} };
  expect(await post(`${url}/v1/logs`, '{"resourceLogs":[]}')).toEqual(whole);
  expect(await post(`${url}/v1/logs`, '{}', { 'content-type': 'application/json; charset=utf-8' })).toEqual(whole);
  expect(await post(`${url}/v1/logs`, gzipSync('{"packed":1}'), { ...json, 'content-encoding': 'gzip' })).toEqual(
    whole,
  );
  expect(bodies).toEqual([{ resourceLogs: [] }, {}, { packed: 1 }]);
  expect(await post(`${url}/v1/metrics`, '{"resourceMetrics":[]}')).toEqual(whole);
  expect(await post(`${url}/v1/traces`, '{}')).toEqual(whole);
  expect(bodies).toHaveLength(3);
});

test('what could not be read is told as OTLP tells it, once to the person', async () => {
  const some = await started({}, { rejected: 2, why: 'a record without a time' });
  const partialSuccess = { rejectedLogRecords: '2', errorMessage: 'a record without a time' };
  expect(await post(`${some.url}/v1/logs`, '{}')).toMatchObject({ status: 200, body: { partialSuccess } });
  expect(await post(`${some.url}/v1/logs`, '{}')).toMatchObject({ status: 200, body: { partialSuccess } });
  expect(some.problems).toEqual(['a record without a time']);
  const { url } = await started({}, { rejected: 'all', why: 'no ExportLogsServiceRequest' });
  expect(await post(`${url}/v1/logs`, '[]')).toMatchObject({ status: 400 });
});

test.each([
  ['protobuf', { 'content-type': 'application/x-protobuf' }, 'x', 415, /OTEL_EXPORTER_OTLP_PROTOCOL=http\/json/],
  ['no type', { 'content-type': '' }, '{}', 415, /http\/json/],
  ['another packing', { ...json, 'content-encoding': 'br' }, '{}', 415, /gzip/],
  ['garbage', json, '{"resourceLogs":', 400, /no JSON/],
  ['nothing', json, '', 400, /no JSON/],
  ['garbage in gzip', { ...json, 'content-encoding': 'gzip' }, '{}', 400, /no JSON in gzip/],
  ['too much', json, JSON.stringify('x'.repeat(5_000_000)), 413, /at most 4194304 bytes/],
  [
    'too much when unpacked',
    { ...json, 'content-encoding': 'gzip' },
    gzipSync(Buffer.alloc(40_000_000, 32)),
    413,
    /16777216/,
  ],
] as const)('%s is answered and not taken', async (...[, headers, body, status, message]) => {
  const { url, bodies, problems } = await started();
  const answer = await post(`${url}/v1/logs`, typeof body === 'string' ? body : new Uint8Array(body), headers);
  expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  expect([bodies, problems]).toEqual([[], [expect.stringMatching(message)]]);
});

test('a body that is as deep as it is long is read or refused, and the next one is taken', async () => {
  const { url, bodies } = await started();
  expect((await post(`${url}/v1/logs`, '['.repeat(1_000_000))).status).toBe(400);
  await post(`${url}/v1/logs`, '['.repeat(1_000_000) + ']'.repeat(1_000_000));
  expect(await post(`${url}/v1/logs`, '{"still":"here"}')).toMatchObject({ status: 200 });
  expect(bodies.at(-1)).toEqual({ still: 'here' });
});

test('other paths and methods are told what is expected', async () => {
  const { url } = await started();
  expect(await post(`${url}/v1/profiles`, '{}')).toMatchObject({ status: 404 });
  expect(await post(`${url}/v1/logs/../../etc/passwd`, '{}')).toMatchObject({ status: 404 });
  expect(await fetch(`${url}/v1/logs`)).toMatchObject({ status: 405 });
});

/** By a name that fetch would not send. */
function asHost(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((answer, fail) => {
    const sent = request(`${url}/v1/logs`, { method: 'POST', headers: { ...json, ...headers } }, (response) => {
      response.resume();
      answer(response.statusCode);
    });
    sent.once('error', fail).end('{}');
  });
}

test('a page of another origin, or a name that was made to lead here, gets nothing', async () => {
  const { url, bodies } = await started({ allowHosts: ['factum.example'] });
  expect(await asHost(url, { host: 'evil.example' })).toBe(403);
  expect(await asHost(url, { origin: 'https://evil.example' })).toBe(403);
  expect(await asHost(url, { origin: 'null' })).toBe(403);
  expect(bodies).toEqual([]);
  expect(await asHost(url, { host: 'factum.example' })).toBe(200);
});

test('beyond loopback it wants a token, and then from everybody', async () => {
  await expect(started({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(started({ token: 'guessed' })).rejects.toMatchObject({ code: 'USAGE' });
  const { url, bodies } = await started({ token: 's'.repeat(16) });
  expect(await post(`${url}/v1/logs`, '{}')).toMatchObject({ status: 401 });
  expect(await post(`${url}/v1/logs`, '{}', { ...json, authorization: 'Bearer other' })).toMatchObject({ status: 401 });
  expect(bodies).toEqual([]);
  expect(await post(`${url}/v1/logs`, '{}', { ...json, authorization: `Bearer ${'s'.repeat(16)}` })).toMatchObject({
    status: 200,
  });
});

test('what cannot be kept now is asked for again', async () => {
  const { url, problems } = await started({ take: () => Promise.reject(new Error('the disk is full')) });
  expect(await post(`${url}/v1/logs`, '{}')).toMatchObject({ status: 503, body: { message: 'not now' } });
  expect(problems).toEqual(['the disk is full']);
});

test('a sender that goes away in the middle harms nobody', async () => {
  const { url } = await started();
  const { port } = new URL(url);
  await new Promise<void>((gone) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `POST /v1/logs HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a`,
      );
      setImmediate(() => socket.destroy());
    });
    socket.once('close', () => gone());
  });
  expect(await post(`${url}/v1/logs`, '{}')).toMatchObject({ status: 200 });
});

test('a port that is taken is told', async () => {
  const { url } = await started();
  await expect(started({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'SERVE_PORT' });
});
