import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betweenShifts, inOwnUnits, logMedian } from './shifts.ts';
import { countOf, note, quantileIn, quantilesOf, type Sketch, valuesOf } from './sketch.ts';
import { start } from '../../../test/make/facts.ts';
import { week } from './week.ts';

const sketch = (...values: readonly number[]): Sketch => values.reduce<Sketch>(note, new Map());
const about = (level: number, at: number) => sketch(...[0.8, 1, 1.1].map((by) => level * (by + (at % 3) / 20)));
const weeksOf = (values: readonly Sketch[]) => new Map(values.map((each, at) => [start + at * week, each]));

test('parts are all weeks, in order, whatever their order was, and none is lost that has too few values', () => {
  const any = fc.array(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { maxLength: 5 }), { maxLength: 40 });
  fc.assert(
    fc.property(any, (given) => {
      const weeks = weeksOf(given.map((values) => sketch(...values)));
      const parts = betweenShifts(weeks, logMedian);
      expect(parts.flat()).toEqual([...weeks.values()]);
      expect(betweenShifts(new Map([...weeks].toReversed()), logMedian)).toEqual(parts);
      expect(countOf(inOwnUnits(parts, () => 1))).toBe(given.flat().length);
    }),
  );
});

test('a step cuts where it is; chance, one odd week and few weeks do not', () => {
  const stepped = Array.from({ length: 24 }, (_, at) => about(at < 12 ? 1 : 6, at));
  expect(betweenShifts(weeksOf(stepped), logMedian).map((part) => part.length)).toEqual([12, 12]);
  const odd = Array.from({ length: 24 }, (_, at) => about(at === 11 ? 6 : 1, at));
  expect(betweenShifts(weeksOf(odd), logMedian)).toHaveLength(1);
  expect(betweenShifts(weeksOf(stepped.slice(8, 16)), logMedian)).toHaveLength(1);
});

test('quantiles of values are those of the sketch that they came from', () => {
  const values = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, q) => {
      const own = sketch(...given);
      expect(quantileIn(valuesOf(own), q)).toBe(quantilesOf(own, [q])[0]);
    }),
  );
});
