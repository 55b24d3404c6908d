import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../stats/random.ts';
import { aroundValue, bandOf, centred, changeOf, firstOrderShare, medianOf } from './band.ts';
import type { Figure } from './figure.ts';

const figure = (value: number, lo: number, hi: number): Figure => ({
  state: 'measured',
  value,
  n: 100,
  band: { lo, hi, level: 0.8 },
});

describe('changes', () => {
  test('a band that holds 0 is no change', () => {
    expect(changeOf(figure(0.2, 0.1, 0.3), figure(0.15, 0.1, 0.2), 'higher')).toMatchObject({ state: 'unclear' });
    // None of 20 after 5 % of 200: nothing can be said.
    expect(changeOf(figure(0, 0, 0.08), figure(0.05, 0.035, 0.07), 'higher')).toMatchObject({ state: 'unclear' });
  });

  test('a clear one says which way is worse', () => {
    const [low, high] = [figure(0.1, 0.05, 0.15), figure(0.4, 0.35, 0.45)];
    expect(changeOf(high, low, 'higher')).toMatchObject({ state: 'clear', by: expect.closeTo(0.3), reads: 'worse' });
    expect(changeOf(high, low, 'lower')).toMatchObject({ reads: 'better' });
    expect(changeOf(low, high, 'neither')).toMatchObject({ reads: 'neither' });
  });

  test('without one of the two there is none', () => {
    const absent: Figure = { state: 'not-observable', needs: 'a forge' };
    expect(changeOf(absent, figure(1, 0, 2), 'higher')).toBe(absent);
    expect(changeOf(figure(1, 0, 2), absent, 'higher')).toBe(absent);
  });

  test('the difference is within its band, and turns its sign with the order', () => {
    const any = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    const anyFigure = any.map(([value, wide]) => figure(value, value - wide, value + wide));
    fc.assert(
      fc.property(anyFigure, anyFigure, (now, before) => {
        const [there, back] = [changeOf(now, before, 'higher'), changeOf(before, now, 'higher')];
        expect(there.state).toBe(back.state);
        if (there.state !== 'clear' || back.state !== 'clear') return;
        expect(there.by).toBeCloseTo(-back.by);
        expect(there.band.lo <= there.by && there.by <= there.band.hi).toBe(true);
      }),
    );
  });
});

test('draws are moved around the value, never out of their scale; those that say nothing make no band narrower', () => {
  const [low, high] = [expect.closeTo(0.4), expect.closeTo(0.6)];
  expect(centred([0.2, NaN, 0.4, 0.3], 0.5, 'index')).toEqual([low, high, high, 0.5]);
  const half = Array.from({ length: 500 }, (_, at) => (at % 5 < 2 ? at % 5 : NaN));
  expect(bandOf(centred(half, 0.5, 'ratio'), 0.5)).toMatchObject({ lo: 0, hi: 1 });
  expect(centred([NaN, NaN], 0.5, 'share')).toEqual([0.5, 0.5]);
  expect(Math.max(...centred([0.1, 0.5, 0.9], 1, 'share'))).toBe(1);
  expect(centred([1, 2, 3], 5, 'days')).toEqual([1, 2, 3]);
});

test('draws laid around a value have it as their median, and keep their order and their band', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.uniqueArray(share, { minLength: 12, maxLength: 60 }), share, (drawn, value) => {
      const laid = aroundValue(drawn, value);
      const sorted = laid.toSorted((a, b) => a - b);
      expect(medianOf(laid)).toBe(value);
      // Of an input where less is worse.
      expect(medianOf(laid.map((x) => -x))).toBe(-value);
      expect(bandOf(laid, value)).toEqual(bandOf(drawn, value));
      const inOrder = drawn.map((x, at) => [x, laid[at] ?? NaN] as const).toSorted(([a], [b]) => a - b);
      for (const [at, [, x]] of inOrder.entries()) expect(x).toBe(sorted[at]);
      expect(sorted[0]).toBeGreaterThanOrEqual(0);
      expect(sorted.at(-1)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a band is around its value', () => {
  expect(bandOf([], 3)).toEqual({ lo: 3, hi: 3, level: 0.8 });
  expect(bandOf([1, 2, 3, 4, 5], 9)).toMatchObject({ lo: 1, hi: 9 });
});

describe('first-order share of the variance', () => {
  const random = seededRandom(3);
  const draws = 2000;
  const [x, y] = [0, 1].map(() => Array.from({ length: draws }, () => random.uniform())) as [number[], number[]];
  const sum = x.map((each, at) => 2 * each + (y[at] ?? 0));

  test('of a sum it is what the variances say, for independent inputs', () => {
    expect(firstOrderShare(x, sum)).toBeCloseTo(0.8, 1);
    expect(firstOrderShare(y, sum)).toBeCloseTo(0.2, 1);
  });

  test('what has no part in it has none, and neither has what does not vary', () => {
    expect(firstOrderShare(y, x)).toBeLessThan(0.05);
    expect(
      firstOrderShare(
        x.map(() => 1),
        sum,
      ),
    ).toBe(0);
    expect(
      firstOrderShare(
        x,
        x.map(() => 1),
      ),
    ).toBe(0);
  });
});
