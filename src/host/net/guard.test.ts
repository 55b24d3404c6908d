import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whyForbidden } from './address.ts';
import { createGuard, RefusedAddress, type ResolvedAddress } from './guard.ts';

const forbidden = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2001::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
];
const open = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '172.32.0.1', '2606:4700::1111', '2a00::1'];

/** Each is a spelling of an address that must not be reached, as somebody could write it in a claim. */
const spellings = [
  'http://127.0.0.1/',
  'http://127.0.0.1./',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.01/',
  'http://017700000001/',
  'http://①②⑦.0.0.1/',
  'http://127。0。0。1/',
  'http://0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://[fd00:ec2::254]/',
  'http://metadata.google.internal/',
  'http://METADATA.google.internal./',
  'http://user:pass@127.0.0.1/',
  'file:///etc/passwd',
  'data:text/html,hello',
  'ftp://example.com/',
  'gopher://example.com/',
  'ws://example.com/',
  'chrome://version/',
  'javascript:1',
  'view-source:http://example.com/',
];

describe('addresses', () => {
  test.each(forbidden)('%s is refused', (address) => expect(whyForbidden(address)).toBeTypeOf('string'));
  test.each(open)('%s is open', (address) => expect(whyForbidden(address)).toBeUndefined());

  test('no IPv4 address gets in by an IPv6 spelling', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::', '::ffff:', '::ffff:0:', '64:ff9b::'), (ipv4, prefix) => {
        expect(whyForbidden(`${prefix}${ipv4}`)).toBeTypeOf('string');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('URLs', () => {
  const guard = createGuard({ allow: [] });
  test.each(spellings)('%s is refused', (url) => expect(() => guard.admit(new URL(url))).toThrow(RefusedAddress));
  test.each(['http://example.com/', 'https://8.8.8.8/', 'https://[2606:4700::1111]:8443/'])('%s is admitted', (url) => {
    expect(() => guard.admit(new URL(url))).not.toThrow();
  });
});

describe('network.allow', () => {
  test.each([
    ['localhost', 'http://LOCALHOST:81/', true],
    ['127.0.0.1', 'http://127.0.0.1:8080/', true],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/', true],
    ['127.0.0.1:8080', 'http://127.0.0.1:8081/', false],
    ['127.0.0.1:80', 'http://127.0.0.1/', true],
    ['127.0.0.1:80', 'https://127.0.0.1/', false],
    ['::1', 'http://[::1]:9/', true],
    ['[::1]:8080', 'http://[0:0::1]:8080/', true],
    ['[::1]:8080', 'http://[::1]:8081/', false],
    ['Metadata.Google.Internal', 'http://metadata.google.internal/', true],
    ['example.com', 'http://127.0.0.1/', false],
    ['127.0.0.1', 'file://127.0.0.1/etc/passwd', false],
  ])('%s for %s: %s', (entry, url, admitted) => {
    const guard = createGuard({ allow: [entry] });
    const admit = () => guard.admit(new URL(url));
    if (admitted) expect(admit).not.toThrow();
    else expect(admit).toThrow(RefusedAddress);
  });

  test('an allowed name does not open the address for other names', async () => {
    const guard = createGuard({ allow: ['mine.example'], resolve: answering('127.0.0.1') });
    expect(await answerOf(guard, 'mine.example')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(await answerOf(guard, 'other.example')).toBeInstanceOf(RefusedAddress);
  });

  test('of several answers only the open ones are connected to', async () => {
    const guard = createGuard({ allow: [], resolve: answering('10.0.0.1', '8.8.8.8') });
    expect(await answerOf(guard, 'mixed.example')).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });
});

function answerOf(guard: ReturnType<typeof createGuard>, host: string): Promise<unknown> {
  return new Promise((resolve) => {
    guard.lookup(443)(host, { all: true }, (error, addresses) => resolve(error ?? addresses));
  });
}

function answering(...addresses: readonly string[]): () => Promise<readonly ResolvedAddress[]> {
  return () => Promise.resolve(addresses.map((address) => ({ address, family: 4 })));
}
