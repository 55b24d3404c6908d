import { Resolver } from 'node:dns/promises';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type DnsType, seen, type Seen } from '../../core/ports.ts';
import { codeOf } from './failure.ts';

export interface DnsOptions {
  /** `address` or `address:port`; default: FACTUM_DNS_SERVERS (separated by commas), else the system's. */
  readonly servers?: readonly string[];
  readonly timeoutMs?: number;
}

/** c-ares codes: the server answered, and the answer is that there is no such name or record. */
const noSuchRecord = new Set(['ENOTFOUND', 'ENODATA']);
const silence = new Set(['ETIMEOUT', 'ECANCELLED']);
const noAnswer = new Set([
  'ESERVFAIL',
  'EREFUSED',
  'ECONNREFUSED',
  'ENOTIMP',
  'EFORMERR',
  'EBADRESP',
  'ENOTINITIALIZED',
]);

/** The port for DNS records, as the texts of a zone file. The hosts file is not read. */
export function createDns(options: DnsOptions = {}): (name: string, type: DnsType) => Promise<Seen<readonly string[]>> {
  const servers = options.servers ?? environmentServers();
  return async (name, type) => {
    const resolver = new Resolver({ timeout: options.timeoutMs ?? 3_000, tries: 2 });
    if (servers.length > 0) resolver.setServers(servers);
    try {
      return seen(await recordsOf(resolver, name, type));
    } catch (error) {
      const code = codeOf(error);
      if (noSuchRecord.has(code)) return seen([]);
      const why = silence.has(code) ? 'time-out' : noAnswer.has(code) ? 'unreachable' : 'broken';
      return couldNotLook(why, `${type} ${name}: ${messageOf(error)}`);
    }
  };
}

function environmentServers(): readonly string[] {
  const list = process.env['FACTUM_DNS_SERVERS'] ?? '';
  return list
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '');
}

async function recordsOf(resolver: Resolver, name: string, type: DnsType): Promise<readonly string[]> {
  switch (type) {
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'CNAME':
      return resolver.resolveCname(name);
    case 'NS':
      return resolver.resolveNs(name);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((srv) => `${srv.priority} ${srv.weight} ${srv.port} ${srv.name}`);
    case 'CAA':
      return (await resolver.resolveCaa(name)).map(caaText);
  }
}

function caaText({ critical, ...properties }: { readonly critical: number }): string {
  const values = Object.entries(properties).filter(([tag]) => tag !== 'type');
  return values.map(([tag, value]) => `${critical} ${tag} "${String(value)}"`).join(' ');
}
