import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf } from '../debt/band.ts';
import { seededRandom } from '../stats/random.ts';
import { unseenAdded } from './joint.ts';

test('what was not seen keeps shares between 0 and 1, and hardly moves what was seen often', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, fc.double({ min: 0, max: 1000, noNaN: true }), fc.nat(), (value, among, seed) => {
      const [drawn = NaN] = unseenAdded([value], among, seededRandom(seed));
      expect(drawn >= 0 && drawn <= 1).toBe(true);
      expect(Math.abs((unseenAdded([value], 1e7, seededRandom(seed))[0] ?? NaN) - value)).toBeLessThan(1e-4);
    }),
  );
});

/** How often a band of 80 % holds a rare share of which `hits` of `n` were seen, as often as chance makes them. */
function coverage(share: number, n: number, isAdded: boolean): number {
  const random = seededRandom(1);
  const hitsIn = (p: number): number => Array.from({ length: n }, () => random.uniform() < p).filter(Boolean).length;
  const rounds = 400;
  const held = Array.from({ length: rounds }, () => {
    const value = hitsIn(share) / n;
    const drawn = Array.from({ length: 200 }, () => hitsIn(value) / n);
    const { lo, hi } = bandOf(isAdded ? unseenAdded(drawn, n, random) : drawn, value);
    return lo <= share && share <= hi;
  });
  return held.filter(Boolean).length / rounds;
}

test.each([
  [0.02, 40],
  [0.05, 20],
  [0.97, 40],
])('a band holds %f as often as it says, of %i; changes drawn again alone do not', (share, n) => {
  expect(coverage(share, n, true)).toBeGreaterThan(0.78);
  expect(coverage(share, n, false)).toBeLessThan(0.72);
});
