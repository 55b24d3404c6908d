import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DnsServer, startDns } from '../../../test/dns-server.ts';
import { examine, fromWords, outside } from '../../../test/outside-ports.ts';
import { createDns } from '../../host/net/dns.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { dnsResolves } from './dns-resolves.ts';

let server: DnsServer;

beforeAll(async () => {
  server = await startDns({
    'here.example': [['192.0.2.1', '192.0.2.2', 'txt:v=spf1 -all']],
    'late.example': [3, ['192.0.2.9']],
    'broken.example': [2],
  });
});
afterAll(() => server.close());

function examination(options: Record<string, unknown>) {
  return outside({ dns: createDns({ servers: [server.address], timeoutMs: 500 }) }, options);
}

verifierContract({
  verifier: dnsResolves,
  supporting: () => Promise.resolve(examination({ name: 'here.example', contains: '192.0.2.1' })),
  refuting: () => Promise.resolve(examination({ name: 'absent.example' })),
});

test.each([
  [{ name: 'here.example' }, 'supported'],
  [{ name: 'here.example', contains: '192.0.2.3' }, 'refuted'],
  [{ name: 'here.example', equals: ['192.0.2.2', '192.0.2.1'] }, 'supported'],
  [{ name: 'here.example', equals: ['192.0.2.1'] }, 'refuted'],
  [{ name: 'here.example', type: 'TXT', contains: 'v=spf1 -all' }, 'supported'],
  [{ name: 'here.example', type: 'TXT', contains: 'V=SPF1 -all' }, 'refuted'],
  [{ name: 'here.example', type: 'MX' }, 'refuted'],
  [{ name: 'absent.example', equals: [] }, 'supported'],
  [{ name: 'late.example' }, 'inconclusive'],
  [{ name: 'broken.example' }, 'inconclusive'],
  [{}, 'not-applicable'],
])('%j: %s', async (options, outcome) => {
  const seen = await examine(dnsResolves, examination(options));
  expect(seen.outcome, seen.message).toBe(outcome);
});

test('words name the host of a URL', () => {
  expect(fromWords(dnsResolves, ['https://api.example.com:8443/x'])).toEqual({ name: 'api.example.com' });
  expect(fromWords(dnsResolves, ['server.ts'], { url: 'https://example.com' })).toEqual({ name: 'example.com' });
  expect(fromWords(dnsResolves, ['https://[::1]/'])).toEqual({});
});
