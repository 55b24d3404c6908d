import { segmentation } from '../stats/segmentation.ts';
import { type Counted, quantileOf, type Sketch, sizeOf, valuesOf } from './sketch.ts';

/** By the Monday of a week. */
export type ByWeek<Value> = ReadonlyMap<number, Value>;

/**
 * Cut where the level of the weeks changed (PELT, two-stage: `core/stats/segmentation.ts`): what varies about several levels
 * is no more volatile than what varies about one. Weeks without a value of their own go with those before them. One part
 * where nothing changed, or there are too few weeks to tell.
 */
export function betweenShifts<Value>(
  weeks: ByWeek<Value>,
  levelOf: (value: Value) => number | undefined,
): readonly (readonly Value[])[] {
  const sorted = [...weeks].toSorted(([a], [b]) => a - b);
  const told = sorted.flatMap(([week, value]) => {
    const level = levelOf(value);
    return level === undefined ? [] : [{ week, level }];
  });
  const cuts = told.length < 2 ? [] : segmentation(told.map(({ level }) => level));
  const starts = cuts.map((at) => told[at]?.week ?? Infinity);
  return [-Infinity, ...starts].map((start, part) => {
    const end = starts[part] ?? Infinity;
    return sorted.flatMap(([week, value]) => (week >= start && week < end ? [value] : []));
  });
}

/** Every part in units of its own: a quantile then says how many times the usual it is. */
export function inOwnUnits(parts: readonly (readonly Sketch[])[], unitOf: (part: Counted) => number): Counted {
  return parts.flatMap((part) => {
    const own = valuesOf(...part);
    const unit = unitOf(own);
    return own.map(([value, n]) => [value / unit, n] as const);
  });
}

/** The logarithm of the median of a week of three or more. */
export function logMedian(sketch: Sketch): number | undefined {
  const median = sizeOf(sketch) < 3 ? undefined : quantileOf(sketch, 0.5);
  return median === undefined || median <= 0 ? undefined : Math.log(median);
}
