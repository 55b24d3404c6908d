import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EnvelopeKey, parseEnvelope, preAuthEncoding, signEnvelope } from './dsse.ts';
import { fromBase64, toBase64 } from './octets.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Stands for a real key where only the envelope matters; real keys are tested in `host/keys.test.ts`. */
const reversing: EnvelopeKey = {
  keyid: 'SHA256:reversing',
  publicKey: 'reversing AAAA',
  sign: (message) => Promise.resolve(message.toReversed()),
};

test('the pre-authentication encoding is that of the DSSE specification', () => {
  const encoded = preAuthEncoding('http://example.com/HelloWorld', utf8('hello world'));
  expect(new TextDecoder().decode(encoded)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
});

test('lengths are counted in bytes', () => {
  expect(new TextDecoder().decode(preAuthEncoding('é', utf8('ü')))).toBe('DSSEv1 2 é 2 ü');
});

test('what was signed is what is read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (payload) => {
      const envelope = parseEnvelope(await signEnvelope('type', payload, reversing));
      expect(envelope?.payload).toEqual(payload);
      const sig = preAuthEncoding('type', payload).toReversed();
      expect(envelope?.signatures).toEqual([{ keyid: reversing.keyid, sig, publicKey: reversing.publicKey }]);
    }),
    { numRuns: 1000 },
  );
});

test('both base64 alphabets, padded or not, are read', () => {
  const bytes = new Uint8Array([251, 255, 254, 0, 63, 62, 1]);
  for (const text of ['+//+AD8+AQ==', '-__-AD8-AQ==', '+//+AD8+AQ', '-__-AD8-AQ']) {
    expect(fromBase64(text)).toEqual(bytes);
    const json = { payloadType: 't', payload: text, signatures: [{ keyid: 'k', sig: text }] };
    expect(parseEnvelope(utf8(JSON.stringify(json)))?.payload).toEqual(bytes);
  }
});

test('base64 agrees with the platform', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(btoa(String.fromCharCode(...bytes)));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
    { numRuns: 1000 },
  );
});

test.each(['A', 'AB', 'ABC', 'AA=A', 'A===', 'AAA\n', 'A A='])('%j is no base64 of anything', (text) => {
  expect(fromBase64(text)).toBeUndefined();
});

test.each([
  '',
  '[]',
  '{}',
  '{"payloadType":"t","payload":"","signatures":[]}',
  '{"payloadType":"t","payload":"!"}',
  '\xff',
])('%j is no envelope', (text) => {
  expect(parseEnvelope(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBeUndefined();
});

test.each([
  ['the same field twice', (text: string) => text.replace('{', '{"payload":"AAAA",')],
  ['twice, once escaped', (text: string) => text.replace('{', '{"p\\u0061yload":"AAAA",')],
  ['in another case', (text: string) => text.replace('{', '{"PayLoad":"AAAA",')],
  ['two lists of signatures', (text: string) => text.replace('{', '{"signatures":[],')],
  ['two signatures in one', (text: string) => text.replace('"sig":', '"Sig":"AAAA","sig":')],
])('what two readers may read differently is no envelope: %s', async (_, attack) => {
  const text = new TextDecoder().decode(await signEnvelope('type', utf8('body'), reversing));
  expect(parseEnvelope(utf8(text))?.payload).toEqual(utf8('body'));
  expect(parseEnvelope(utf8(text.replace('{', '{"unknown":{"payload":0},')))).toBeDefined();
  expect(attack(text)).not.toBe(text);
  expect(parseEnvelope(utf8(attack(text)))).toBeUndefined();
});
