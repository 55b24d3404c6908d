import { request } from 'node:http';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../test/free-port.ts';
import { openPasskeyPage, type PasskeyPage } from './page-server.ts';
import type { Step } from './steps.ts';

const step: Step = {
  kind: 'sign',
  title: 'Sign',
  lead: '',
  facts: [],
  challenge: 'AAAA',
  rpId: 'localhost',
  credentialId: 'AAAA',
};
const over = { kind: 'signed', title: 'Signed', lead: '' } as const;

interface Opened {
  readonly page: PasskeyPage;
  readonly port: number;
  readonly origin: string;
  readonly path: string;
}

async function opened(timeoutMs?: number): Promise<Opened> {
  const port = await freePort();
  const page = await openPasskeyPage({ port, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  onTestFinished(() => page.end(over));
  const { origin, pathname } = new URL(page.url);
  return { page, port, origin, path: pathname };
}

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where to connect. */
  readonly address?: string;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** As a browser would, save for what a test says. */
function ask({ port }: Opened, { method = 'GET', path, headers, body, address = '127.0.0.1' }: Asked) {
  return new Promise<Answered>((resolve, reject) => {
    const all = { host: `localhost:${port}`, ...headers };
    const sent = request({ host: address, port, method, path, headers: all, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.once('error', reject).end(body);
  });
}

function post(to: Opened, token: string, answer: unknown, headers: Readonly<Record<string, string>> = {}) {
  const all = { origin: to.origin, 'content-type': 'application/json', 'x-factum-token': token, ...headers };
  return ask(to, { method: 'POST', path: '/answer', headers: all, body: JSON.stringify(answer) });
}

/** Opens the page: the token of its first answer. */
async function tokenOf(to: Opened): Promise<string> {
  const { status, text } = await ask(to, { path: to.path });
  expect(status).toBe(200);
  return /name="factum-token" content="([\w-]+)"/.exec(text)?.[1] ?? '';
}

test('a page and a command take turns, and the page hears the end', async () => {
  const to = await opened();
  const first = to.page.ask(step);
  const { token, ...shown } = JSON.parse((await post(to, await tokenOf(to), { kind: 'ready' })).text);
  expect(shown).toEqual(step);
  const last = post(to, token, { kind: 'declined' });
  expect(await first).toEqual({ kind: 'declined' });
  await to.page.end(over);
  expect(JSON.parse((await last).text)).toEqual(over);
  await expect(ask(to, { path: '/' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('the address works once, for whoever opens it first, and not for what fetches ahead', async () => {
  const to = await opened();
  for (const headers of [{ 'sec-purpose': 'prefetch' }, { purpose: 'prefetch' }]) {
    expect((await ask(to, { path: to.path, headers })).status).toBe(403);
  }
  expect((await ask(to, { method: 'HEAD', path: to.path })).status).toBe(405);
  expect((await ask(to, { path: `${to.path}x` })).status).toBe(404);
  expect(await tokenOf(to)).toMatch(/^[\w-]{43}$/);
  const again = await ask(to, { path: to.path });
  expect(again).toMatchObject({ status: 410, text: expect.stringContaining('run the command again') });
  expect(again.text).not.toContain('factum-token');
});

test('a token is good for one answer, and only the page has it', async () => {
  const to = await opened();
  const asked = to.page.ask(step);
  const token = await tokenOf(to);
  for (const wrong of ['', 'x', token.slice(1), `${token}x`, to.path.slice(1)]) {
    expect((await post(to, wrong, { kind: 'declined' })).status, wrong).toBe(403);
  }
  const next = JSON.parse((await post(to, token, { kind: 'ready' })).text).token as string;
  expect((await post(to, token, { kind: 'declined' })).status).toBe(403);
  void post(to, next, { kind: 'declined' }).catch(() => undefined);
  expect(await asked).toEqual({ kind: 'declined' });
  expect((await post(to, next, { kind: 'declined' })).status).toBe(403);
});

test('no other name, origin, method or kind of body comes through', async () => {
  const to = await opened();
  const token = await tokenOf(to);
  const { port } = to;
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1:${port}`,
    'localhost',
    `localhost:${port + 1}`,
  ]) {
    expect((await ask(to, { path: to.path, headers: { host } })).status, host).toBe(421);
    expect((await post(to, token, { kind: 'ready' }, { host })).status, host).toBe(421);
  }
  for (const origin of [
    '',
    'null',
    `http://localhost:${port + 1}`,
    `https://localhost:${port}`,
    `http://127.0.0.1:${port}`,
  ]) {
    expect((await post(to, token, { kind: 'ready' }, { origin })).status, origin).toBe(403);
  }
  expect((await post(to, token, { kind: 'ready' }, { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await ask(to, { method: 'OPTIONS', path: '/answer' })).status).toBe(405);
  for (const answer of ['x', {}, { kind: 'signed' }, { kind: 'created', credentialId: '*', publicKey: 'AA' }]) {
    expect((await post(to, token, answer)).status).toBe(400);
  }
  expect((await post(to, token, { kind: 'ready', more: 'x'.repeat(200_000) })).status).toBe(413);
  void to.page.ask(step);
  expect((await post(to, token, { kind: 'ready' })).status).toBe(200);
});

test('nothing from elsewhere, nothing kept, nothing framed', async () => {
  const to = await opened();
  const { headers, text } = await ask(to, { path: to.path });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect(text).not.toMatch(/https?:/);
  expect((await ask(to, { path: '/' })).headers['content-security-policy']).toBe(policy);
});

test('a port that is taken is said, on either address, and none other is used', async () => {
  for (const address of ['127.0.0.1', '::1']) {
    const port = await freePort();
    const other = createServer();
    const isThere = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false)).listen(port, address, () => resolve(true));
    });
    if (!isThere && address === '::1') continue;
    onTestFinished(() => void other.close());
    await expect(openPasskeyPage({ port })).rejects.toMatchObject({
      code: 'PASSKEY_PORT',
      message: expect.stringContaining(`port ${port} (${address}): another program listens there`),
    });
  }
});

test('nobody is waited for without end', async () => {
  const { page } = await opened(50);
  await expect(page.ask(step)).rejects.toMatchObject({ code: 'PASSKEY_UNANSWERED' });
});
