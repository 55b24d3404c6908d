import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onlyFileIn } from './archive.ts';

/** An archive that Python writes; to a pipe, as uploads are, it cannot go back to write sizes in front of the data. */
function pythons(content: string, method: 'DEFLATED' | 'STORED', toPipe: boolean): Buffer {
  const script = `
import io, sys, zipfile
out = io.BytesIO()
class Pipe(io.RawIOBase):
    def writable(self): return True
    def seekable(self): return False
    def write(self, piece): return out.write(piece)
with zipfile.ZipFile(Pipe() if ${toPipe ? 1 : 0} else out, 'w', zipfile.ZIP_${method}) as archive:
    archive.writestr('a.json', sys.stdin.read())
sys.stdout.buffer.write(out.getvalue())`;
  return execFileSync('python3', ['-c', script], { input: content });
}

const content = JSON.stringify({ words: 'All tests pass. '.repeat(50) });

describe("archives of Python's", () => {
  test.each([
    ['DEFLATED', false],
    ['DEFLATED', true],
    ['STORED', false],
    ['STORED', true],
  ] as const)('%s, to a pipe: %s', (method, toPipe) => {
    const read = onlyFileIn(pythons(content, method, toPipe), 'a.json', 10_000);
    expect(read.ok && Buffer.from(read.value).toString()).toBe(content);
  });

  test('one byte more than is taken', () => {
    const archive = pythons(content, 'DEFLATED', true);
    expect(onlyFileIn(archive, 'a.json', content.length).ok).toBe(true);
    expect(onlyFileIn(archive, 'a.json', content.length - 1)).toMatchObject({
      message: expect.stringContaining('at most'),
    });
  });
});

test('damaged anywhere it gives its content or nothing', () => {
  const archive = pythons(content, 'DEFLATED', true);
  fc.assert(
    fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(archive.length), (at, by, cut) => {
      const damaged = Buffer.from(archive);
      damaged[at] = (damaged[at] ?? 0) ^ by;
      for (const each of [damaged, archive.subarray(0, cut)]) {
        const read = onlyFileIn(each, 'a.json', 10_000);
        if (read.ok) expect(Buffer.from(read.value).toString()).toBe(content);
      }
    }),
    { numRuns: 2000 },
  );
});
