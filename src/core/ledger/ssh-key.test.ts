import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ecdsaSigner, ed25519Signer, passkeySigner, securityKeySigner } from '../../../test/make/ssh-signer.ts';
import { joinBytes, toBase64 } from './octets.ts';
import {
  decodePublicKey,
  encodePublicKey,
  formatPublicKeyLine,
  parsePublicKeyLine,
  type SshKeyRefusal,
  sshKeyRefusals,
} from './ssh-key.ts';
import { mpintBytes, stringBytes } from './ssh-wire.ts';

const modulus = new Uint8Array(256).fill(0xff);
const exponent = Uint8Array.of(1, 0, 1);
const line = formatPublicKeyLine(ed25519Signer().key);

test('every kind of key is written and read again', () => {
  const keys = [
    ed25519Signer(),
    ecdsaSigner('ecdsa-sha2-nistp256'),
    ecdsaSigner('ecdsa-sha2-nistp384'),
    ecdsaSigner('ecdsa-sha2-nistp521'),
    securityKeySigner('sk-ssh-ed25519@openssh.com'),
    securityKeySigner('sk-ecdsa-sha2-nistp256@openssh.com'),
    passkeySigner(),
  ].map(({ key }) => key);
  for (const key of [...keys, { type: 'ssh-rsa', n: modulus, e: exponent } as const]) {
    const written = formatPublicKeyLine(key);
    const again = parsePublicKeyLine(`${written} ada@laptop two words\n`);
    expect(typeof again === 'string' ? again : formatPublicKeyLine(again)).toBe(written);
  }
});

function rsaLine(n: Uint8Array, e: Uint8Array): string {
  const blob = joinBytes(stringBytes('ssh-rsa'), mpintBytes(e), mpintBytes(n));
  return `ssh-rsa ${toBase64(blob)}`;
}

describe('refused', () => {
  const type = 'ssh-mldsa44-ed25519@openssh.com';
  const cases: readonly (readonly [string, string, SshKeyRefusal])[] = [
    ['no key', 'a word', 'malformed-key'],
    ['two lines', `${line}\n${line}`, 'malformed-key'],
    ['another name in front', line.replace('ssh-ed25519', 'ssh-rsa'), 'malformed-key'],
    ['base64 of another alphabet', `${line.slice(0, -1)}_`, 'malformed-key'],
    [
      'bytes behind the key',
      `ssh-ed25519 ${toBase64(Buffer.from(`${line.split(' ')[1]}AAAA`, 'base64'))}`,
      'malformed-key',
    ],
    ['a post-quantum key', `${type} ${toBase64(stringBytes(type))}`, 'unknown-key-type'],
    ['a name of Object', `constructor ${toBase64(stringBytes('constructor'))}`, 'unknown-key-type'],
    ['RSA of 1,024 bits', rsaLine(modulus.subarray(128), exponent), 'rsa-key-size'],
    ['RSA of 2,047 bits', rsaLine(Uint8Array.from(modulus).fill(0x7f, 0, 1), exponent), 'rsa-key-size'],
    ['RSA of 16,392 bits', rsaLine(new Uint8Array(2049).fill(0xff), exponent), 'rsa-key-size'],
    ['RSA with an exponent of minutes', rsaLine(modulus, modulus), 'malformed-key'],
    ['RSA with exponent 1', rsaLine(modulus, Uint8Array.of(1)), 'malformed-key'],
  ];

  test.each(cases)('%s', (_, text, code) => expect(parsePublicKeyLine(text)).toBe(code));
  test('every code is met', () => {
    expect(new Set(cases.map(([, , code]) => code))).toEqual(new Set(Object.keys(sshKeyRefusals)));
  });
});

test('whatever the bytes, there is a key of one encoding, or a code', () => {
  const blob = encodePublicKey(passkeySigner().key);
  const changed = fc.tuple(fc.nat(blob.length - 1), fc.nat(255), fc.nat(blob.length)).map(([at, byte, length]) => {
    const bytes = Uint8Array.from(blob);
    bytes[at] = byte;
    return length % 3 === 0 ? bytes.subarray(0, length) : bytes;
  });
  fc.assert(
    fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const key = decodePublicKey(bytes);
      if (typeof key === 'string') expect(sshKeyRefusals).toHaveProperty([key]);
      else expect(toBase64(encodePublicKey(key))).toBe(toBase64(bytes));
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (text) => {
      expect(sshKeyRefusals).toHaveProperty([String(parsePublicKeyLine(text))]);
    }),
  );
});
