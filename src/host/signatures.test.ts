import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SignatureAlgorithm } from '../core/ledger/signature-port.ts';
import { nodeSignatures } from './signatures.ts';

const algorithms: readonly SignatureAlgorithm[] = [
  'ed25519',
  'ecdsa-p256-sha256',
  'ecdsa-p384-sha384',
  'ecdsa-p521-sha512',
  'rsa-sha256',
  'rsa-sha512',
];
const message = new TextEncoder().encode('a message');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);

test('takes r || s, and no DER', async () => {
  const raw = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const der = sign('sha256', message, privateKey);
  expect(await nodeSignatures.verify('ecdsa-p256-sha256', point, message, raw)).toBe(true);
  expect(await nodeSignatures.verify('ecdsa-p256-sha256', point, message, der)).toBe(false);
  expect(await nodeSignatures.verify('ed25519', point, message, raw)).toBe(false);
  expect(await nodeSignatures.verify('rsa-sha256', point, message, raw)).toBe(false);
});

test.each([
  ['ecdsa-p256-sha256', 'P-256', 'sha256'],
  ['ecdsa-p384-sha384', 'P-384', 'sha384'],
  ['ecdsa-p521-sha512', 'P-521', 'sha512'],
] as const)('%s: numbers with and without zeros in front, in the one width', async (algorithm, namedCurve, digest) => {
  const own = generateKeyPairSync('ec', { namedCurve });
  const jwk = own.publicKey.export({ format: 'jwk' });
  const key = Buffer.concat([Uint8Array.of(4), ...[jwk.x, jwk.y].map((each) => Buffer.from(each ?? '', 'base64url'))]);
  let zeros = 0;
  for (let n = 0; n < 50 || zeros === 0; n++) {
    const text = new TextEncoder().encode(`message ${n}`);
    const raw = sign(digest, text, { key: own.privateKey, dsaEncoding: 'ieee-p1363' });
    if (raw[0] === 0) zeros += 1;
    expect(await nodeSignatures.verify(algorithm, key, text, raw)).toBe(true);
    if (n > 20) continue;
    const half = raw.length / 2;
    const wider = Buffer.concat([Uint8Array.of(0), raw.subarray(0, half), Uint8Array.of(0), raw.subarray(half)]);
    for (const other of [wider, raw.subarray(1), new Uint8Array(raw.length), raw.with(half, (raw[half] ?? 0) ^ 1)]) {
      expect(await nodeSignatures.verify(algorithm, key, text, other)).toBe(false);
    }
  }
});

test('a key or a signature of any form is answered, with false', async () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 140 }), fc.constant(Uint8Array.from(point)));
  const key = fc.oneof(bytes, fc.record({ n: fc.uint8Array({ maxLength: 300 }), e: fc.uint8Array({ maxLength: 8 }) }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...algorithms), key, bytes, async (algorithm, anyKey, signature) => {
      expect(await nodeSignatures.verify(algorithm, anyKey, message, signature)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
