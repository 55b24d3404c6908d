import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

test.each([
  ['chekcs', 'checks'],
  ['polcy', 'policy'],
  ['Checks', 'checks'],
  ['ids', 'id'],
  ['intent', 'intents'],
])('%s means %s', (word, meant) => {
  expect(nearest(word, ['id', 'members', 'paths', 'checks', 'policy', 'intents'])).toBe(meant);
  expect(didYouMean(word, ['id', 'members', 'paths', 'checks', 'policy', 'intents'])).toBe(
    `: did you mean \`${meant}\`?`,
  );
});

test('nothing near is nothing said', () => {
  expect(nearest('zebra', ['id', 'members'])).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
  expect(didYouMean('zebra', ['id'])).toBe('');
});

test('a word among the candidates is the nearest, and one edit away is near enough', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.array(fc.string()), fc.nat(), (word, others, at) => {
      expect(nearest(word, [...others, word])?.toLowerCase()).toBe(word.toLowerCase());
      const index = at % word.length;
      const shorter = word.slice(0, index) + word.slice(index + 1);
      expect(nearest(shorter, [word])).toBe(word);
    }),
    { numRuns: 1_000 },
  );
});
