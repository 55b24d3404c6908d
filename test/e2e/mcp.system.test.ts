import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type TestWorld } from '../make/world.ts';
import { type TestRepository, testRoom } from '../repository.ts';
import { factumProcess } from './program.ts';

let world: TestWorld;
const room = testRoom();
const clients: Client[] = [];
const servers: { readonly end: () => void }[] = [];
const [writer, reader] = ['w'.repeat(16), 'r'.repeat(16)];

beforeAll(async () => {
  world = await aWorld();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const { end } of servers.splice(0)) end();
});
afterAll(async () => {
  await world.remove();
  room.remove();
});

function aRepository(): TestRepository {
  const repository = room.repository();
  repository.commit('one', { 'notes.txt': 'a note\n' });
  return repository;
}

async function connected(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'Some Agent', version: '1' });
  clients.push(client);
  await client.connect(transport);
  return client;
}

function overStdio(cwd: string, ...more: readonly string[]): Promise<Client> {
  const args = [resolve('src/main.ts'), 'mcp', ...more];
  const env = { ...process.env, ...world.env } as Record<string, string>;
  return connected(new StdioClientTransport({ command: process.execPath, args, cwd, env, stderr: 'ignore' }));
}

/** Its address, when it says it. */
async function served(cwd: string, ...more: readonly string[]): Promise<string> {
  const env = { ...world.env, FACTUM_MCP_TOKEN: writer, FACTUM_MCP_READ_TOKEN: reader };
  const { child } = factumProcess(cwd, ['mcp', '--http', '--port', '0', ...more], env);
  servers.push({ end: () => void child.kill() });
  return new Promise((found, none) => {
    let said = '';
    child.stderr?.on('data', (text: string) => {
      said += text;
      const url = /http:\S+/.exec(said)?.[0];
      if (url !== undefined) found(url);
    });
    child.once('exit', () => none(new Error(said)));
  });
}

function overHttp(url: string, token: string): Promise<Client> {
  const headers = { authorization: `Bearer ${token}` };
  return connected(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }) as Transport);
}

interface Answer {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: { readonly claim: Claim; readonly claims: readonly Claim[] };
}
interface Claim {
  readonly id: string;
  readonly verdict: string;
  readonly claimant: object;
  readonly target: { readonly commit?: string };
  readonly parts: readonly { readonly notes: readonly string[] }[];
}

async function call(client: Client, name: string, input: object = {}): Promise<Answer> {
  return (await client.callTool({ name, arguments: { ...input } })) as unknown as Answer;
}

async function file(client: Client, statement: string): Promise<Claim> {
  const { structuredContent } = await call(client, 'file_claim', { statement });
  return structuredContent!.claim;
}

const writing = ['file_claim', 'submit_evidence', 'verify_claim', 'withdraw_claim'];
const reading = ['get_verdict', 'list_open_claims', 'request_attestation'];

async function toolsOf(client: Client): Promise<readonly string[]> {
  return (await client.listTools()).tools.map(({ name }) => name).toSorted();
}

describe.each(['stdio', 'http'])('over %s', (way) => {
  const open = async (dir: string): Promise<Client> =>
    way === 'stdio' ? overStdio(dir) : overHttp(await served(dir), writer);

  test('a claim is filed by the agent that the client names, looked at, told and taken back', async () => {
    const { dir } = aRepository();
    const client = await open(dir);
    expect(await toolsOf(client)).toEqual([...writing, ...reading].toSorted());
    const { id, claimant } = await file(client, 'The file missing.txt exists.');
    expect(claimant).toEqual({ kind: 'agent', id: 'some-agent' });
    await call(client, 'verify_claim', { claims: [id] });
    expect((await call(client, 'get_verdict', { claim: id })).structuredContent?.claim.verdict).toBe('contradicted');
    const { contents } = await client.readResource({ uri: `claim://${id}` });
    expect(JSON.parse((contents[0] as { text: string }).text).claim.id).toBe(id);
    expect((await call(client, 'list_open_claims')).structuredContent?.claims).toMatchObject([{ id }]);
    await call(client, 'withdraw_claim', { claim: id, reason: 'I was wrong' });
    expect((await call(client, 'list_open_claims')).structuredContent?.claims).toEqual([]);
    const { out } = await world.factum(dir, ['show', id, '--json']);
    expect(JSON.parse(out)).toMatchObject({ claim: { verdict: 'withdrawn' } });
  });
});

test('each call sees the repository as it is by then', async () => {
  const { dir, commit } = aRepository();
  const client = await overStdio(dir);
  await file(client, 'The file notes.txt exists.');
  const second = commit('two', { 'more.txt': 'more\n' });
  expect((await file(client, 'The file more.txt exists.')).target.commit).toBe(second);
});

test("an agent's own evidence is a note, and no verdict", async () => {
  const { dir } = aRepository();
  const client = await overStdio(dir);
  const { id, verdict } = await file(client, 'All tests pass.');
  const says = 'npm test: exit 0 \u001b[2J';
  const { structuredContent } = await call(client, 'submit_evidence', { claim: id, part: 'p1', says });
  expect(structuredContent?.claim).toMatchObject({
    verdict,
    parts: [{ notes: [expect.stringContaining('hearsay of agent some-agent: npm test: exit 0')] }],
  });
  const { out } = await world.factum(dir, ['show', id]);
  expect([out.includes('hearsay of agent'), out.includes('\u001b[2J')]).toEqual([true, false]);
});

describe('a human is asked', () => {
  test('by a command, and answers elsewhere; where nobody waits there is no page', async () => {
    const client = await overStdio(aRepository().dir);
    const { id } = await file(client, 'The file notes.txt exists.');
    const { structuredContent } = await call(client, 'request_attestation', { claim: id });
    expect(structuredContent).toMatchObject({ claim: id, command: expect.stringMatching(/^factum attest /) });
    expect(structuredContent).not.toHaveProperty('url');
  });

  test('by the address of their inbox, which shows what waits and no verdict, to nobody who guesses', async () => {
    const { dir, commit } = aRepository();
    const pods = [{ id: 'core', members: { humans: [{ id: 'ada@example.org' }] }, policy: { quorum: 1 } }];
    commit('pod', { 'factum.yaml': JSON.stringify({ version: 1, pods }) });
    const client = await overHttp(await served(dir), writer);
    const { id } = await file(client, 'The file missing.txt exists. <b>Look!</b>');
    await call(client, 'verify_claim', { claims: [id] });
    const asked = (await call(client, 'request_attestation', { claim: id })).structuredContent as { url?: string };
    const url = new URL(asked.url ?? '');
    expect(url.hash).toBe(`#${id}`);
    const page = await (await fetch(url)).text();
    expect(page).toContain('ada@example.org');
    expect(page).toContain('The file missing.txt exists. &lt;b&gt;Look!&lt;/b&gt;');
    expect(page).toMatch(/<code>factum attest \w+ --passkey<\/code>/);
    expect(page).not.toMatch(/contradicted|refuted|<form|<script/);

    const answered = async (path: string, init?: RequestInit): Promise<number> =>
      (await fetch(new URL(path, url), init)).status;
    expect(await answered('/')).toBe(404);
    expect(await answered(url.pathname, { method: 'POST' })).toBe(405);
    expect(await answered(url.pathname, { headers: { origin: 'https://example.org' } })).toBe(421);
    await file(client, 'The file notes.txt exists.');
    expect(await (await fetch(url)).text()).toContain('2 claims');
  });
});

test('who is asked behind a proxy is given no address of this machine', async () => {
  const { dir, commit } = aRepository();
  const pods = [{ id: 'core', members: { humans: [{ id: 'ada@example.org' }] }, policy: { quorum: 1 } }];
  commit('pod', { 'factum.yaml': JSON.stringify({ version: 1, pods }) });
  const client = await overHttp(await served(dir, '--allow-host', 'factum.example'), writer);
  const { id } = await file(client, 'The file missing.txt exists.');
  const { structuredContent } = await call(client, 'request_attestation', { claim: id });
  expect(structuredContent).toMatchObject({ claim: id, command: expect.stringMatching(/^factum attest /) });
  expect(structuredContent).not.toHaveProperty('url');
});

describe('who may only read', () => {
  test('sees no tool that writes, and has none', async () => {
    const { dir } = aRepository();
    const client = await overHttp(await served(dir), reader);
    expect(await toolsOf(client)).toEqual(reading);
    const { isError, content } = await call(client, 'file_claim', { statement: 'All tests pass.' });
    expect([isError, content[0]?.text]).toEqual([true, expect.stringContaining('USAGE: no tool file_claim')]);
  });

  test('over stdio, too', async () => {
    expect(await toolsOf(await overStdio(aRepository().dir, '--read-only'))).toEqual(reading);
  });
});

describe('hostile input', () => {
  test.each([
    ['get_verdict', { claim: '../../etc' }, /CLAIM_NOT_FOUND|USAGE/],
    ['get_verdict', {}, /USAGE/],
    ['file_claim', { statement: 7 }, /USAGE/],
    ['file_claim', { statement: 'x'.repeat(20_000) }, /USAGE/],
    ['verify_claim', { fromLedger: 'http://127.0.0.1:9/' }, /USAGE: verify_claim takes claims, fresh; got fromLedger/],
    ['get_verdict', { claim: 'a', reveal: true }, /got reveal/],
    ['rm', {}, /no tool rm/],
  ])('%s %j', async (name, input, message) => {
    const answer = await call(await overStdio(aRepository().dir), name, input);
    expect([answer.isError, answer.content[0]?.text]).toEqual([true, expect.stringMatching(message)]);
  });

  test('a command that a claim brings does not run', async () => {
    const { dir } = aRepository();
    const client = await overStdio(dir);
    const { structuredContent } = await call(client, 'file_claim', {
      statement: 'It works.',
      part: [`command-succeeds:{"command":"touch ${dir}/ran"}`],
    });
    const answer = await call(client, 'verify_claim', { claims: [structuredContent?.claim.id] });
    expect([answer.isError, answer.content[0]?.text]).toEqual([true, expect.stringContaining('NOT_TRUSTED')]);
  });

  test('only bearers, from allowed hosts and origins, at one path, with so many bytes', async () => {
    const url = await served(aRepository().dir, '--allow-host', 'factum.example');
    const ask = async (headers: Record<string, string>, { path = url, body = '{}' } = {}): Promise<number> =>
      statusOf(path, { authorization: `Bearer ${writer}`, ...headers }, body);
    expect(await ask({ authorization: '' })).toBe(401);
    expect(await ask({ authorization: `Bearer ${writer}x` })).toBe(401);
    expect(await ask({ authorization: `Basic ${writer}` })).toBe(401);
    expect(await ask({ host: 'evil.example' })).toBe(403);
    expect(await ask({ origin: 'http://evil.example' })).toBe(403);
    expect(await ask({ origin: 'null' })).toBe(403);
    expect(await ask({}, { path: url.replace('/mcp', '/') })).toBe(404);
    expect(await ask({ 'mcp-session-id': 'guessed' })).toBe(404);
    expect(await ask({ host: 'factum.example' })).toBeGreaterThanOrEqual(400);
    expect([400, 413]).toContain(await ask({}, { body: 'x'.repeat(2_000_000) }));
    expect(await ask({}, { body: '['.repeat(100_000) })).toBeGreaterThanOrEqual(400);
    expect(await toolsOf(await overHttp(url, writer))).toContain('file_claim');
  });

  test('without a token, or with one that can be guessed, nothing is served', async () => {
    for (const env of [{}, { FACTUM_MCP_TOKEN: 'short' }]) {
      const { exit, err } = await factumProcess(room.dir, ['mcp', '--http', '--port', '0'], { ...world.env, ...env })
        .ended;
      expect([exit, err]).toEqual([2, expect.stringContaining('FACTUM_MCP_TOKEN')]);
    }
  });
});

/** `fetch` does not let a Host be given. */
async function statusOf(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((answer, fail) => {
    const type = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const asked = request(url, { method: 'POST', headers: { ...type, ...headers } }, (response) => {
      response.resume();
      answer(response.statusCode ?? 0);
    });
    asked.on('error', fail);
    asked.end(body);
  });
}
