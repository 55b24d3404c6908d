import { diag } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { startServer } from '../http-server.ts';
import { aWorld } from '../make/world.ts';
import { toolResult } from '../make/telemetry.ts';
import { type TestRepository } from '../repository.ts';
import { factumProcess, heard } from './program.ts';

// OpenTelemetry's own SDK sends to `factum otel receive` as an agent's does, and writes what `factum otel export` must write.

const { room, world } = aSuite();

function aRepository(): TestRepository {
  const repository = room.repository();
  repository.commit('one', { 'package.json': '{ "scripts": { "test": "node --test" } }', 'sums.test.js': '' });
  return repository;
}

async function receiving(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const running = factumProcess(room.dir, ['otel', 'receive', '--port', '0'], { ...world.env, ...env });
  onTestFinished(() => void running.child.kill());
  return /http:\S+/.exec(await heard(running, /http:\S+\s/))?.[0] ?? '';
}

/** Emits one batch through the SDK and waits until it is delivered; answers what the SDK warns of. */
async function emit(
  url: string,
  records: readonly Parameters<Logger['emit']>[0][],
  headers: Record<string, string> = {},
): Promise<readonly string[]> {
  const warnings: string[] = [];
  const warn = (...said: readonly unknown[]): void => void warnings.push(said.join(' '));
  diag.setLogger({ verbose: ignore, debug: ignore, info: ignore, warn, error: warn });
  const exporter = new OTLPLogExporter({ url: `${url}/v1/logs`, headers });
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
  const logger = provider.getLogger('com.anthropic.claude_code.events', '2.1.63');
  for (const record of records) logger.emit(record);
  await provider.forceFlush();
  await provider.shutdown();
  diag.disable();
  return warnings;
}
function ignore(): void {}
type Logger = ReturnType<LoggerProvider['getLogger']>;

async function leadsOf(session: string): Promise<readonly object[]> {
  const { out } = await factumProcess(room.dir, ['leads', '--json'], world.env).ended;
  const { leads } = JSON.parse(out) as { leads: readonly { session: string }[] };
  return leads.filter((lead) => lead.session === session);
}

const body = 'claude_code.tool_result';

test('what the SDK sends becomes leads of the claim that the session ends with, and changes no verdict', async () => {
  const { dir } = aRepository();
  const url = await receiving();
  const failed = toolResult({ tool_use_id: 't1', success: 'false', error: 'Exit code 1' });
  const committed = toolResult({ tool_use_id: 't2' }, { full_command: 'git commit -m x', git_commit_id: '3f2a1b9' });
  const records = [{ body, attributes: failed }, { body: 'claude_code.api_request' }, { body, attributes: committed }];
  expect(await emit(url, records)).toEqual([]);
  // A batch whose answer was lost is sent again.
  vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', 'gzip');
  expect(await emit(url, records)).toEqual([]);
  vi.unstubAllEnvs();

  const said = ['--session', 's1', '--message', 'All tests pass, and it is committed.'];
  const stop = await factumProcess(dir, ['gate', 'claude-code', ...said, '--json'], world.env).ended;
  const { claim } = JSON.parse(stop.out) as { claim: string };
  const shown = JSON.parse((await factumProcess(dir, ['show', claim, '--json'], world.env).ended).out);
  expect(shown.leads).toMatchObject([
    { id: 't1', command: 'npm test', succeeded: false },
    { id: 't2', commit: '3f2a1b9', succeeded: true },
  ]);
  expect(shown.evidence.map(({ verifier }: { verifier: { id: string } }) => verifier.id)).not.toContain('own-word');
  const others = await aWorld();
  onTestFinished(others.remove);
  const elsewhere = JSON.parse((await others.factum(dir, ['show', claim, '--json'])).out);
  expect(elsewhere.leads).toEqual([]);
  const verdicts = (answer: typeof shown): unknown =>
    answer.claim.parts.map((part: { verdict: string }) => part.verdict);
  expect(verdicts(shown)).toEqual(verdicts(elsewhere));
});

test('where leads cannot be read, the claim is shown without them', async () => {
  const other = await aWorld();
  onTestFinished(other.remove);
  const { dir } = aRepository();
  const said = ['--session', 's1', '--message', 'All tests pass.'];
  const { claim } = JSON.parse((await other.factum(dir, ['gate', 'claude-code', ...said, '--json'])).out);
  writeFileSync(join(other.home, '.config/factum/leads.sqlite'), 'no database');
  const shown = await other.factum(dir, ['show', claim, '--json']);
  expect(shown).toMatchObject({ exit: 0, err: expect.stringContaining('without leads') });
  expect(JSON.parse(shown.out)).toMatchObject({ leads: [], claim: { id: claim } });
  expect(await other.factum(dir, ['leads'])).toMatchObject({ exit: 3, err: expect.stringContaining('LEADS') });
});

test('one record that cannot be read does not keep the others out, and the SDK says so', async () => {
  const url = await receiving();
  const good = ['t1', 't2'].map((id) => ({ body, attributes: toolResult({ 'session.id': 's4', tool_use_id: id }) }));
  const bad = { body, attributes: { tool_name: 'Bash' } };
  const warnings = await emit(url, [...good.slice(0, 1), bad, ...good.slice(1)]);
  expect(warnings).toEqual([
    expect.stringMatching(/Partial Success.*"rejectedLogRecords":"1".*without session\.id or tool_name/),
  ]);
  expect(await leadsOf('s4')).toHaveLength(2);
});

test('with a token, only who has it is heard', async () => {
  const token = 'a token of its own';
  const url = await receiving({ FACTUM_OTEL_TOKEN: token });
  const attributes = toolResult({ 'session.id': 's2' });
  expect(await emit(url, [{ body, attributes }])).toEqual([expect.stringContaining('FACTUM_OTEL_TOKEN')]);
  expect(await leadsOf('s2')).toEqual([]);
  await emit(url, [{ body, attributes }], { authorization: `Bearer ${token}` });
  expect(await leadsOf('s2')).toHaveLength(1);
});

interface Sent {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly request: {
    readonly resourceLogs: readonly { readonly scopeLogs: readonly { readonly logRecords: readonly LogRecord[] }[] }[];
  };
}
interface LogRecord {
  readonly timeUnixNano: string;
  readonly eventName: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<{ [type: string]: unknown }> }[];
}

/** A collector that answers what it is told to, and keeps what it got. */
async function aCollector(answer: { status: number; body: object } = { status: 200, body: {} }) {
  const sent: Sent[] = [];
  const server = await startServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      sent.push({ headers: request.headers, request: JSON.parse(text) as Sent['request'] });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  onTestFinished(server.close);
  return { sent, origin: server.origin };
}

function recordsIn({ request }: Sent): readonly LogRecord[] {
  return request.resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
}

test('a verdict is sent as the SDK itself would send it', async () => {
  const { dir } = aRepository();
  const said = ['--session', 's3', '--model', 'claude-opus-5', '--message', 'All tests pass.'];
  await factumProcess(dir, ['gate', 'claude-code', ...said], world.env).ended;
  const [ours, theirs] = [await aCollector(), await aCollector()];
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: ours.origin, OTEL_EXPORTER_OTLP_HEADERS: 'x-team=sums%20up' };
  const ran = await factumProcess(dir, ['otel', 'export', '--json'], { ...world.env, ...env }).ended;
  expect([ran.exit, ran.err]).toEqual([0, '']);
  expect(JSON.parse(ran.out)).toEqual({ claims: 1, sent: 1, endpoint: `${ours.origin}/v1/logs` });
  const [sent] = ours.sent;
  const [record] = sent === undefined ? [] : recordsIn(sent);
  if (sent === undefined || record === undefined) throw new Error('nothing was sent');
  expect(sent.headers).toMatchObject({ 'x-team': 'sums up', 'content-type': 'application/json' });
  const attributes = Object.fromEntries(record.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(attributes).toMatchObject({
    'gen_ai.evaluation.name': 'tests-pass',
    'gen_ai.evaluation.explanation': expect.any(String),
    'gen_ai.conversation.id': 's3',
    'gen_ai.agent.name': 'claude-code',
    'gen_ai.request.model': 'claude-opus-5',
    'factum.claim.part': 'p1',
  });

  const time = new Date(Number(BigInt(record.timeUnixNano) / 1_000_000n));
  const values = Object.entries(attributes).map(([key, value]) => [key, value === 1 ? 1.5 : String(value)]);
  await emit(theirs.origin, [
    { eventName: record.eventName, timestamp: time, observedTimestamp: time, attributes: Object.fromEntries(values) },
  ]);
  const [written] = theirs.sent.flatMap(recordsIn);
  const { attributes: theirAttributes, ...rest } = JSON.parse(
    JSON.stringify(written).replaceAll('1.5', '1'),
  ) as LogRecord;
  expect(record.attributes).toEqual(theirAttributes);
  // The SDK also writes what is empty.
  const { attributes: _ours, ...own } = record;
  expect(rest).toMatchObject(own);
});

test('a collector that refuses, takes less or is not there is told, and nothing is lost', async () => {
  const { dir } = aRepository();
  await world.factum(dir, ['claim', 'All tests pass.']);
  const exported = async (endpoint: string) => world.factum(dir, ['otel', 'export', '--endpoint', endpoint]);
  const refusing = await aCollector({ status: 401, body: { message: 'who are you' } });
  expect(await exported(`${refusing.origin}/v1/logs`)).toMatchObject({
    exit: 3,
    err: expect.stringMatching(/^COLLECTOR: \S+ answered 401:\s+{"message":"who\s+are\s+you"}/),
  });
  const partial = { rejectedLogRecords: '1', errorMessage: 'too old' };
  const picky = await aCollector({ status: 200, body: { partialSuccess: partial } });
  expect((await exported(`${picky.origin}/v1/logs`)).err).toMatch(/did not take 1:\s+too\s+old/);
  expect((await exported('http://127.0.0.1:1/v1/logs')).err).toMatch(/^COLLECTOR: POST \S+/);
  expect(await world.factum(dir, ['otel', 'export'])).toMatchObject({ exit: 2 });
  const taking = await aCollector({ status: 200, body: { partialSuccess: { errorMessage: 'be gentle' } } });
  expect(await exported(`${taking.origin}/v1/logs`)).toMatchObject({ exit: 0 });
  expect(taking.sent.flatMap(recordsIn)).toHaveLength(1);
});

test.each([
  ['is the one that ends so', 'Done! All tests pass.', 'msg_1'],
  ['is not known while the transcript lags', 'I look first.', undefined],
])("the model's response %s", async (_what, last, response) => {
  const { dir } = aRepository();
  const transcript = join(dir, '.git', 'transcript.jsonl');
  const message = { role: 'assistant', id: 'msg_1', content: [{ type: 'text', text: last }] };
  writeFileSync(transcript, `${JSON.stringify({ type: 'assistant', message })}\n{"type":"system"}\n`);
  const stop = { session_id: 's5', transcript_path: transcript, cwd: dir, hook_event_name: 'Stop' };
  const input = JSON.stringify({ ...stop, last_assistant_message: 'Done! All tests pass.' });
  await factumProcess(dir, ['gate', 'claude-code'], world.env, input).ended;
  const { sent, origin } = await aCollector();
  await factumProcess(dir, ['otel', 'export', '--endpoint', `${origin}/v1/logs`], world.env).ended;
  const [record] = sent.flatMap(recordsIn);
  const attributes = new Map(record?.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
  expect([attributes.get('gen_ai.conversation.id'), attributes.get('gen_ai.response.id')]).toEqual(['s5', response]);
});
