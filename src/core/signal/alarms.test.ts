import { expect, test } from 'vitest';
import { detectors } from '../../plugins/detectors/index.ts';
import { normalDraw, seededRandom } from '../stats/random.ts';
import { alarmsOf } from './alarms.ts';
import type { Series } from './series.ts';
import { week } from './week.ts';

const start = Date.UTC(2024, 0, 1);

/** `weeks` of noise, and what is added to each; NaN: a week without a value. */
function noisy(weeks: number, added: (at: number) => number = () => 0, given: Partial<Series> = {}): Series {
  const random = seededRandom(weeks);
  const points = Array.from({ length: weeks }, (_, at) => ({
    week: start + at * week,
    value: 10 + normalDraw(random) + added(at),
    n: 20,
  })).filter(({ value }) => !Number.isNaN(value));
  return {
    signal: 'some',
    scope: 'pod',
    unit: 'index',
    window: { from: start, to: start + weeks * week },
    points,
    ...given,
  };
}

function watch(...series: readonly Series[]) {
  return alarmsOf(series, { detectors });
}

test('a step is a break in the week it came, from the one level to the other', () => {
  const [found] = watch(noisy(120, (at) => (at >= 110 ? 4 : 0)));
  if (found?.state !== 'watched') throw new Error(found?.state);
  expect(found.alarms).toMatchObject([{ kind: 'break', at: start + 110 * week, detectors: ['segmentation', 'cusum'] }]);
  expect(found.alarms[0]?.from).toBeCloseTo(10, 0);
  expect(found.alarms[0]?.to).toBeCloseTo(14, 0);
  expect(found.alarms[0]?.p).toBe(found.p);
});

test('a slow rise is a drift and no break; its slope has an interval', () => {
  const [found] = watch(noisy(90, (at) => Math.max(0, (at - 25) * 0.08)));
  if (found?.state !== 'watched') throw new Error(found?.state);
  expect(found.alarms).toMatchObject([{ kind: 'drift', detectors: ['trend'] }]);
  const { value = NaN, lo = NaN, hi = NaN } = found.alarms[0]?.perYear ?? {};
  expect(lo < 4.16 && hi > 4.16 && value > lo && value < hi).toBe(true);
});

test('fewer than 26 weeks of a baseline are described, not watched, however large the change', () => {
  const short = noisy(38, (at) => (at >= 25 ? 50 : 0));
  expect(watch(short)).toEqual([{ signal: 'some', scope: 'pod', state: 'too-short', weeks: 25, needed: 26 }]);
  const gaps = noisy(120, (at) => (at < 107 && at % 2 === 0 ? NaN : 0));
  expect(watch(gaps)).toMatchObject([{ state: 'watched' }]);
  const wide = noisy(120, (at) => (at < 107 && at % 3 !== 0 ? NaN : 0));
  expect(watch(wide)).toMatchObject([{ state: 'too-short', weeks: 17 }]);
  expect(watch(noisy(0))).toMatchObject([{ state: 'too-short', weeks: 0 }]);
});

test('each p is adjusted over the whole report: more series, larger p; those that are too short do not count', () => {
  const stepped = noisy(120, (at) => (at >= 110 ? 4 : 0));
  const p = (...others: readonly Series[]): number => {
    const [first] = watch(stepped, ...others);
    return first?.state === 'watched' ? first.p : NaN;
  };
  expect(p(noisy(100), noisy(101))).toBeCloseTo(3 * p(), 12);
  expect(p(noisy(20), noisy(21))).toBe(p());
});

test('repositories share the rate: a p of one among many is as many times larger, and drawn for so often that it can be small', () => {
  const stepped = noisy(120, (at) => (at >= 110 ? 5 : 0));
  const [one, many] = [1, 60].map((repositories) => alarmsOf([stepped], { detectors, repositories })[0]);
  if (one?.state !== 'watched' || many?.state !== 'watched') throw new Error('too short');
  expect(one.p).toBeCloseTo(2 / 1000, 12);
  expect(many.p).toBeCloseTo((60 * 2) / 3601, 12);
  expect(many.alarms).toHaveLength(1);
});

test('nothing that varies, or nothing that changes: watched, and p is 1', () => {
  const still = noisy(120, () => 0, { points: noisy(120).points.map((point) => ({ ...point, value: 0.5 })) });
  for (const unit of ['share', 'index', 'days'] as const)
    expect(watch({ ...still, unit })).toMatchObject([{ state: 'watched', p: 1, alarms: [] }]);
});

const wave = (at: number): number => 3 * Math.cos((2 * Math.PI * at) / 52.18);

test('a year is left out of two years, and said', () => {
  expect(watch(noisy(156, wave))).toMatchObject([{ isSeasonal: true, alarms: [] }]);
  expect(watch(noisy(80))).toMatchObject([{ isSeasonal: false }]);
});
