import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { globMatcher, wildmatch } from './glob.ts';

const nameOf = (...pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((all) => all.join(''));
const path = fc.array(nameOf('a', 'b', '.a', '^'), { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
const name = fc.oneof(nameOf('a', 'b', '*', '**', '?', '.a', '^', String.raw`\*`), fc.constant('**'));
const plain = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));

test('plain globs match what picomatch matches', () => {
  let matched = 0;
  fc.assert(
    fc.property(plain, path, (glob, each) => {
      fc.pre(!glob.includes('***')); // folders, too, where it is a whole name, as in git
      fc.pre(!glob.includes('^^')); // of two picomatch escapes one, and the other is an anchor
      const expected = picomatch(glob, { dot: true })(each);
      expect(globMatcher([glob])(each)).toBe(expected);
      if (expected) matched++;
    }),
    { numRuns: 5000 },
  );
  expect(matched).toBeGreaterThan(500);
});

test.each([
  ['src/{a,b}/*.ts', ['src/a/x.ts', 'src/b/x.ts'], ['src/c/x.ts']],
  ['app/[id]/x', ['app/[id]/x', 'app/i/x'], ['app/id/x']],
  ['**.ts', ['a.ts', 'a/b.ts'], ['a.tsx']],
  ['**.test.ts', ['a.test.ts', 'a/b.test.ts'], ['a.ts']],
  ['src/*/**', ['src/a/b'], ['src/a']],
  ['./src/**', ['src/a/b', 'src'], ['a/src/b']],
  ['!(a)/x', ['b/x'], ['a/x']],
  ['[!a-c]*/**', ['d/x', 'D/x/y', '!/x'], ['a/x', 'b/x', 'dx']],
  ['[^a]/x', ['b/x'], ['a/x']],
])('%s in factum.yaml', (glob, hits, misses) => {
  const matches = globMatcher(['none', glob]);
  expect([hits.filter(matches), misses.filter(matches)]).toEqual([hits, []]);
});

test.each([
  ['[a-c]x', ['ax', 'cx'], ['dx', '-x', '/x', 'xx']],
  ['[!a-c]x', ['dx', '!x'], ['ax', '/x']],
  ['[]-]x', [']x', '-x'], ['x']],
  [String.raw`[\d\]]x`, ['dx', ']x'], ['1x', String.raw`\x`]],
  ['[a*]*b', ['*b', 'axb'], ['xb']],
  ['[z-a]', [], ['z', 'a', '-']],
  ['[a', [], ['[a', 'a']],
  ['a\\', [], ['a', 'a\\']],
  ['{a,b}(c)!', ['{a,b}(c)!'], ['a(c)!']],
  ['', [], ['a']],
  ['a\n*', ['a\nb\n'], ['ab']],
])('%j', (pattern, hits, misses) => {
  const matches = (each: string): boolean => wildmatch(pattern).test(each);
  expect([hits.filter(matches), misses.filter(matches)]).toEqual([hits, []]);
});

const long = 'a'.repeat(4096);
test.each([
  ['stars in a name', `${'a*'.repeat(30)}b`, long],
  ['stars in a name at any depth', `**/${'*a'.repeat(30)}b`, `${'a/'.repeat(2000)}${long}`],
  ['stars beside any character', `${'?*'.repeat(30)}b`, long],
  ['stars beside classes', `${'[!b]*'.repeat(30)}b`, long],
  ['folders', `${'**/a/'.repeat(30)}b`, 'a/'.repeat(2048)],
  ['folders with stars', `${'**/a*a*a/'.repeat(30)}b`, 'aaaa/'.repeat(800)],
  ['as many stars as may be', `${'*a'.repeat(1000)}b`, long],
  ['folders of which each is a star', `${'**/*/'.repeat(30)}b/c`, 'a/'.repeat(2048)],
  ['more stars than an expression has groups', `${'*a'.repeat(5000)}b`, long],
])('%s: no pattern keeps it busy', (_, pattern, each) => {
  const hits = (): readonly boolean[] => [wildmatch(pattern).test(each), wildmatch(pattern).test(`${each}b`)];
  // Nothing else ends a regular expression that would run for ever.
  expect(runInNewContext('hits()', { hits }, { timeout: 20_000 })).toHaveLength(2);
});
