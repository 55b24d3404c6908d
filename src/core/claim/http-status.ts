/**
 * Why a status says nothing about the thing itself, undefined when it does. A gateway, a limit or a guard in front
 * answered in its place (RFC 9110 section 15, RFC 6585; 520 to 530 are Cloudflare's own).
 */
export function whyStatusSaysNothing(status: number, headers: Readonly<Record<string, string>>): string | undefined {
  if (headers['cf-mitigated'] !== undefined) return 'a bot check answered in its place';
  if (status === 408 || status === 425 || status === 429) return 'the server asked to come back later';
  if (status === 502 || status === 504 || (status >= 520 && status <= 530)) return 'a gateway answered in its place';
  if (status === 503 && headers['retry-after'] !== undefined) return 'the server asked to come back later';
  if (status === 407 || status === 511) return 'a proxy on the way answered';
  return undefined;
}

/** What may be there for others: a guard that asks who is looking hides what it protects. */
export function isProtected(status: number): boolean {
  return status === 401 || status === 403;
}
