import { expect, test } from 'vitest';
import { aReview, some, start } from '../../../test/make/facts.ts';
import { detectors } from '../../plugins/detectors/index.ts';
import { inspectabilityGap } from '../../plugins/signals/inspectability-gap.ts';
import { reviewDensity } from '../../plugins/signals/review-density.ts';
import { day, windowsAt } from '../signal/week.ts';
import { alarmsIn } from './alarms.ts';
import { collector } from './collect.ts';

const asOf = start + 400 * day;
const signals = [reviewDensity, inspectabilityGap];

/** A change every second day for more than five years, reviewed up to this many days before the end. */
function looked(unreviewed: number): readonly string[] {
  const into = collector({ signals, pods: [], keepWeeks: 240 });
  for (const change of some(1000, (n) => {
    const mergedAt = asOf - 2 * (999 - n) * day;
    return { id: `c${n}`, mergedAt, reviews: asOf - mergedAt > unreviewed * day ? [aReview('bob')] : [] };
  }))
    into.add(change);
  const period = { windows: windowsAt(asOf), asOf, compared: false };
  const { kept } = into.whole;
  return alarmsIn([{ id: 'all', kept }], { signals, detectors, repositories: 1 }, period).get('all')?.looked ?? [];
}

test('a custom of years ago is not looked at, for all the weeks since without it; one of the baseline is', () => {
  // Both windows together have 65 weeks, 455 days.
  expect(looked(500)).toEqual(['inspectability-gap']);
  expect(looked(250)).toEqual(['review-density', 'inspectability-gap']);
});
