import { expect, test } from 'vitest';
import { slopeInterval } from './block-bootstrap.ts';
import { cusum } from './cusum.ts';
import { eDetectorAbove } from './e-detector.ts';
import { monteCarlo } from './monte-carlo.ts';
import { withoutOneChange } from './one-change.ts';
import { laneyDispersion, pooledProportion } from './pooled-proportion.ts';
import { normalDraw, type Random, seededRandom } from './random.ts';
import { changesOf, isLineBetter, segmentation } from './segmentation.ts';
import { stationary } from './stationary.ts';
import { yearlyAdjustment } from './yearly.ts';

const noise = (n: number, random: Random): readonly number[] => Array.from({ length: n }, () => normalDraw(random));
const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;
const lagOne = (x: readonly number[]): number =>
  x.slice(1).reduce((sum, value, at) => sum + value * (x[at] ?? 0), 0) / x.reduce((sum, value) => sum + value ** 2, 0);

function autoregressive(n: number, phi: number, random: Random): readonly number[] {
  let last = normalDraw(random) / Math.sqrt(1 - phi ** 2);
  return noise(n, random).map((value) => (last = phi * last + value));
}

test('CUSUM by hand: .5 less each time, never below zero, onset after the last zero', () => {
  const { up, down } = cusum([1, -2, 1.5, 2, 0, -3]);
  expect(up).toEqual({ peak: 2.5, onset: 2 });
  expect(down).toEqual({ peak: 2.5, onset: 5 });
});

test('Laney: binomial scatter needs no widening, twice as much does', () => {
  const even = [5, 6, 5, 4, 5, 6].map((k) => ({ k, n: 10 }));
  expect(laneyDispersion(even, 0.5)).toBe(1);
  const wide = [0, 10, 0, 10].map((k) => ({ k, n: 10 }));
  expect(laneyDispersion(wide, 0.5)).toBeCloseTo(10 / Math.sqrt(2.5) / 1.128, 9);
});

test('pooled windows by hand: nothing before the first whole one', () => {
  const weeks = [2, 2, 2, 2, 6, 6].map((k) => ({ k, n: 10 }));
  const { z } = pooledProportion(weeks, 4, 2);
  expect(z.slice(0, 4).map((value) => Math.round(value * 1e9))).toEqual([0, 0, 0, 0]);
  expect(z[5]).toBeCloseTo(0.4 / Math.sqrt(0.16 * (1 / 20 + 1 / 40)), 9);
});

test('the e-detector stays at what starts are worth, on average, if the rate is as supposed', () => {
  const random = seededRandom(5);
  const runs = Array.from({ length: 400 }, () => {
    const weeks = Array.from({ length: 20 }, () => ({ k: random.uniform() < 0.1 ? 1 : 0, n: 1 }));
    return Math.exp(eDetectorAbove(0.1, weeks).at(-1) ?? NaN);
  });
  // Each start is worth 1 on average: M_20 is 20. Its distribution is skewed; one in 1000 would be far off.
  expect(mean(runs)).toBeLessThan(30);
  expect(
    eDetectorAbove(
      0.1,
      Array.from({ length: 8 }, () => ({ k: 1, n: 2 })),
    ).at(-1),
  ).toBeGreaterThan(Math.log(1000));
});

test('chance: ordinary statistics stop early, extreme ones have the smallest p there is', () => {
  let drawn = 0;
  const draw = (): readonly number[] => [(drawn += 1) % 2];
  expect(monteCarlo([1], draw, 999)).toEqual([10 / 19]);
  expect(drawn).toBe(19);
  expect(monteCarlo([2], draw, 999)).toEqual([1 / 1000]);
});

test('one step or one line is taken out, and nothing else', () => {
  const step = Array.from({ length: 30 }, (_, at) => (at < 12 ? 1 : 4));
  const line = Array.from({ length: 30 }, (_, at) => 2 * at);
  for (const x of [step, line]) expect(Math.max(...withoutOneChange(x).map(Math.abs))).toBeLessThan(1e-9);
});

test('changes are those of the segmentation, with what they save; a line is told from a step', () => {
  const random = seededRandom(8);
  const step = noise(65, random).map((value, at) => value + (at >= 40 ? 3 : 0));
  const line = noise(65, random).map((value, at) => value + (4 * at) / 65);
  expect(changesOf(step).map(({ at }) => at)).toEqual(segmentation(step));
  expect(changesOf(step)).toHaveLength(1);
  expect(changesOf(step)[0]).toMatchObject({ at: 40 });
  expect([isLineBetter(step), isLineBetter(line)]).toEqual([false, true]);
});

const weekly = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at * 7 * 86_400_000);

test('a yearly wave is left out of two years or more, beside a step that stays', () => {
  const times = weekly(156);
  const wave = times.map((time) => 2 * Math.cos((2 * Math.PI * time) / (365.2425 * 86_400_000) + 1));
  const step = times.map((_, at) => (at >= 126 ? 3 : 0));
  const { waves, adjust } = yearlyAdjustment(times);
  const left = adjust(wave.map((value, at) => value + (step[at] ?? 0)));
  expect(waves).toBe(1);
  expect(Math.max(...left.map((value, at) => Math.abs(value - (step[at] ?? 0))))).toBeLessThan(0.5);
  expect(yearlyAdjustment(weekly(90)).waves).toBe(0);
});

const persistence = (x: readonly number[]): number => lagOne(withoutOneChange(x));

test.each([
  [65, 0.6, 0],
  [104, 0.3, 1],
  [208, 0.6, 1],
] as const)('draws of %i weeks persist as the series does, %f', (n, phi, waves) => {
  const random = seededRandom(11);
  const yearly = yearlyAdjustment(weekly(n));
  expect(yearly.waves).toBe(waves);
  // What the estimate falls short of is the same for the series and for its draws if persistence is right on average.
  const gaps = Array.from({ length: 150 }, () => {
    const x = yearly.adjust(autoregressive(n, phi, random));
    return persistence(stationary(x, yearly)(random)) - persistence(x);
  });
  expect(Math.abs(mean(gaps))).toBeLessThan(0.06);
});

test('a step does not make the draws persist', () => {
  const random = seededRandom(12);
  const x = noise(104, random).map((value, at) => value + (at >= 60 ? 5 : 0));
  const draws = Array.from({ length: 100 }, () => lagOne(stationary(x, { waves: 0, adjust: (y) => y })(random)));
  expect(mean(draws)).toBeLessThan(0.2);
});

test('the slope lies in its interval, which is wider for noise that persists', () => {
  const random = seededRandom(13);
  const width = (x: readonly number[]): number => {
    const { value, lo, hi } = slopeInterval(x, seededRandom(1));
    expect(value >= lo && value <= hi).toBe(true);
    return (hi - lo) / Math.sqrt(mean(x.map((each) => each ** 2)));
  };
  const pairs = Array.from({ length: 8 }, () => [width(noise(65, random)), width(autoregressive(65, 0.7, random))]);
  expect(mean(pairs.map(([white = 0, red = 0]) => red - white))).toBeGreaterThan(0);
});
