import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countAbove, mergeSketch, note, quantileIn, quantileOf, type Sketch, valuesOf } from './sketch.ts';

test('what is above a value of the sketch leaves out its own bin', () => {
  const sketch = [0, 1, 2, 2, 3].reduce(note, new Map<number, number>());
  expect([0, 0.5, 1].map((q) => countAbove(sketch, quantileOf(sketch, q) ?? NaN))).toEqual([4, 1, 0]);
});

test('a quantile is not exceeded by its share of the values, and the one before it by more', () => {
  // Each in a bin of its own: the sketch is exact but for the width of its bins.
  const counted = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counted, fc.integer({ min: 0, max: 100 }), (counts, percent) => {
      const values = counts.map((n, at) => [at + 1, n] as const);
      const all = values.flatMap(([value, n]) => Array.from({ length: n }, () => value));
      const quantile = quantileIn(values, percent / 100) ?? NaN;
      expect(100 * all.filter((value) => value <= quantile).length).toBeGreaterThanOrEqual(percent * all.length);
      if (quantile > 1) expect(100 * all.filter((value) => value < quantile).length).toBeLessThan(percent * all.length);
      const sketch = all.reduce(note, new Map<number, number>());
      expect(Math.round(quantileOf(sketch, percent / 100) ?? NaN)).toBe(quantile);
    }),
  );
});

test.each([
  [16, 0.85, 14],
  [15, 0.85, 13],
  [20, 0.85, 17],
  [100, 0.55, 55],
  [4, 0.5, 2],
  [5, 0.5, 3],
  [8, 0.25, 2],
  [3, 0, 1],
  [3, 1, 3],
])('of %i values the quantile at %f is number %i', (n, q, rank) => {
  const values = Array.from({ length: n }, (_, at) => [at + 1, 1] as const);
  expect(quantileIn(values, q)).toBe(rank);
  expect(quantileOf(new Map(), q)).toBeUndefined();
});

test('the values of several sketches are those of all in one, smallest first', () => {
  const values = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })));
  fc.assert(
    fc.property(fc.array(values), (given) => {
      const sketches = given.map((each) => each.reduce<Sketch>(note, new Map()));
      const together = sketches.reduce<Sketch>((all, each) => mergeSketch(all, each), new Map());
      const found = valuesOf(...sketches);
      expect(found).toEqual(valuesOf(together));
      expect(new Map(found).size).toBe(together.size);
      expect(found.map(([value]) => value)).toEqual(found.map(([value]) => value).toSorted((a, b) => a - b));
      expect(quantileOf(together, 0.5)).toBe(quantileIn(found, 0.5));
    }),
  );
});
