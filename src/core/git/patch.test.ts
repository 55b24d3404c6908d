import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FilePatch, inverse, patchKey, readCommitPatches, readPatch } from './patch.ts';

const patch = `diff --git a/old name.txt b/new name.txt
similarity index 80%
rename from old name.txt
rename to new name.txt
index 1111111..2222222 100644
--- a/old name.txt\t
+++ b/new name.txt\t
@@ -1 +1,2 @@ function around() {
-- list
+one\rdiff --git a/x b/x
+@@ -1 +1 @@
\\ No newline at end of file
diff --git a/gone.bin b/gone.bin
deleted file mode 100644
index 1111111..0000000
Binary files a/gone.bin and /dev/null differ
diff --git a/empty b/empty
new file mode 100644
index 0000000..e69de29
`;

describe('a patch without context', () => {
  test('is read whatever its lines look like', () => {
    expect(readPatch(patch)).toEqual([
      {
        from: 'old name.txt',
        to: 'new name.txt',
        hunks: [
          { around: 'function around() {', removed: ['- list'], added: ['one\rdiff --git a/x b/x', '@@ -1 +1 @@'] },
        ],
      },
      { from: 'gone.bin', hunks: [{ around: '', removed: ['1111111'], added: ['0000000'] }] },
      { to: 'empty', hunks: [] },
    ]);
  });

  test('belongs to its commit', () => {
    expect(
      readCommitPatches(`\0aaa\n\n${patch}\0bbb`).map(({ commit, patch: files }) => [commit, files.length]),
    ).toEqual([
      ['aaa', 3],
      ['bbb', 0],
    ]);
  });

  test('nothing is like nothing', () => {
    expect(patchKey([])).toBeUndefined();
  });
});

const line = fc.string({ maxLength: 10 });
const file: fc.Arbitrary<FilePatch> = fc.record({
  from: line,
  to: line,
  hunks: fc.array(fc.record({ around: line, removed: fc.array(line), added: fc.array(line) }), { maxLength: 4 }),
});

describe('laws of patch keys', () => {
  test('undoing twice is doing; around and order of files do not matter', () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
        expect(patchKey(inverse(inverse(files)))).toBe(patchKey(files));
        const moved = files.map((one) => ({
          ...one,
          hunks: one.hunks.map((hunk) => ({ ...hunk, around: 'elsewhere' })),
        }));
        expect(patchKey(moved.toReversed())).toBe(patchKey(files));
      }),
      { numRuns: 1000 },
    );
  });

  test('different lines give different keys', () => {
    fc.assert(
      fc.property(file, line, (one, extra) => {
        const more = { ...one, hunks: [...one.hunks, { around: '', removed: [], added: [extra] }] };
        expect(patchKey([more])).not.toBe(patchKey([one]));
      }),
      { numRuns: 1000 },
    );
  });
});
