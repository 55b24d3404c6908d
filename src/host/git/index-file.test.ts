import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagsOf, readIndex, writeIndex } from './index-file.ts';
import type { Entry, ObjectFormat } from './tree-object.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const name = fc.uint8Array({ min: 1, minLength: 1, maxLength: 300 }).map(latin1);

function entries(format: ObjectFormat): fc.Arbitrary<ReadonlyMap<string, Entry>> {
  const length = format === 'sha256' ? 32 : 20;
  const id = fc.uint8Array({ minLength: length, maxLength: length }).map(latin1);
  const entry = fc.record({ mode: fc.constantFrom('100644', '100755', '120000', '160000'), id });
  return fc.array(fc.tuple(name, entry), { maxLength: 20 }).map((pairs) => new Map(pairs));
}

describe.each(['sha1', 'sha256'] as const)('an index of %s names', (format) => {
  test('is read as it was written, sorted bytewise', () => {
    const law = fc.property(entries(format), (written) => {
      const index = writeIndex(written, format);
      const read = readIndex(index, format);
      expect(read).toEqual(written);
      expect([...read.keys()]).toEqual([...written.keys()].toSorted((a, b) => (a < b ? -1 : 1)));
      expect(flagsOf(index, format)).toEqual({
        hides: false,
        sparse: false,
        submodules: [...written.values()].some(({ mode }) => mode === '160000'),
      });
    });
    fc.assert(law, { numRuns: 1000 });
  });

  test('that ends too early cannot be told', () => {
    const entry = { mode: '100644', id: 'x'.repeat(format === 'sha256' ? 32 : 20) };
    const index = writeIndex(new Map([['a', entry]]), format);
    const end = index.indexOf('a\0') + 1;
    for (let length = 0; length < end; length += 1) {
      expect(flagsOf(index.subarray(0, length), format), `${length} bytes`).toEqual({
        hides: true,
        sparse: true,
        submodules: true,
      });
    }
    expect(() => readIndex(index.subarray(0, end), format)).toThrow('damaged');
  });
});
