import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { isProtected, whyAnotherAnswered, whyStatusSaysNothing } from '../../core/claim/http-status.ts';
import { optionOfUrls, urlOption, withoutCredentials } from '../../core/claim/named-urls.ts';
import { type Glance, hindered, lookOutside } from '../../core/claim/outside-look.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { PageAnswer } from '../../core/ports.ts';

const Some = deferred(() => z.union([z.string().min(1), z.array(z.string().min(1)).max(50)]));
const some = () => Some.default([]).transform((given) => [given].flat());
const Weight = deferred(() => z.enum(['note', 'refute']));

const Options = deferred(() =>
  z.strictObject({
    url: optionOfUrls(),
    visible: some().describe('CSS selectors that must be visible'),
    texts: some().describe('texts that must be visible; case and white space do not matter'),
    console_errors: Weight.default('note').describe('refute: an error on the console is a "no"'),
    failed_requests: Weight.default('note').describe('refute: a request that fails is a "no"'),
    timeout: z.number().int().min(1).max(300).default(15).describe('seconds until everything must be there'),
    viewport: z
      .strictObject({ width: z.number().int().min(200).max(4000), height: z.number().int().min(200).max(4000) })
      .optional()
      .describe('size of the window in pixels'),
  }),
);
type Options = z.infer<typeof Options>;

/** Asked for where nothing is named: a page on which nothing at all is visible did not render. */
const anything = 'body *';
/** Chromium could not get it from here; elsewhere it may be there. What the page's own rules stop is not meant. */
const networkFailed = /: net::ERR_(?!ABORTED|BLOCKED_BY)/;

/** Whether a page shows what is claimed, in a real browser. */
export const pageRenders = verifier({
  id: 'page-renders',
  title: 'Page renders',
  summary: 'Opens a page in Chromium and looks for visible elements and texts; keeps a picture.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'outside',
  judges: ['page-renders', 'deployed'],
  options: Options,
  fromPart: urlOption,
  run: ({ options, ports }) => {
    const named = [...options.visible, ...options.texts.map((text) => `"${text}"`)];
    const things = [options.url ?? []].flat().map((url) => ({
      boundTo: { url: withoutCredentials(url) },
      planned: `open ${withoutCredentials(url)}: ${named.length === 0 ? 'anything' : named.join(', ')} is visible`,
      glance: () => glance(url, options, ports),
    }));
    return lookOutside(things, 'No URL is named: say it in the claim, or configure url for page-renders.');
  },
});

async function glance(url: string, options: Options, ports: Examination<Options>['ports']): Promise<Glance> {
  const named = options.visible.length + options.texts.length > 0;
  const looked = await ports.page({
    url,
    visible: named ? options.visible : [anything],
    texts: options.texts,
    timeoutMs: options.timeout * 1000,
    ...(options.viewport === undefined ? {} : { viewport: options.viewport }),
  });
  if (!looked.ok) return hindered(looked);
  const answer = looked.value;
  const artifacts = [await ports.keep(answer.screenshot, 'screenshot.png', 'image/png')];
  return { ...judge(withoutCredentials(url), answer, options), facts: factsOf(answer), artifacts };
}

function judge(url: string, answer: PageAnswer, options: Options): Glance {
  const { status, consoleErrors, failedRequests } = answer;
  const named = options.visible.length + options.texts.length > 0;
  const missing = [...answer.missingSelectors, ...answer.missingTexts.map((text) => `"${text}"`)];
  const seenAs = `${url} (status ${status ?? 'unknown'})`;
  if (missing.length > 0) {
    const excuse =
      excuseFor(url, answer) ?? (named ? undefined : 'nothing was named, and an empty page may be meant to be empty');
    const message = named ? `${seenAs} does not show ${missing.join(', ')}` : `${seenAs} shows nothing`;
    return excuse === undefined
      ? { outcome: 'refuted', message: `${message}.` }
      : { outcome: 'inconclusive', message: `${message}: ${excuse}.` };
  }
  const another = whyAnotherAnswered(url, answer.url);
  if (!named && status !== null && status >= 400) {
    const excuse = another?.why ?? statusExcuse(status);
    const message = `${seenAs} is an error page`;
    return excuse === undefined
      ? { outcome: 'refuted', message: `${message}.` }
      : { outcome: 'inconclusive', message: `${message}: ${excuse}.` };
  }
  if (!named && another?.isSignIn === true) {
    return { outcome: 'inconclusive', message: `${seenAs} shows something: ${another.why}.` };
  }
  const faults = [
    ...(options.console_errors === 'refute' ? consoleErrors.map((text) => `console error "${text}"`) : []),
    ...(options.failed_requests === 'refute' ? failedRequests : []),
  ];
  if (faults.length > 0) {
    const excuse = excuseFor(url, answer);
    const message = `${seenAs} renders with ${faults.length} faults: ${faults.slice(0, 3).join('; ')}`;
    return excuse === undefined
      ? { outcome: 'refuted', message: `${message}.` }
      : { outcome: 'inconclusive', message: `${message}; but ${excuse}.` };
  }
  const shown = named
    ? `${options.visible.length + options.texts.length} of what was named`
    : 'something; nothing was named';
  const notes = `${consoleErrors.length} console errors, ${failedRequests.length} failed requests`;
  return { outcome: 'supported', message: `${seenAs} shows ${shown}. ${notes}.` };
}

/** What, apart from the work, could explain that something is not there. */
function excuseFor(asked: string, { url, status, refusedRequests, failedRequests }: PageAnswer): string | undefined {
  const another = whyAnotherAnswered(asked, url);
  if (another !== undefined) return another.why;
  if (refusedRequests.length > 0)
    return `Factum itself refused ${refusedRequests.length} of its requests (${refusedRequests[0]})`;
  const failed = failedRequests.find((request) => networkFailed.test(request));
  if (failed !== undefined) return `a request could not be made from here (${failed})`;
  return status === null ? undefined : statusExcuse(status);
}

/** The port does not tell headers, so every 503 may have asked to come back later. */
function statusExcuse(status: number): string | undefined {
  return (
    whyStatusSaysNothing(status, { 'retry-after': '' }) ??
    (isProtected(status) ? 'it wants to know who asks' : undefined)
  );
}

function factsOf(answer: PageAnswer): Glance['facts'] & object {
  return {
    status: answer.status,
    finalUrl: answer.url,
    title: answer.title,
    consoleErrors: answer.consoleErrors.length,
    failedRequests: answer.failedRequests.length,
    refusedRequests: answer.refusedRequests.length,
    ...(answer.consoleErrors.length > 0 && { consoleError: list(answer.consoleErrors) }),
    ...(answer.failedRequests.length > 0 && { failedRequest: list(answer.failedRequests) }),
    ...(answer.refusedRequests.length > 0 && { refusedRequest: list(answer.refusedRequests) }),
  };
}

function list(items: readonly string[]): string {
  return items.join('\n').slice(0, 4000);
}
