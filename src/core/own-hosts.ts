/** Names by which a server on this machine may be asked, with their port; `further` ones stand as they are. */
export function ownHosts(host: string, port: number, further: readonly string[]): ReadonlySet<string> {
  const own = [named(host), 'localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
  return new Set([...own, ...further].map((name) => name.toLowerCase()));
}

/** As it stands in a URL. */
export function named(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** A page of another origin, or a name that was made to lead here, gets nothing: DNS rebinding. */
export function isAskedAs(
  { host = '', origin }: { readonly host?: string | undefined; readonly origin?: string | undefined },
  allowed: ReadonlySet<string>,
): boolean {
  const from = origin === undefined ? host : (/^https?:\/\/([^/]+)$/.exec(origin)?.[1] ?? '');
  return allowed.has(host.toLowerCase()) && allowed.has(from.toLowerCase());
}
