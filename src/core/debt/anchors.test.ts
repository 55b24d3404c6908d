import { expect, test } from 'vitest';
import { anchorsOf } from './anchors.ts';
import type { SignalReading } from './diagnosis.ts';

const before = { from: '2025-01-06T00:00:00.000Z', to: '2026-01-05T00:00:00.000Z' };
const week = 7 * 86_400_000;

/** A year of weeks with these medians, and a good current week. */
function slow(medians: readonly number[]): SignalReading {
  const year = medians.map((value, n) => ({
    week: new Date(Date.parse(before.from) + n * week).toISOString(),
    value,
    n: 9,
  }));
  const weekly = [...year, { week: before.to, value: 0.01, n: 9 }];
  const part: Partial<SignalReading> = { worse: 'higher', windows: { now: before, before }, weekly };
  return part as SignalReading;
}

const weeks = (quick: number, other: number): readonly number[] =>
  Array.from({ length: 52 }, (_, n) => (n % 3 === 0 ? quick : other));

test('who was quicker than the table at the best is measured by that', () => {
  const found = anchorsOf('decision-latency', undefined, slow(weeks(0.25, 3)));
  expect(found).toEqual({ good: 0.25, bad: 14, source: '[F]: own best quartile of weeks', configured: false });
});

test('who is steadily slow is not healthy for it', () => {
  expect(anchorsOf('decision-latency', undefined, slow(weeks(9, 10))).good).toBe(1);
});

test('a few weeks tell nothing, other inputs keep the table, and factum.yaml has the last word', () => {
  expect(anchorsOf('decision-latency', undefined, slow(weeks(0.25, 3).slice(0, 11))).good).toBe(1);
  expect(anchorsOf('workflow-volatility', undefined, slow(weeks(0.25, 3))).good).toBe(3);
  expect(anchorsOf('decision-latency', { good: 2, bad: 9 }, slow(weeks(0.25, 3)))).toMatchObject({
    good: 2,
    configured: true,
  });
});
