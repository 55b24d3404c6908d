import { expect, test } from 'vitest';
import { countAbove, note, quantileOf } from './sketch.ts';
test('what is above a value of the sketch leaves out its own bin', () => {
  const sketch = [0, 1, 2, 2, 3].reduce(note, new Map<number, number>());
  expect([0, 0.5, 1].map((q) => countAbove(sketch, quantileOf(sketch, q) ?? NaN))).toEqual([4, 1, 0]);
});
