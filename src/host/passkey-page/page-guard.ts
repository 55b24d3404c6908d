import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: 400 | 403 | 404 | 405 | 410 | 413 | 421;
  readonly why: string;
}

/** The name that passkeys are bound to. Browsers resolve it to loopback themselves. */
export const rpId = 'localhost';

export function originAt(port: number): string {
  return new URL(`http://${rpId}:${port}`).origin;
}

/**
 * Why a request is none of this page's. A page of another site that points its own name here (DNS rebinding) keeps its
 * name in Host; one that posts here across origins has its own in Origin.
 */
export function refusalOf({ method, headers }: IncomingMessage, port: number): Refusal | undefined {
  const origin = originAt(port);
  if (headers.host !== new URL(origin).host) {
    return { status: 421, why: `this page has one name: ${origin}` };
  }
  if (method === 'GET') {
    // A page that was fetched ahead is shown to nobody, and its address works once.
    return 'sec-purpose' in headers || 'purpose' in headers ? { status: 403, why: 'not fetched ahead' } : undefined;
  }
  if (method !== 'POST') return { status: 405, why: 'GET or POST' };
  if (headers.origin !== origin) return { status: 403, why: 'answers come from this page alone' };
  return headers['content-type'] === 'application/json' ? undefined : { status: 400, why: 'answers are JSON' };
}
