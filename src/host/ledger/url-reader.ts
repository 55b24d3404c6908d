import { FactumError, messageOf } from '../../core/errors.ts';
import type { LedgerReader } from '../../core/ledger/check/reader.ts';
import { exchange } from '../net/exchange.ts';
import { createGuard, type GuardOptions } from '../net/guard.ts';
import { shownUrl } from '../net/http.ts';
import { maxFileBytes } from './folder-reader.ts';

const timeoutMs = 30_000;
/** For all of a log: one that answers slowly and never ends would be read for ever. */
const patienceMs = 3_600_000;
const attempts = 3;

/** A log over HTTP, under the rules for addresses of the configuration. Redirects are not followed: a log has one place. */
export function urlReader(url: string, options: GuardOptions): LedgerReader {
  const guard = createGuard(options);
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  const place = shownUrl(base.href);
  const patience = AbortSignal.timeout(patienceMs);

  async function ask(path: string): Promise<Uint8Array | undefined> {
    const asked = {
      url: new URL(path, base),
      method: 'GET',
      headers: { accept: '*/*', 'user-agent': 'factum' },
      verifyTls: true,
    };
    const signal = AbortSignal.any([patience, AbortSignal.timeout(timeoutMs)]);
    const { status, bytes } = await exchange(asked, { guard, maxBytes: maxFileBytes, signal });
    if (status === 200) return bytes;
    if (status === 404 || status === 410) return undefined;
    throw new Error(`expected status 200 or 404, got ${status}`);
  }

  async function read(path: string): Promise<Uint8Array | undefined> {
    for (let left = attempts - 1; ; left -= 1) {
      try {
        return await ask(path);
      } catch (thrown) {
        if (left === 0 || patience.aborted)
          throw new FactumError('LEDGER_UNREADABLE', `${place}${path}: ${messageOf(thrown)}`, { cause: thrown });
      }
    }
  }

  return { place, layout: 'log', read };
}
