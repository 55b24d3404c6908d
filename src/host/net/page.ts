import type { Page } from 'playwright-core';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type PageAnswer, type PageRequest, seen, type Seen } from '../../core/ports.ts';
import { bounded } from './bounded.ts';
import { firstLine, sharedBrowser } from './chromium.ts';
import { hindranceOf } from './failure.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { shownUrl } from './http.ts';
import { openPageProxy, type PageProxy } from './page-proxy.ts';
import { missingIn } from './page-content.ts';
import { type PageLog, watch } from './page-log.ts';

export { closeBrowser } from './chromium.ts';

const defaultTimeoutMs = 15_000;
const pollMs = 100;
/** A title can be as long as a page. */
const keptTitle = 1_000;
/** For what is this machine's and not the page's: looking into frames, title, picture. */
const afterwardsMs = 60_000;

/** The port for one look with a real browser, all of whose requests pass the address guard. */
export function createPage(options: GuardOptions): (request: PageRequest) => Promise<Seen<PageAnswer>> {
  const guard = createGuard(options);
  return async (request) => {
    const what = shownUrl(request.url);
    if (!URL.canParse(request.url)) return couldNotLook('broken', `${what}: not a URL`);
    try {
      guard.admit(new URL(request.url));
    } catch (error) {
      return hindranceOf(error, what);
    }
    const browser = await sharedBrowser();
    if (!browser.ok) return browser;
    const proxy = await openPageProxy(guard);
    try {
      const context = await browser.value.newContext({
        proxy: { server: proxy.url, bypass: '<-loopback>' },
        acceptDownloads: false,
        serviceWorkers: 'block',
        viewport: request.viewport ?? { width: 1280, height: 800 },
      });
      // The time is the page's: how long this machine takes to open a tab is not part of it.
      const page = await context.newPage();
      const limit = (request.timeoutMs ?? defaultTimeoutMs) + afterwardsMs;
      return await bounded(lookIn(page, request, proxy), limit, what).finally(() => context.close());
    } catch (error) {
      return couldNotLook(isTimeout(error) ? 'time-out' : 'broken', `${what}: ${firstLine(messageOf(error))}`);
    } finally {
      await proxy.close();
    }
  };
}

async function lookIn(page: Page, request: PageRequest, proxy: PageProxy): Promise<Seen<PageAnswer>> {
  const deadline = Date.now() + (request.timeoutMs ?? defaultTimeoutMs);
  const what = shownUrl(request.url);
  const log = watch(page);
  const navigation = await open(page, request.url, deadline);
  const refusal = proxy.refused.get(navigation.url) ?? proxy.refused.get(authorityOf(navigation.url));
  if (refusal !== undefined) return couldNotLook('refused-address', `${what}: ${refusal}`);
  const failure = proxy.failed.get(navigation.url) ?? proxy.failed.get(authorityOf(navigation.url));
  if (failure !== undefined) return couldNotLook('unreachable', `${what}: ${failure}`);
  if (!navigation.ok) return couldNotLook(navigation.why, `${what}: ${navigation.message}`);

  const missing = await waitFor(page, request, deadline);
  if (log.crashed()) return couldNotLook('broken', `${what}: the page crashed the browser's renderer`);
  const asked = [...missing.selectors, ...missing.texts];
  const pending = log.pending();
  if (asked.length > 0 && pending.length > 0) {
    return couldNotLook('time-out', `${what}: ${asked.join(', ')} not there, but still loading ${pending[0] ?? ''}`);
  }
  return seen({
    status: navigation.status,
    url: shownUrl(page.url()),
    title: (await page.title()).slice(0, keptTitle),
    missingSelectors: missing.selectors,
    missingTexts: missing.texts,
    ...requestsOf(log, proxy),
    screenshot: await page.screenshot({ type: 'png', animations: 'disabled', timeout: afterwardsMs }),
  });
}

type Navigation =
  | { readonly ok: true; readonly url: string; readonly status: number | null }
  | {
      readonly ok: false;
      readonly url: string;
      readonly why: 'time-out' | 'unreachable' | 'broken';
      readonly message: string;
    };

async function open(page: Page, url: string, deadline: number): Promise<Navigation> {
  // Where the chain of redirects stands: a failed navigation does not say which hop failed.
  let current = new URL(url).href;
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) current = request.url();
  });
  try {
    const response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: remaining(deadline) });
    return { ok: true, url: current, status: response?.status() ?? null };
  } catch (error) {
    const message = firstLine(messageOf(error));
    if (isTimeout(error)) return { ok: false, url: current, why: 'time-out', message };
    const why = /net::ERR_(?:CONNECTION|NAME_NOT|ADDRESS|INTERNET|NETWORK|EMPTY|TUNNEL|SSL)/.test(message);
    return { ok: false, url: current, why: why ? 'unreachable' : 'broken', message };
  }
}

/** Looks until nothing is missing or the time is over; then waits for the rest of the page as long as time is left. */
async function waitFor(
  page: Page,
  request: PageRequest,
  deadline: number,
): Promise<Awaited<ReturnType<typeof missingIn>>> {
  for (;;) {
    const missing = await missingIn(page, request);
    if (missing.selectors.length + missing.texts.length === 0) {
      await settled(page, deadline);
      return missing;
    }
    if (Date.now() >= deadline) return missing;
    await page.waitForTimeout(pollMs);
  }
}

/** What was asked for is there already, so a page that never stops loading is no hindrance. */
function settled(page: Page, deadline: number): Promise<void> {
  return page.waitForLoadState('load', { timeout: remaining(deadline) }).catch((error: unknown) => {
    if (!isTimeout(error)) throw error;
  });
}

function remaining(deadline: number): number {
  return Math.max(1, deadline - Date.now());
}

type Requests = Pick<PageAnswer, 'consoleErrors' | 'failedRequests' | 'refusedRequests'>;

/** What the proxy could not reach is told in its words: the browser saw the proxy's answer instead. */
function requestsOf(log: PageLog, proxy: PageProxy): Requests {
  const atProxy = (url: string) =>
    [url, authorityOf(url)].some((target) => proxy.refused.has(target) || proxy.failed.has(target));
  const files = log.failures.filter(({ url }) => url.startsWith('file:'));
  const others = log.failures.filter(({ url }) => !url.startsWith('file:') && !atProxy(url));
  return {
    consoleErrors: log.consoleErrors,
    failedRequests: [
      ...others.map(({ method, url, how }) => `${method} ${shownUrl(url)}: ${how}`),
      ...[...proxy.failed].map(([target, reason]) => `${shownUrl(target)}: net::ERR_CONNECTION_FAILED (${reason})`),
    ],
    refusedRequests: [
      ...[...proxy.refused].map(([target, reason]) => `${shownUrl(target)}: ${reason}`),
      ...files.map(({ url }) => `${url}: only http: and https: are looked at`),
    ],
  };
}

/** As a tunnel names it: host and port. */
function authorityOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' || protocol === 'wss:' ? 443 : 80) : port}`;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
