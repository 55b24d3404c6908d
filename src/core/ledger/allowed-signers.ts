import { attestNamespace } from './key-record.ts';
import type { KeyRing, RingKey } from './key-ring.ts';

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

/** The content of an `allowed_signers` file. */
export interface AllowedSigners {
  readonly lines: readonly string[];
  /** Persons whose id such a file cannot hold. */
  readonly leftOut: readonly string[];
}

/** Every key that a person of the pod speaks or spoke with. */
export function allowedSignersOf(ring: KeyRing): AllowedSigners {
  const keys = [...ring.values()].filter(
    (key) => key.kind === 'human' && key.requested && key.enrolledBy !== undefined,
  );
  const written = keys.map((key) => ({ id: key.holder.id, line: lineOf(key) }));
  return {
    lines: written.flatMap(({ line }) => line ?? []),
    leftOut: written.flatMap(({ id, line }) => (line === undefined ? id : [])),
  };
}

function lineOf({ holder, key, removalRecordedAt }: RingKey): string | undefined {
  const removed = removalRecordedAt === undefined ? {} : { removedAt: removalRecordedAt };
  return allowedSignerLine({ principal: holder.id, key, namespace: attestNamespace, ...removed });
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
