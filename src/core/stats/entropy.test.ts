import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalEntropy, sumOfLargest } from './entropy.ts';

const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 60 });

test('entropy: even is 1, scale and order change nothing, and it is the textbook sum', () => {
  expect(normalEntropy([7, 7, 7])).toBeCloseTo(1, 12);
  expect(normalEntropy([5])).toBeUndefined();
  fc.assert(
    fc.property(counts, fc.integer({ min: 2, max: 9 }), (given, by) => {
      const total = given.reduce((a, b) => a + b, 0);
      const textbook = -given.reduce((sum, n) => sum + (n / total) * Math.log(n / total), 0) / Math.log(given.length);
      expect(normalEntropy(given)).toBeCloseTo(textbook, 9);
      expect(normalEntropy(given.toReversed().map((n) => n * by))).toBeCloseTo(textbook, 9);
    }),
  );
});

test('the largest: whole values, and the part of one that the share cuts', () => {
  expect(sumOfLargest([1, 10, 2, 3], 0.5)).toBe(13);
  expect(sumOfLargest([1, 10], 0.05)).toBeCloseTo(1, 12);
  expect(sumOfLargest([], 0.05)).toBe(0);
  fc.assert(
    fc.property(counts, (given) => {
      expect(sumOfLargest(given, 1)).toBeCloseTo(
        given.reduce((a, b) => a + b, 0),
        6,
      );
    }),
  );
});
