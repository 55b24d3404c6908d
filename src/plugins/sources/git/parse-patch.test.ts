import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ParsedCommit } from './commit.ts';
import { commitParser } from './parse.ts';

const header = (id: string, message: string): string =>
  `\u0001${id.repeat(40)}\n\nAda\na@b\n1\nAda\na@b\n2\n${message}\n\0`;

/** As `git log -z --raw -p -U0` writes it: lines that look like headers, a binary file, a link that became a file. */
const log = [
  header('a', 'one'),
  '\n:000000 100644 0000000 1111111 A\0a\0:100644 100644 1111111 2222222 M\0bin\0:120000 100644 1111111 2222222 T\0l\0',
  ':100644 100644 1111111 1111111 R100\0old\0new\0\0',
  'diff --git a/a b/a\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/a\n@@ -0,0 +1,3 @@\n',
  '+diff --git a/x b/x\n+@@ -1 +1 @@\n+\u0001\0\n\\ No newline at end of file\n',
  'diff --git a/bin b/bin\nindex 1111111..2222222 100644\nBinary files a/bin and b/bin differ\n',
  'diff --git a/l b/l\ndeleted file mode 120000\n--- a/l\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\\ No newline at end of file\n',
  'diff --git a/l b/l\nnew file mode 100644\n--- /dev/null\n+++ b/l\n@@ -0,0 +1,2 @@\n+t\n+u\n',
  'diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new\n',
  header('b', 'two'),
  header('c', 'three'),
  '\n:100644 100644 1111111 2222222 M\0a\0\0diff --git a/a b/a\n--- a/a\n+++ b/a\n',
  '@@ -1,2 +1 @@ where it is\n-diff\n-@@ -9,9 +9,9 @@\n+--- x\n@@ -3 +2,0 @@\n-\\ No newline\n\\ No newline at end of file\n',
].join('');

function parsed(chunks: readonly string[]): readonly ParsedCommit[] {
  const parser = commitParser('hunks');
  const found = chunks.flatMap((chunk) => parser.push(chunk));
  const last = parser.end();
  return last === undefined ? found : [...found, last];
}

const hunk = (oldStart: number, oldLines: number, newStart: number, newLines: number) => ({
  oldStart,
  oldLines,
  newStart,
  newLines,
  isRespaced: false,
});

test('hunks go to their files, whatever lines say', () => {
  const found = parsed([log]);
  const files = found.map((commit) =>
    commit.files.map(({ path, added, deleted, hunks }) => [path, added, deleted, hunks]),
  );
  expect(files).toEqual([
    [
      ['a', 3, 0, [hunk(0, 0, 1, 3)]],
      ['bin', undefined, undefined, undefined],
      ['l', 2, 1, [hunk(1, 1, 0, 0), hunk(0, 0, 1, 2)]],
      ['new', 0, 0, []],
    ],
    [],
    [['a', 1, 3, [hunk(1, 2, 1, 1), hunk(3, 1, 2, 0)]]],
  ]);
});

test('where the output is cut changes nothing', () => {
  const whole = parsed([log]);
  for (let at = 1; at < log.length; at++) expect(parsed([log.slice(0, at), log.slice(at)])).toEqual(whole);
  expect(parsed(log.split(''))).toEqual(whole);
  const bytes = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCodePoint(code)) });
  fc.assert(
    fc.property(bytes, fc.nat(), (text, place) => {
      const broken = log.slice(0, place % log.length) + text + log.slice(place % log.length);
      const cut = (place * 7) % broken.length;
      expect(parsed([broken.slice(0, cut), broken.slice(cut)])).toEqual(parsed([broken]));
    }),
  );
});

const side = (sign: string, lines: readonly string[]): string => lines.map((line) => `${sign}${line}\n`).join('');

/** A file of which lines were replaced, as one hunk: so many characters at a time. */
function isRespaced(removed: readonly string[], added: readonly string[], size = 2 ** 22): boolean | undefined {
  const noEnd = '\\ No newline at end of file\n';
  const hunks = `@@ -1,${removed.length} +1,${added.length} @@\n${side('-', removed)}${noEnd}${side('+', added)}${noEnd}`;
  const text = `${header('a', 'one')}\n:100644 100644 1 2 M\0a\0\0diff --git a/a b/a\n${hunks}${header('b', 'two')}`;
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
  return parsed(chunks)[0]?.files[0]?.hunks?.[0]?.isRespaced;
}

test('a hunk in which nothing but white space changed is known', () => {
  expect(isRespaced(['if (a)', 'b()'], ['  if (a)', '\tb()'])).toBe(true);
  expect(isRespaced(['a', 'b'], ['a\r', 'b\r'])).toBe(true);
  expect(isRespaced(['one two three', 'four'], ['one', 'two', 'three four'])).toBe(true);
  expect(isRespaced(['f({a})'], ['f({ a })'])).toBe(true);
  expect(isRespaced(['', ' '], [])).toBe(true);
  expect(isRespaced([], [' '])).toBe(false);
  expect(isRespaced(['a'], [])).toBe(false);
  expect(isRespaced(['', 'a'], [' '])).toBe(false);
  expect(isRespaced(['a', 'b'], ['  a'])).toBe(false);
  expect(isRespaced(['a'], ['  a', 'b'])).toBe(false);
  expect(isRespaced(['a', 'b'], ['b', 'a'])).toBe(false);
  expect(isRespaced(['-a'], ['a'])).toBe(false);
  expect(isRespaced(['a\u00c2\u00a0b'], ['ab'])).toBe(false);
});

test('white space that comes, goes or moves anywhere changes no text; anything else does', () => {
  const visible = fc.constantFrom('a', '-', '+', '\\', '@');
  const gap = fc.constantFrom('', '', ' ', '\t', '\r', '\n', '\n  ');
  const spaced = fc.array(fc.tuple(visible, gap, gap), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(spaced, fc.integer({ min: 1, max: 9 }), fc.nat(), (text, size, place) => {
      const one = text.map(([sign, before]) => before + sign).join('');
      const other = text.map(([sign, , after]) => after + sign).join('');
      const changed = other.replaceAll(/\S/g, (sign, at) => (at === place % other.length ? 'x' : sign));
      const isRight = (added: string): boolean | undefined => isRespaced(one.split('\n'), added.split('\n'), size);
      expect(isRight(other)).toBe(true);
      expect(isRight(changed)).toBe(changed === other);
      expect(isRight(`${other}x`)).toBe(false);
    }),
  );
});

test('a hunk that is too long to be kept counts as another text', () => {
  const long = 'x'.repeat(2 ** 20);
  expect(isRespaced([long.slice(2)], [` ${long.slice(2)}`], 65_536)).toBe(true);
  expect(isRespaced([long], [` ${long}`], 65_536)).toBe(false);
});
