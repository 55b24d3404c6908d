import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { globsOf, matcherOf } from './gitignore-glob.ts';

const pieces = ['a', 'b', 'ab', '.', './', '/', '*', '**', '?', '"', '+', '@', '!', '(', ')', '[', ']', '{', '}', '\\'];
const pattern = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
const path = fc.array(fc.constantFrom('a', 'b', 'ab', '.', '/', '"', '+', '@', '('), { minLength: 1, maxLength: 6 });

test('how a path begins takes no match away that picomatch finds', () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, path, (written, parts) => {
      const [globs, name] = [globsOf(written), parts.join('')];
      const expected = picomatch([...globs], { dot: true })(name);
      expect(matcherOf(globs)(name)).toBe(expected);
      if (expected) matched++;
    }),
    // Too seldom drawn: a folder's own name, and a `./` that picomatch drops.
    {
      numRuns: 3000,
      examples: [
        ['a/**', ['a']],
        ['./a', ['a']],
      ],
    },
  );
  expect(matched).toBeGreaterThan(50);
});
