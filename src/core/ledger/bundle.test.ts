import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEntries, encodeEntries, maxEntryBytes, tilePath } from './bundle.ts';

test.each([
  [0, '000'],
  [67, '067'],
  [999, '999'],
  [1000, 'x001/000'],
  [1234067, 'x001/x234/067'],
])('bundle %i is named %s', (n, name) => {
  expect(tilePath(n)).toBe(name);
});

test('each entry follows its length, big-endian', () => {
  const entries = [new Uint8Array([7]), new Uint8Array(), new Uint8Array(258).fill(9)];
  expect([...encodeEntries(entries).subarray(0, 8)]).toEqual([0, 1, 7, 0, 0, 1, 2, 9]);
});

test('the largest entry fits, a larger one is refused', () => {
  const largest = new Uint8Array(maxEntryBytes).fill(1);
  expect(decodeEntries(encodeEntries([largest])).entries).toEqual([largest]);
  expect(() => encodeEntries([new Uint8Array(maxEntryBytes + 1)])).toThrow('65535');
});

test('wherever it is cut, the complete entries are read and no other', () => {
  const anyEntries = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 });
  fc.assert(
    fc.property(anyEntries, fc.nat(), (entries, somewhere) => {
      const bytes = encodeEntries(entries);
      const cut = somewhere % (bytes.length + 1);
      const { entries: read, end } = decodeEntries(bytes.subarray(0, cut));
      expect(read).toEqual(entries.slice(0, read.length));
      expect(end).toBe(encodeEntries(read).length);
      const next = entries[read.length];
      expect(next === undefined || end + 2 + next.length > cut).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a bundle has at most 256 entries; what follows is not read', () => {
  const bytes = encodeEntries(Array.from({ length: 257 }, () => new Uint8Array([1])));
  expect(decodeEntries(bytes)).toMatchObject({ entries: { length: 256 }, end: 768 });
});
