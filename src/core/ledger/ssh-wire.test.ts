import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from './octets.ts';
import { mpintBytes, stringBytes, uint32Bytes, wireReader, withoutLeadingZeros } from './ssh-wire.ts';

const bytes = fc.uint8Array({ maxLength: 80 });

test('what is written is read again', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.nat(0xffff_ffff), (content, magnitude, number) => {
      const wire = joinBytes(stringBytes(content), mpintBytes(magnitude), uint32Bytes(number), Uint8Array.of(9));
      const reader = wireReader(wire);
      expect([...reader.string()]).toEqual([...content]);
      expect([...reader.mpint()]).toEqual([...withoutLeadingZeros(magnitude)]);
      expect(reader.uint32()).toBe(number);
      expect(reader.isDone()).toBe(false);
      expect(reader.byte()).toBe(9);
      expect(reader.isDone()).toBe(true);
      expect(reader.byte()).toBe(0);
      expect(reader.isDone()).toBe(false);
    }),
  );
});

test('a number has one encoding', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      const wire = stringBytes(content);
      const reader = wireReader(wire);
      const magnitude = reader.mpint();
      if (reader.isDone()) expect([...mpintBytes(magnitude)]).toEqual([...wire]);
    }),
  );
  // RFC 4251 section 5: 0x80 is 00 80; ff is -1; 00 01 has a zero too many.
  expect([...mpintBytes(Uint8Array.of(0x80))]).toEqual([0, 0, 0, 2, 0, 0x80]);
  for (const bad of [[0xff], [0, 1], [0]]) {
    const reader = wireReader(stringBytes(Uint8Array.from(bad)));
    reader.mpint();
    expect(reader.isDone()).toBe(false);
  }
});

test.each([
  ['a length beyond the end', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1)],
  ['text with NUL', stringBytes('a\0b')],
  ['text that is not UTF-8', stringBytes(Uint8Array.of(0xc3))],
])('%s is not read', (_, wire) => {
  const reader = wireReader(wire);
  expect(reader.text()).toBe('');
  expect(reader.isDone()).toBe(false);
});
