import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type TestWorld } from '../make/world.ts';
import { testRoom } from '../repository.ts';
import { factumProcess, heard, type Running } from './program.ts';

// A client that shares no code with our tests.
const inspector = resolve('node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');

const room = testRoom();
const token = 'w'.repeat(16);
let world: TestWorld;
let server: Running | undefined;

beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  server?.child.kill();
  await world.remove();
  room.remove();
});

function aRepository(): string {
  const { dir, commit } = room.repository();
  commit('one', { 'notes.txt': 'a note\n' });
  return dir;
}

interface Said {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

function inspect(cwd: string, args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [inspector, '--cli', ...args], { cwd, env: { ...process.env, ...world.env } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (exit) => done({ exit, out, err }));
  });
}

const overStdio = (): readonly string[] => [process.execPath, resolve('src/main.ts'), 'mcp'];

/** Arguments that name a server over HTTP, for who has this token. */
async function overHttp(cwd: string, bearer: string): Promise<readonly string[]> {
  server?.child.kill();
  server = factumProcess(cwd, ['mcp', '--http', '--port', '0'], { ...world.env, FACTUM_MCP_TOKEN: token });
  const url = /http:\S+/.exec(await heard(server, /http:\S+/))?.[0] ?? '';
  return [url, '--transport', 'http', '--header', `Authorization: Bearer ${bearer}`];
}

describe.each(['stdio', 'http'])('the MCP Inspector over %s', (way) => {
  test('files a claim, has it looked at and reads the verdict', async () => {
    const dir = aRepository();
    const target = way === 'stdio' ? overStdio() : await overHttp(dir, token);
    const call = (tool: string, argument: string): Promise<Said> =>
      inspect(dir, [...target, '--method', 'tools/call', '--tool-name', tool, '--tool-arg', argument]);
    const listed = await inspect(dir, [...target, '--method', 'tools/list', '--strict']);
    expect([listed.exit, JSON.parse(listed.out).tools.length], listed.err).toEqual([0, 7]);
    const filed = await call('file_claim', 'statement=The file missing.txt exists.');
    const { id, claimant } = JSON.parse(filed.out).structuredContent.claim;
    expect(claimant).toMatchObject({ kind: 'agent', id: expect.stringContaining('inspector') });
    await call('verify_claim', `claims=["${id}"]`);
    const told = await call('get_verdict', `claim=${id}`);
    expect(JSON.parse(told.out).structuredContent.claim.verdict).toBe('contradicted');
    const read = await inspect(dir, [...target, '--method', 'resources/read', '--uri', `claim://${id}`]);
    expect(JSON.parse(JSON.parse(read.out).contents[0].text).claim.id).toBe(id);
  });

  test('hears what it asked wrongly', async () => {
    const dir = aRepository();
    const target = way === 'stdio' ? overStdio() : await overHttp(dir, token);
    const asked = ['--method', 'tools/call', '--tool-name', 'get_verdict', '--tool-arg', 'claim=zzzz'];
    const { exit, out } = await inspect(dir, [...target, ...asked]);
    expect([exit, out]).toEqual([5, expect.stringContaining('CLAIM_NOT_FOUND')]);
  });
});

test('with another token the Inspector gets nothing', async () => {
  const dir = aRepository();
  const { exit, out } = await inspect(dir, [...(await overHttp(dir, 'x'.repeat(16))), '--method', 'tools/list']);
  expect(exit).not.toBe(0);
  expect(out).not.toContain('file_claim');
});
