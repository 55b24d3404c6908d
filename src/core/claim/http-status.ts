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

/** A plain GET of it may not be what it is there for: then only "not found" and "gone" say that it is not there. */
export function wantsAnotherRequest(status: number): boolean {
  return status >= 400 && status < 500 && status !== 404 && status !== 410;
}

const signInHost =
  /^(?:login|signin|sso|auth|accounts?|idp?)\.|\.(?:cloudflareaccess|okta|auth0|microsoftonline)\.com$|^vercel\.com$/;
const signInPath = /(?:^|[/_.-])(?:log[-_]?in|sign[-_]?in|sso|oauth2?|saml2?|authorize)(?:[/_.-]|$)/i;

/** Why redirects ended at something else than what was asked for; undefined when they did not. */
export function whyAnotherAnswered(
  asked: string,
  answered: string,
): { readonly why: string; readonly isSignIn: boolean } | undefined {
  if (!URL.canParse(asked) || !URL.canParse(answered)) return undefined;
  const [from, to] = [new URL(asked), new URL(answered)];
  const moved = from.hostname !== to.hostname;
  const isSignIn =
    (moved && signInHost.test(to.hostname) && !signInHost.test(from.hostname)) ||
    (signInPath.test(to.pathname) && !signInPath.test(from.pathname));
  if (isSignIn) return { why: 'a page to sign in answered in its place', isSignIn };
  return siteOf(from) === siteOf(to) ? undefined : { why: `${to.hostname} answered in its place`, isSignIn };
}

/** `www.example.org` and `example.org` are one site; addresses are compared whole. */
function siteOf({ hostname }: URL): string {
  return /[a-z]$/i.test(hostname) ? hostname.split('.').slice(-2).join('.') : hostname;
}
