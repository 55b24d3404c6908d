import type { Page, Request } from 'playwright-core';

const kept = 50;
const keptCharacters = 500;

export interface FailedRequest {
  readonly method: string;
  readonly url: string;
  /** `HTTP 404` or Chromium's name of a network error, `net::ERR_...`. */
  readonly how: string;
}

/** What happens on a page while it is looked at; the first 50 of each. */
export interface PageLog {
  readonly consoleErrors: readonly string[];
  readonly failures: readonly FailedRequest[];
  /** Requests under way on which what the page shows may depend. */
  pending(): readonly string[];
  crashed(): boolean;
}

/** Requests that never end (event streams, sockets, media) are not waited for. */
const renders = new Set(['document', 'stylesheet', 'script', 'fetch', 'xhr']);

/** Also refuses what a page may ask of a person: dialogs are dismissed and pop-ups closed. */
export function watch(page: Page): PageLog {
  const consoleErrors: string[] = [];
  const failures: FailedRequest[] = [];
  const failed = new WeakSet<Request>();
  const pending = new Set<Request>();
  let crashed = false;
  const noteError = (text: string) => consoleErrors.length < kept && consoleErrors.push(text.slice(0, keptCharacters));
  const noteFailure = (request: Request, how: string) => {
    if (failures.length < kept && !failed.has(request))
      failures.push({ method: request.method(), url: request.url(), how });
    failed.add(request);
  };

  page.on('console', (message) => {
    // Only the browser asks for this, and not each time: no page is at fault.
    const isIcon = message.location().url.endsWith('/favicon.ico');
    if (message.type() === 'error' && !isIcon) noteError(message.text());
  });
  page.on('pageerror', (error) => noteError(error.message));
  page.on('dialog', (dialog) => void dialog.dismiss());
  page.on('crash', () => (crashed = true));
  page.on('request', (request) => renders.has(request.resourceType()) && pending.add(request));
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => {
    pending.delete(request);
    noteFailure(request, request.failure()?.errorText ?? 'failed');
  });
  page.on(
    'response',
    (response) => response.status() >= 400 && noteFailure(response.request(), `HTTP ${response.status()}`),
  );
  page.context().on('page', (popup) => void (popup === page ? undefined : popup.close()));
  return {
    consoleErrors,
    failures,
    pending: () => [...pending].map((request) => request.url()),
    crashed: () => crashed,
  };
}
