/** One person's key for `ssh-keygen -Y verify`. */
export interface AllowedSigner {
  /** Such as an e-mail address. */
  readonly principal: string;
  /** As in an `authorized_keys` file, without comment. */
  readonly key: string;
  readonly namespace: string;
  /** When the key was removed (UTC): what was signed before stays valid. */
  readonly removedAt?: string;
}

/**
 * A line of an `allowed_signers` file (ssh-keygen(1)). Undefined for a principal that it cannot hold:
 * `*`, `?`, `!` and commas would make it mean other persons, too.
 */
export function allowedSignerLine({ principal, key, namespace, removedAt }: AllowedSigner): string | undefined {
  if (!/^[^\s"*?!,#]+$/.test(principal)) return undefined;
  const until = removedAt === undefined ? '' : `,valid-before="${compactTime(removedAt)}"`;
  return `${principal} namespaces="${namespace}"${until} ${key}`;
}

/** `YYYYMMDDHHMMSSZ`; the second in which it was removed is outside. */
function compactTime(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
