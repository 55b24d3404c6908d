import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html, type LocalServer, redirectTo, routes, startServer } from '../../../test/http-server.ts';
import { lacks } from '../../../test/needs.ts';
import { examine, outside } from '../../../test/outside-ports.ts';
import { printable } from '../../core/claim/redact.ts';
import { closeBrowser, createPage } from '../../host/net/page.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { pageRenders } from './page-renders.ts';

const hostile = '\u001B]0;owned\u0007\u001B[2J\u009B31m\u202Eexe.txt';

describe.skipIf(lacks('chromium'))('page-renders', () => {
  let server: LocalServer;
  let canary: LocalServer;
  let closed: LocalServer;

  beforeAll(async () => {
    [server, canary, closed] = await Promise.all([startServer(routes({})), startServer(), startServer()]);
    await Promise.all([server.close(), closed.close()]);
    server = await startServer(
      routes({
        '/': html('<h1 class=title>Dashboard</h1><p style="display:none" id=gone>gone</p>'),
        '/blank': html(''),
        '/broken': html(`<h1>Here</h1><script>null.x</script><script src="/missing.js"></script>`),
        '/needs-private': html(
          `<script>fetch('${canary.origin}').then(() => document.write('<h1>x</h1>'), () => 0)</script>`,
        ),
        '/needs-closed': html(`<script src="${closed.origin}/app.js"></script>`),
        '/fallback': html('<h1>App</h1>', 404),
        '/login': html('<p>who are you?</p>'),
        '/private': redirectTo('/login'),
        '/hostile': html(
          `<title>${hostile}${'title '.repeat(2_000_000)}</title><h1>Here</h1><script>console.error(${JSON.stringify(hostile)}.repeat(9))</script>`,
        ),
        '/404': html('<p>no such page</p>', 404),
        '/403': html('<p>who are you?</p>', 403),
      }),
    );
  });
  afterAll(() => Promise.all([closeBrowser(), server.close(), canary.close()]));

  function examination(path: string, options: Record<string, unknown> = {}) {
    const page = createPage({ allow: [server.host, closed.host] });
    return outside({ page }, { url: server.origin + path, timeout: 120, ...options });
  }

  verifierContract({
    verifier: pageRenders,
    supporting: () => Promise.resolve(examination('/', { visible: '.title', texts: 'dashboard' })),
    refuting: () => Promise.resolve(examination('/404')),
  });

  // Together: what is missing is waited for until the time is over. Elsewhere a slow machine has all the time it needs.
  const missing = { timeout: 10 };
  test.concurrent.each([
    ['/', {}, 'supported', ''],
    ['/', { visible: '#gone', ...missing }, 'refuted', '#gone'],
    ['/blank', missing, 'inconclusive', 'shows nothing'],
    ['/blank', { texts: 'Welcome', ...missing }, 'refuted', '"Welcome"'],
    ['/broken', { visible: 'h1' }, 'supported', '2 console errors, 1 failed'],
    ['/broken', { visible: 'h1', console_errors: 'refute' }, 'refuted', 'console error'],
    ['/broken', { visible: 'h1', failed_requests: 'refute' }, 'refuted', 'missing.js: HTTP 404'],
    ['/needs-private', { visible: 'h1', ...missing }, 'inconclusive', 'Factum itself refused'],
    ['/needs-closed', { visible: 'h1', ...missing }, 'inconclusive', 'from here'],
    ['/fallback', { visible: 'h1' }, 'supported', 'status 404'],
    ['/404', {}, 'refuted', 'error page'],
    ['/403', {}, 'inconclusive', 'who asks'],
    ['/403', { texts: 'Welcome', ...missing }, 'inconclusive', 'who asks'],
    ['/private', {}, 'inconclusive', 'sign in'],
    ['/private', { texts: 'Welcome', ...missing }, 'inconclusive', 'sign in'],
    ['/private', { texts: 'who are you' }, 'supported', ''],
  ])('%s with %j: %s', async (path, options, outcome, words) => {
    const seen = await examine(pageRenders, examination(path, options));
    expect(seen.outcome, seen.message).toBe(outcome);
    expect(seen.message).toContain(words);
    expect(seen.artifacts).toMatchObject([{ name: 'screenshot.png', mediaType: 'image/png' }]);
  });

  test('titles of many megabytes and control characters in them obey nobody', async () => {
    const seen = await examine(pageRenders, examination('/hostile', { visible: 'h1', timeout: 120 }));
    expect(seen.outcome, seen.message).toBe('supported');
    const { title, consoleError } = seen.facts;
    expect(title).toMatch(/^.*exe\.txttitle title/);
    expect(String(title).length).toBeLessThanOrEqual(1_000);
    for (const text of [title, consoleError]) expect(printable(String(text))).toBe(text);
    const page = await createPage({ allow: [server.host] })({
      url: `${server.origin}/hostile`,
      visible: [],
      texts: [],
    });
    expect(page.ok && page.value.title.length).toBe(1_000);
  });

  test('a machine without a browser judges nothing', async () => {
    process.env['CHROMIUM_PATH'] = '/no/such/chromium';
    try {
      await closeBrowser();
      const seen = await examine(pageRenders, examination('/404'));
      expect(seen).toMatchObject({ outcome: 'error', facts: { hindrance: 'missing-tool' } });
    } finally {
      delete process.env['CHROMIUM_PATH'];
    }
  });
});
