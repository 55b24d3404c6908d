import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { whyForbidden } from './address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface GuardOptions {
  /** `host` or `host:port`, exact, in any case; a bare host allows all its ports. */
  readonly allow: readonly string[];
  /** Name to addresses; default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
}

/** Decides which hosts Factum connects to on somebody else's word. Stops requests to private networks (CWE-918). */
export interface Guard {
  /** Throws `RefusedAddress` for a scheme, a literal address or a metadata name; names are judged by `lookup`. */
  admit(url: URL): void;
  /** For `node:net`: gives only addresses that were judged, so what is checked is what is connected to. */
  lookup(port: number): LookupFunction;
}

export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** Clouds answer these with credentials; some resolve to addresses that are not private everywhere. */
const metadataNames = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal']);

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

export function portOf(url: URL): number {
  return url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port);
}

/** Lower case, without brackets and final dots. The URL parser has already turned 0x7f.1 and 2130706433 into 127.0.0.1. */
export function hostOf(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '');
}

export function createGuard(options: GuardOptions): Guard {
  const allowed = new Set(options.allow.map(canonicalEntry));
  const resolve = options.resolve ?? ((host) => systemLookup(host, { all: true }));
  const isAllowed = (host: string, port: number) => allowed.has(host) || allowed.has(`${host} ${port}`);

  function admit(url: URL): void {
    if (!(url.protocol in defaultPorts)) throw refusal(url.protocol, 'only http: and https: are looked at');
    const host = hostOf(url);
    if (isAllowed(host, portOf(url))) return;
    if (metadataNames.has(host)) throw refusal(host, 'a metadata service');
    const reason = isIP(host) === 0 ? undefined : whyForbidden(host);
    if (reason !== undefined) throw refusal(host, reason);
  }

  async function addressesFor(host: string, port: number): Promise<readonly ResolvedAddress[]> {
    const addresses = await resolve(host);
    if (isAllowed(host.toLowerCase().replace(/\.+$/, ''), port)) return addresses;
    const judged = addresses.map((entry) => ({ entry, reason: whyForbidden(entry.address) }));
    const open = judged.filter(({ reason }) => reason === undefined).map(({ entry }) => entry);
    const [first] = judged;
    if (open.length > 0 || first === undefined) return open;
    throw refusal(`${host} (${first.entry.address})`, first.reason ?? '');
  }

  function lookup(port: number): LookupFunction {
    return (host, { all }, callback) => {
      addressesFor(host, port).then(
        (addresses) => {
          const [first] = addresses;
          if (first === undefined) return callback(noAddress(host), '');
          return all === true ? callback(null, [...addresses]) : callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
    };
  }

  return { admit, lookup };
}

function refusal(what: string, reason: string): RefusedAddress {
  return new RefusedAddress(`${what}: ${reason}; network.allow in factum.yaml can name the host`);
}

function noAddress(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
}

/** `host`, or `host port`: a space, because IPv6 hosts have colons. */
function canonicalEntry(entry: string): string {
  const [, bracketed, named, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::([0-9]+))?$/.exec(entry.trim()) ?? [];
  const host = canonicalHost(bracketed ?? named ?? entry.trim());
  return port === undefined ? host : `${host} ${Number(port)}`;
}

function canonicalHost(host: string): string {
  const authority = isIP(host) === 6 ? `[${host}]` : host;
  return URL.canParse(`http://${authority}`) ? hostOf(new URL(`http://${authority}`)) : host.toLowerCase();
}
