import { expect, test } from 'vitest';
import { aKnowledge, aSpread, at, keptOf, read, start } from '../../../test/make/facts.ts';
import { seriesOf } from '../../core/signal/series.ts';
import { week } from '../../core/signal/week.ts';
import { changeEntropy } from './change-entropy.ts';
import { hotspots } from './hotspots.ts';
import { truckFactor } from './truck-factor.ts';

const weeks = [0, 1, 2, 3].map((n) => aSpread(n, { churnInHotspots: 25 * n, entropy: n / 4 }));
const few = aSpread(4, { files: 19, churnInHotspots: 100, entropy: 0.375 });

test('hotspots and entropy: the mean over the weeks that say something', () => {
  expect(read(hotspots, [...weeks, few])).toMatchObject({ value: 0.375, n: 4 });
  expect(read(changeEntropy, [...weeks, few])).toMatchObject({ value: 0.375, n: 5 });
  expect(read(hotspots, [few])).toMatchObject({ state: 'not-enough-data', n: 0 });
});

test('a series has each week that says something', () => {
  const { points } = seriesOf(hotspots, keptOf(hotspots, [...weeks, few]), { scope: 'whole', asOf: at.asOf });
  expect(points).toEqual([0, 1, 2, 3].map((n) => ({ week: start + n * week, value: n / 4, n: 1 })));
});

test('truck factor: the newest one, and none of a handful of files', () => {
  const found = read(truckFactor, [aKnowledge(9, 30, 2), aKnowledge(1, 50, 5)]);
  expect(found).toMatchObject({ value: 2, n: 30, beside: { live: 1, files: 30 } });
  expect(read(truckFactor, [aKnowledge(9, 9, 2)])).toMatchObject({ state: 'not-enough-data', n: 9 });
});
