import { expect, test } from 'vitest';
import { aReview, some, start } from '../../../test/make/facts.ts';
import { detectors } from '../../plugins/detectors/index.ts';
import { inspectabilityGap } from '../../plugins/signals/inspectability-gap.ts';
import { reviewDensity } from '../../plugins/signals/review-density.ts';
import { day, windowsAt } from '../signal/week.ts';
import { alarmsIn } from './alarms.ts';
import { collector } from './collect.ts';
import type { Alarms } from './diagnosis.ts';
import { diagnoseScope } from './scope.ts';

const asOf = start + 400 * day;
const signals = [reviewDensity, inspectabilityGap];

/** What is told of a change every second day, reviewed up to so many days before the end. */
function alarmsOf({ unreviewed = 0, days = 2000 }): Alarms {
  const into = collector({ signals, pods: [], keepWeeks: 240 });
  for (const change of some(days / 2, (n) => {
    const mergedAt = asOf - 2 * (days / 2 - 1 - n) * day;
    return { id: `c${n}`, mergedAt, reviews: asOf - mergedAt > unreviewed * day ? [aReview('bob')] : [] };
  }))
    into.add(change);
  const period = { windows: windowsAt(asOf), asOf, compared: false };
  const { whole } = into;
  const found = alarmsIn([{ id: 'all', kept: whole.kept }], { signals, detectors, repositories: 1 }, period).get('all');
  if (found === undefined) throw new Error('nobody looked');
  const asked = { signals, toolkits: [], period, anchors: {}, cost: {}, alarms: found };
  return diagnoseScope('repository', 'all', whole, asked).alarms;
}

test('a custom of years ago is not looked at, for all the weeks since without it; one of the baseline is', () => {
  // Both windows together have 65 weeks, 455 days.
  expect(alarmsOf({ unreviewed: 500 }).looked).toEqual(['inspectability-gap']);
  expect(alarmsOf({ unreviewed: 250 }).looked).toEqual(['review-density', 'inspectability-gap']);
});

test('what is described and too short to be watched is named; what cannot be observed is not described', () => {
  const needed = 26;
  expect(alarmsOf({ days: 200 })).toMatchObject({
    looked: [],
    tooShort: [
      { signal: 'review-density', weeks: 17, needed },
      { signal: 'inspectability-gap', weeks: 17, needed },
    ],
  });
  expect(alarmsOf({ days: 200, unreviewed: 500 }).tooShort).toEqual([
    { signal: 'inspectability-gap', weeks: 17, needed },
  ]);
  expect(alarmsOf({}).tooShort).toEqual([]);
});
