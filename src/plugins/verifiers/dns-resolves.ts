import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Glance, hindered, lookOutside } from '../../core/claim/outside-look.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { DnsType } from '../../core/ports.ts';

const hostName =
  /^(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i;
const Values = deferred(() => z.union([z.string().min(1), z.array(z.string().min(1)).max(100)]));
const values = () => Values.transform((given) => [given].flat());

const Options = deferred(() =>
  z.strictObject({
    name: z.string().regex(hostName, 'a host name').optional().describe('default: the host of the URL that is claimed'),
    type: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'CAA', 'SRV']).default('A').describe('type of record'),
    contains: values()
      .optional()
      .describe('values that must be among the records, such as "10 mail.example.com" for MX'),
    equals: values().optional().describe('all the records there are, in any order; an empty list: there must be none'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether the domain name system has a record. */
export const dnsResolves = verifier({
  id: 'dns-resolves',
  title: 'DNS resolves',
  summary: 'Asks the domain name system for the records of a name and compares them.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'outside',
  judges: ['deployed', 'endpoint-responds'],
  options: Options,
  fromPart: (part, target) => {
    const urls = [...(part.names ?? []), ...(target.url === undefined ? [] : [target.url])];
    const url = urls.find((name) => /^https?:\/\//i.test(name) && URL.canParse(name));
    const host = url === undefined ? undefined : new URL(url).hostname;
    return host !== undefined && hostName.test(host) ? { name: host } : {};
  },
  run: ({ options, ports }) => {
    const { name } = options;
    const advice = 'No name is given: configure name for dns-resolves.';
    if (name === undefined) return lookOutside([], advice);
    const planned = `${options.type} ${name}: ${expectation(options)}`;
    return lookOutside(
      [{ boundTo: { url: `dns:${name}?type=${options.type}` }, planned, glance: () => glance(name, options, ports) }],
      advice,
    );
  },
});

async function glance(name: string, options: Options, ports: Examination<Options>['ports']): Promise<Glance> {
  const looked = await ports.dns(name, options.type);
  if (!looked.ok) return hindered(looked);
  const records = looked.value;
  const facts = { records: records.length, values: records.join('\n').slice(0, 4000) };
  const found = records.length === 0 ? `no ${options.type} record` : `${options.type} ${records.join(', ')}`;
  const outcome = fits(records, options) ? 'supported' : 'refuted';
  const expected = outcome === 'refuted' ? `, expected ${expectation(options)}` : '';
  return { outcome, message: `${name} has ${found}${expected}.`, facts };
}

function fits(records: readonly string[], { type, contains, equals }: Options): boolean {
  const there = new Set(records.map((record) => canonical(record, type)));
  const among = (wanted: readonly string[]) => wanted.every((value) => there.has(canonical(value, type)));
  if (equals !== undefined)
    return among(equals) && new Set(equals.map((value) => canonical(value, type))).size === there.size;
  return contains === undefined ? records.length > 0 : among(contains);
}

/** Names have no case and may end in a dot (RFC 4343); texts are kept as they are. IPv6 zeros have many spellings. */
function canonical(value: string, type: DnsType): string {
  if (type === 'TXT' || type === 'CAA') return value;
  if (type === 'AAAA' && URL.canParse(`http://[${value}]`)) return new URL(`http://[${value}]`).hostname;
  return value.toLowerCase().replace(/\.$/, '');
}

function expectation({ contains, equals }: Options): string {
  if (equals !== undefined) return equals.length === 0 ? 'none' : `exactly ${equals.join(', ')}`;
  return contains === undefined ? 'any' : `${contains.join(', ')} among them`;
}
