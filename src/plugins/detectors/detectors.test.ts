import { describe, expect, test } from 'vitest';
import type { Watched } from '../../core/signal/watched.ts';
import { trendTest } from '../../core/stats/mann-kendall.ts';
import { normalDraw, seededRandom } from '../../core/stats/random.ts';
import { cusum } from './cusum.ts';
import { eDetector } from './e-detector.ts';
import { detectors } from './index.ts';
import { proportion } from './proportion.ts';
import { segmentation } from './segmentation.ts';
import { trend } from './trend.ts';

const [weeks, baseline] = [65, 52];
const noise = (seed: number, length = weeks): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length }, () => normalDraw(random));
};

/** Noise, and from week `at` on so much more. */
const stepped = (at: number, by: number): Watched => ({
  values: noise(3).map((value, week) => value + (week >= at ? by : 0)),
  baseline,
});

/** Of 20 changes a week, as many hits as `hits` says. */
const shares = (hits: (week: number) => number): Watched => {
  const all = Array.from({ length: weeks }, (_, week) => hits(week) / 20);
  const centre = all.reduce((sum, share) => sum + share, 0) / weeks;
  const spread = Math.sqrt((centre * (1 - centre)) / 20);
  const values = all.map((share) => (spread > 0 ? (share - centre) / spread : 0));
  return { values, baseline, shares: values.map(() => ({ n: 20, centre, spread })) };
};

const nothing: readonly Watched[] = [
  { values: Array.from({ length: weeks }, () => 3), baseline },
  shares(() => 0),
  shares(() => 20),
  shares(() => 7),
];

describe.each(detectors.map((each) => [each.id, each] as const))('%s', (_id, detector) => {
  test('finds nothing where nothing varies', () => {
    const fitting = nothing.filter((watched) => detector.fits(watched));
    expect(fitting.length).toBeGreaterThan(0);
    for (const watched of fitting) expect(detector.run(watched).filter(({ strength }) => strength > 0)).toEqual([]);
  });

  test('says the same twice, and only of weeks that are there', () => {
    const looks = [stepped(45, 3), shares((week) => (week < 55 ? 10 : 17)), shares((week) => (week < 55 ? 0 : 2))];
    const findings = looks.filter(detector.fits).flatMap((watched) => {
      expect(detector.run(watched)).toEqual(detector.run(watched));
      return detector.run(watched);
    });
    expect(findings.length).toBeGreaterThan(0);
    for (const { at } of findings) expect(at >= 0 && at < weeks && Number.isInteger(at)).toBe(true);
  });
});

test('exactly one online detector fits, whatever is watched', () => {
  for (const watched of [...nothing, stepped(55, 1), shares((week) => week % 2)])
    expect(detectors.filter(({ role, fits }) => role === 'online' && fits(watched))).toHaveLength(1);
});

const strongest = ([first, ...rest]: ReturnType<typeof segmentation.run>) =>
  rest.reduce((best, each) => (best === undefined || each.strength > best.strength ? each : best), first);

test.each([1, -1] as const)('a step of three standard deviations is found where it is, direction %i', (direction) => {
  for (const detector of [segmentation, cusum]) {
    const found = strongest(detector.run(stepped(55, 3 * direction)));
    expect(found).toMatchObject({ direction });
    expect(Math.abs((found?.at ?? 0) - 55)).toBeLessThanOrEqual(2);
  }
});

test('a share that rises from half to most, or falls, is found where it does', () => {
  for (const [to, direction] of [
    [17, 1],
    [3, -1],
  ] as const) {
    const found = proportion.run(shares((week) => (week < 55 ? 9 + (week % 3) : to)));
    expect(found).toMatchObject([{ direction }]);
    expect(Math.abs((found[0]?.at ?? 0) - 55)).toBeLessThanOrEqual(2);
  }
});

const rare = (week: number): number => (week % 6 === 0 ? 1 : 0);

test('a rare event that becomes frequent is bet upon; one that stays rare is not', () => {
  expect(eDetector.run(shares(rare))).toEqual([]);
  const found = eDetector.run(shares((week) => (week < 56 ? rare(week) : 2)));
  expect(found).toMatchObject([{ direction: 1 }]);
  expect(Math.abs((found[0]?.at ?? 0) - 56)).toBeLessThanOrEqual(3);
});

test('what is frequent and becomes rarer is the same from the other side', () => {
  const found = eDetector.run(shares((week) => 20 - (week < 56 ? (week % 6 === 0 ? 1 : 0) : 2)));
  expect(found).toMatchObject([{ direction: -1 }]);
});

/** So much more at the end than at the beginning. */
const ramp = (by: number, length = weeks): Watched => ({
  values: noise(4, length).map((value, week) => value + (by * week) / length),
  baseline,
});

test('a trend is found in its direction; one that is certain but smaller than the scatter is none', () => {
  expect(trend.run(ramp(4))).toMatchObject([{ direction: 1 }]);
  expect(trend.run(ramp(-4))).toMatchObject([{ direction: -1 }]);
  const long = ramp(0.7, 600);
  expect(trendTest(long.values).z).toBeGreaterThan(3.5);
  expect(trend.run(long)).toEqual([]);
});
