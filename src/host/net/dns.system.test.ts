import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DnsServer, startDns } from '../../../test/dns-server.ts';
import { createDns } from './dns.ts';

let server: DnsServer;

beforeAll(async () => {
  server = await startDns({
    'here.example': [['192.0.2.1', '192.0.2.2', 'txt:v=spf1 -all']],
    'broken.example': [2],
    'refused.example': [5],
    'silent.example': ['silence'],
  });
});
afterAll(() => server.close());

test('records are texts, and what is not there is an empty list', async () => {
  const dns = createDns({ servers: [server.address] });
  expect(await dns('here.example', 'A')).toEqual({ ok: true, value: ['192.0.2.1', '192.0.2.2'] });
  expect(await dns('here.example', 'TXT')).toEqual({ ok: true, value: ['v=spf1 -all'] });
  expect(await dns('here.example', 'MX'), 'no data').toEqual({ ok: true, value: [] });
  expect(await dns('absent.example', 'A'), 'no such name').toEqual({ ok: true, value: [] });
});

test('a server that cannot say is a hindrance', async () => {
  const dns = createDns({ servers: [server.address], timeoutMs: 100 });
  expect(await dns('broken.example', 'A')).toMatchObject({ ok: false, why: 'unreachable' });
  expect(await dns('refused.example', 'A')).toMatchObject({ ok: false, why: 'unreachable' });
  expect(await dns('silent.example', 'A')).toMatchObject({ ok: false, why: 'time-out' });
  expect(await dns('not a name', 'A')).toMatchObject({ ok: false });
});

test('FACTUM_DNS_SERVERS names the servers', async () => {
  process.env['FACTUM_DNS_SERVERS'] = ` ${server.address} `;
  try {
    expect(await createDns()('here.example', 'A')).toMatchObject({ ok: true, value: { length: 2 } });
  } finally {
    delete process.env['FACTUM_DNS_SERVERS'];
  }
});
