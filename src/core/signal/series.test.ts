import { expect, test } from 'vitest';
import { aChange, aReview, start } from '../../../test/make/facts.ts';
import { correctedChanges } from '../../plugins/signals/corrected-changes.ts';
import { decisionLatency } from '../../plugins/signals/decision-latency.ts';
import { reviewDensity } from '../../plugins/signals/review-density.ts';
import { workflowVolatility } from '../../plugins/signals/workflow-volatility.ts';
import type { ChangeFact } from './fact.ts';
import { type Kept, keep } from './kept.ts';
import { seriesOf } from './series.ts';
import type { Signal } from './signal.ts';
import { day, week } from './week.ts';

/** In week `at`, as many changes as `many` says. */
function weeksOf(many: readonly number[], make: (at: number, n: number) => Partial<ChangeFact>): readonly ChangeFact[] {
  return many.flatMap((count, at) =>
    Array.from({ length: count }, (_, n) => {
      const mergedAt = start + at * week + n * 1000;
      return aChange({ id: `${at}.${n}`, mergedAt, ...make(at, n) });
    }),
  );
}

function series(signal: Signal, facts: readonly ChangeFact[], asOf: number) {
  const kept: Kept = new Map();
  for (const fact of facts) keep(signal, kept, fact);
  return seriesOf(signal, kept, { scope: 'all', asOf }).points;
}

const reviewed = (at: number, n: number): Partial<ChangeFact> => (n < at ? { reviews: [aReview('bob')] } : {});

test('a week without changes is missing, and a week without reviews is zero', () => {
  const points = series(reviewDensity, weeksOf([4, 0, 3, 5], reviewed), start + 3 * week);
  expect(points).toEqual([
    { week: start, value: 0, n: 4 },
    { week: start + 2 * week, value: 2 / 3, n: 3 },
    { week: start + 3 * week, value: 3 / 5, n: 5 },
  ]);
});

test('what the whole history does not show has no week either', () => {
  const few = weeksOf([40, 2], (at, n) => (at === 1 && n < 2 ? { reviews: [aReview('bob')] } : {}));
  expect(series(reviewDensity, few, start + week)).toEqual([]);
});

test('weeks that not all changes have matured in are left out', () => {
  const facts = weeksOf([4, 4, 4, 4, 4, 4, 4, 4], () => ({}));
  const matured = start + 4 * week + 30 * day;
  expect(series(correctedChanges, facts, matured).at(-1)?.week).toBe(start + 3 * week);
  expect(series(correctedChanges, facts, matured - 1).at(-1)?.week).toBe(start + 2 * week);
});

test('a median takes three of a week, a ratio of percentiles as many as a window', () => {
  const merges = weeksOf([2, 3, 12], (at, n) => ({ form: 'merge', begunAt: start + at * week + n * 1000 - 2 * day }));
  const asOf = start + 2 * week;
  expect(series(decisionLatency, merges, asOf).map(({ n }) => n)).toEqual([3, 12]);
  expect(series(workflowVolatility, merges, asOf).map(({ n }) => n)).toEqual([12]);
});

test('only so many weeks back', () => {
  const facts = weeksOf([4, 4, 4], () => ({ reviews: [aReview('bob')] }));
  const kept: Kept = new Map();
  for (const fact of facts) keep(reviewDensity, kept, fact);
  const last = seriesOf(reviewDensity, kept, { scope: 'all', asOf: start + 2 * week, weeks: 2 });
  expect(last.points.map(({ week: at }) => at)).toEqual([start + week, start + 2 * week]);
});
