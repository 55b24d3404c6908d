import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialQuantile } from './binomial.ts';

/** Adds up the chances themselves. */
function slowly(q: number, n: number, p: number): number {
  let [chance, sum] = [(1 - p) ** n, 0];
  for (let k = 0; k < n; k++) {
    sum += chance;
    if (sum >= q - 1e-12) return k;
    chance *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return n;
}

test('the quantile of a binomial is where its chances add up to as much', () => {
  const inside = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(inside, fc.integer({ min: 1, max: 60 }), inside, (q, n, p) => {
      expect(binomialQuantile(q, n, p)).toBe(slowly(q, n, p));
    }),
  );
  expect([binomialQuantile(0.975, 20, 0), binomialQuantile(0.025, 20, 1)]).toEqual([0, 20]);
});
