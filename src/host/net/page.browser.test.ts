import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html, type LocalServer, redirectTo, routes, startServer } from '../../../test/http-server.ts';
import { lacks, programOf } from '../../../test/needs.ts';
import type { PageAnswer, PageRequest, Seen } from '../../core/ports.ts';
import type { GuardOptions } from './guard.ts';
import { closeBrowser, createPage } from './page.ts';

let canary: LocalServer;
let server: LocalServer;
let closed: LocalServer;

/** Every page says `done` when its attempt has ended, however it ended. */
function attempt(script: string): string {
  return `<p id=out>wait</p><script>const done = () => (out.textContent = 'done');${script}</script>`;
}

function worker(code: string): string {
  return `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}])))`;
}

/** Ways in which a page may ask for a private address. */
function attacks(): Readonly<Record<string, string>> {
  const { host, origin } = canary;
  return {
    fetch: attempt(`fetch('${origin}/').finally(done)`),
    'fetch of a mapped address': attempt(`fetch('http://[::ffff:127.0.0.1]:${canary.port}/').finally(done)`),
    'fetch of a name': attempt(`fetch('http://localhost:${canary.port}/').finally(done)`),
    image: attempt(`const i = new Image(); i.onload = i.onerror = done; i.src = '${origin}/i.png'`),
    script: attempt(
      `const s = document.createElement('script'); s.onload = s.onerror = done; s.src = '${origin}/s.js'; document.head.append(s)`,
    ),
    iframe: attempt('') + `<iframe src="${origin}/" onload="done()"></iframe>`,
    WebSocket: attempt(`new WebSocket('ws://${host}/').onerror = done`),
    'secure WebSocket': attempt(`new WebSocket('wss://${host}/').onerror = done`),
    EventSource: attempt(`const e = new EventSource('${origin}/'); e.onerror = e.onopen = done`),
    beacon: attempt(`navigator.sendBeacon('${origin}/'); fetch('${origin}/').finally(done)`),
    'redirect of a sub-resource': attempt(`fetch('/to-canary').finally(done)`),
    'redirect of an iframe': attempt('') + `<iframe src="/to-canary" onload="done()"></iframe>`,
    'fetch from a worker': attempt(`${worker(`fetch('${origin}/').finally(() => postMessage(1))`)}.onmessage = done`),
    'WebSocket from a worker': attempt(
      `${worker(`new WebSocket('ws://${host}/').onerror = () => postMessage(1)`)}.onmessage = done`,
    ),
    'form post':
      attempt('') +
      `<iframe name=f onload="done()"></iframe><form target=f method=post action="${origin}/"></form><script>document.forms[0].submit()</script>`,
    preconnect:
      attempt(`fetch('${origin}/').finally(done)`) +
      `<link rel=preconnect href="${origin}"><link rel=prefetch href="${origin}/p">`,
    'TURN over TCP': gathering(`turn:${host}?transport=tcp`),
  };
}

beforeAll(async () => {
  canary = await startServer();
  closed = await startServer();
  await closed.close();
  const pages = Object.entries(attacks()).map(([, page], index) => [`/attack/${index}`, html(page)] as const);
  server = await startServer(
    routes({
      ...Object.fromEntries(pages),
      '/': html('<title>Home</title><h1>Hello <b>World</b></h1><p hidden>secret</p>'),
      '/late': html(attempt(`setTimeout(done, 400)`)),
      '/in-frame': html(`<iframe src="/"></iframe>`),
      '/broken': html(`<p>here</p><img src="/gone.png"><script>console.error('oh'); null.x</script>`),
      '/hanging': html(`<p>here</p><script>fetch('/never')</script>`),
      '/never': () => undefined,
      '/odd-status': (_, answer) => void answer.socket?.end('HTTP/1.1 099 Odd\r\n\r\n'),
      '/rude': html(`<script>alert(1); confirm(2); open('/')</script><p>here</p>`),
      '/file': html(`<iframe src="file:///etc/passwd"></iframe><p>here</p>`),
      '/to-canary': redirectTo(canary.origin),
      '/to-closed': (request, response) => redirectTo(closed.origin)(request, response),
      '/download': (_, answer) => void answer.writeHead(200, { 'content-disposition': 'attachment' }).end('x'),
      '/teapot': html('<p>short</p>', 418),
    }),
  );
});

afterAll(async () => {
  await Promise.all([closeBrowser(), canary.close(), server.close()]);
});

function look(request: Partial<PageRequest>, allow: readonly string[] = [server.host]): Promise<Seen<PageAnswer>> {
  const options: GuardOptions = { allow };
  return createPage(options)({ url: server.origin, visible: [], texts: [], timeoutMs: 30_000, ...request });
}

describe.skipIf(lacks('chromium'))('a page is seen', () => {
  test('with what is visible, and its picture', async () => {
    const answer = await look({ visible: ['h1', 'h1 > b'], texts: ['hello world'] });
    expect(answer).toMatchObject({
      ok: true,
      value: { status: 200, title: 'Home', missingSelectors: [], missingTexts: [], failedRequests: [] },
    });
    expect(answer.ok && [...answer.value.screenshot.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  test('with what is missing: hidden is not visible', async () => {
    const answer = await look({ visible: ['h2', '[hidden]'], texts: ['secret', 'Hello'] });
    expect(answer).toMatchObject({
      ok: true,
      value: { missingSelectors: ['h2', '[hidden]'], missingTexts: ['secret'] },
    });
    expect(answer.ok && answer.value.screenshot.length).toBeGreaterThan(100);
  });

  test.each([
    ['/late', 'done'],
    ['/in-frame', 'Hello World'],
    ['/rude', 'here'],
  ])('%s has %s', async (path, text) => {
    const answer = await look({ url: server.origin + path, texts: [text] });
    expect(answer).toMatchObject({ ok: true, value: { missingTexts: [] } });
  });

  test('with its errors', async () => {
    const answer = await look({ url: `${server.origin}/broken`, texts: ['here'] });
    expect(answer).toMatchObject({ ok: true, value: { failedRequests: [`GET ${server.origin}/gone.png: HTTP 404`] } });
    expect(answer.ok && answer.value.consoleErrors.join()).toMatch(/oh.*null/);
  });

  test('with its status', async () => {
    expect(await look({ url: `${server.origin}/teapot` })).toMatchObject({ ok: true, value: { status: 418 } });
  });
});

describe.skipIf(lacks('chromium'))('what could not be seen is a hindrance', () => {
  test.each([
    ['/to-canary', 'refused-address'],
    ['/to-closed', 'unreachable'],
    ['/download', 'broken'],
    ['/hanging', 'time-out'],
    ['/never', 'time-out'],
    ['/odd-status', 'unreachable'],
  ])('%s is %s', async (path, why) => {
    const allow = [server.host, closed.host];
    const time = why === 'time-out' ? { timeoutMs: 1_500 } : {};
    const answer = await look({ url: server.origin + path, texts: ['absent'], ...time }, allow);
    expect(answer).toMatchObject({ ok: false, why });
  });

  test.each([
    ['http://127.0.0.1:1/', 'refused-address'],
    ['http://localhost./', 'refused-address'],
    ['file:///etc/passwd', 'refused-address'],
    ['data:text/html,here', 'refused-address'],
    ['chrome://version', 'refused-address'],
    ['here', 'broken'],
  ])('%s is %s', async (url, why) => expect(await look({ url })).toMatchObject({ ok: false, why }));

  test('a selector that is none is broken, not missing', async () => {
    expect(await look({ visible: ['h1['] })).toMatchObject({ ok: false, why: 'broken' });
  });
});

describe.skipIf(lacks('chromium'))('a page does not reach private addresses', () => {
  test.each(Object.keys(namesOnly()))('%s', async (name) => {
    const url = `${server.origin}/attack/${Object.keys(attacks()).indexOf(name)}`;
    const before = canary.connections();
    const refused = await look({ url, texts: ['done'] });
    expect(canary.connections()).toBe(before);
    expect(refused).toMatchObject({ ok: true, value: { missingTexts: [] } });
    expect(refused.ok && refused.value.refusedRequests.join()).toContain(`${canary.port}`);

    // Planted fault: with the canary allowed, the same page reaches it.
    const allow = [server.host, canary.host, `localhost:${canary.port}`, `[::ffff:127.0.0.1]:${canary.port}`];
    await look({ url, texts: ['done'] }, allow);
    expect(canary.connections(), 'the attack does nothing').toBeGreaterThan(before);
  });

  test('by a file: frame', async () => {
    const url = `${server.origin}/file`;
    expect(await look({ url, texts: ['here'] })).toMatchObject({ ok: true, value: { missingTexts: [] } });
    expect(await look({ url, texts: ['root:'], timeoutMs: 1_000 })).toMatchObject({ ok: false, why: 'time-out' });
  });

  test('by WebRTC over UDP', async () => {
    const udp = createSocket('udp4');
    let datagrams = 0;
    udp.on('message', () => (datagrams += 1));
    await new Promise<void>((resolve) => {
      udp.bind(0, '127.0.0.1', resolve);
    });
    const stun = `stun:127.0.0.1:${udp.address().port}`;
    const host = await startServer(html(gathering(stun)));
    const answer = await look({ url: host.origin, texts: ['done'] }, ['127.0.0.1']);
    expect(answer).toMatchObject({ ok: true, value: { missingTexts: [] } });
    expect(datagrams).toBe(0);

    // Planted fault: the same page in a browser without our flags and proxy.
    const plain = await chromium.launch({ executablePath: programPath('chromium'), chromiumSandbox: false });
    const page = await plain.newPage();
    await page.goto(host.origin);
    await expect.poll(() => datagrams, { timeout: 10_000 }).toBeGreaterThan(0);
    await plain.close();
    await host.close();
    udp.close();
  });
});

/** Gathers connection candidates by asking a STUN or TURN server. */
function gathering(iceServer: string): string {
  return attempt(
    `const c = new RTCPeerConnection({iceServers: [{urls: '${iceServer}', username: 'u', credential: 'p'}]});
     c.createDataChannel('x'); c.onicegatheringstatechange = () => c.iceGatheringState === 'complete' && done();
     c.createOffer().then((offer) => c.setLocalDescription(offer))`,
  );
}

function programPath(need: 'chromium'): string {
  return execFileSync('sh', ['-c', `command -v ${programOf(need) ?? need}`], { encoding: 'utf8' }).trim();
}

/** The names alone: the servers do not run yet when tests are collected. */
function namesOnly(): Readonly<Record<string, string>> {
  canary ??= { host: '', origin: '', port: 0, requests: [], connections: () => 0, close: () => Promise.resolve() };
  return attacks();
}
