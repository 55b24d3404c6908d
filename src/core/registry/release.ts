import type { CouldNotLook, HttpAnswer, HttpRequest, Seen } from '../ports.ts';

export const registries = ['npm', 'pypi', 'oci'] as const;
export type RegistryKind = (typeof registries)[number];

/** One version of one package. */
export interface Release {
  readonly name: string;
  readonly version: string;
}

export type AskHttp = (request: HttpRequest) => Promise<Seen<HttpAnswer>>;

/** What a registry says about a release. Only a registry that answered properly can say `absent`. */
export type Listing =
  /** Digests as `algorithm:hex`; notes such as a deprecation. */
  | { readonly state: 'there'; readonly digests: readonly string[]; readonly notes: readonly string[] }
  | { readonly state: 'absent'; readonly because: string }
  | { readonly state: 'unknown'; readonly because: string }
  | { readonly state: 'hindered'; readonly hindrance: CouldNotLook };

export function unexpected(url: string, status: number): Listing {
  return { state: 'unknown', because: `${url} answered ${status}` };
}

/**
 * What a registry lists may come out of a cache that is older than the release (RFC 9111 section 5.1), so a cached
 * answer never says that something is absent.
 */
export function absentUnlessCached({ headers }: HttpAnswer, because: string): Listing {
  const age = Number(headers['age'] ?? 0);
  if (age > 0) return { state: 'unknown', because: `${because}, by an answer that a cache kept for ${age} s` };
  return { state: 'absent', because };
}

/** A JSON object, or undefined for anything else. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** `algorithm:hex` of a digest as registries write it: hex, `sha256:hex`, or Subresource Integrity; else undefined. */
export function canonicalDigest(text: string): string | undefined {
  const [, sri, base64] = /^(sha(?:1|256|384|512))-([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (sri !== undefined && base64 !== undefined) return `${sri}:${hexOf(base64)}`;
  const [, algorithm, hex = ''] = /^(?:(sha(?:1|256|384|512)):)?([0-9a-f]+)$/i.exec(text) ?? [];
  const byLength: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256', 96: 'sha384', 128: 'sha512' };
  const known = byLength[hex.length];
  if (known === undefined || (algorithm !== undefined && algorithm.toLowerCase() !== known)) return undefined;
  return `${known}:${hex.toLowerCase()}`;
}

function hexOf(base64: string): string {
  return [...atob(base64)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
