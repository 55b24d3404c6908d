import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globMatcher } from '../glob.ts';
import { globsOf, matchersOf } from './gitignore-glob.ts';

const pieces = ['a', 'b', 'ab', '.', './', '/', '*', '**', '?', '"', '+', '@', '!', '(', ')', '[', ']', '{', '}', '\\'];
const pattern = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
const path = fc.array(fc.constantFrom('a', 'b', 'ab', '.', '/', '"', '+', '@', '('), { minLength: 1, maxLength: 6 });

test('how a path begins takes no match away', () => {
  let matched = 0;
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), path, (written, parts) => {
      const lists = written.map(globsOf);
      const name = parts.join('');
      const expected = lists.flatMap((globs, place) => (globMatcher(globs)(name) ? [place] : []));
      expect(matchersOf(lists)(name)).toEqual(expected);
      if (expected.length > 0) matched++;
    }),
    // Too seldom drawn: a folder's own name, a `./` that is dropped, and rules that begin alike around another.
    {
      numRuns: 3000,
      examples: [
        [['b', 'a/**'], ['a']],
        [['./a', 'a', '/ab'], ['a']],
        [
          ['/a/b', '/a', '/a/b'],
          ['a', '/', 'b'],
        ],
      ],
    },
  );
  expect(matched).toBeGreaterThan(50);
});
