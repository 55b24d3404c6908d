import { median } from 'simple-statistics';
import { theilSen } from '../stats/theil-sen.ts';
import type { Series, WeekPoint } from './series.ts';

interface Levels {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Before and after index `at`: pooled shares, medians of anything else. */
export function levelsAround(points: readonly WeekPoint[], at: number, unit: Series['unit']): Levels {
  return {
    at: points[at]?.week ?? NaN,
    from: levelOf(points.slice(0, at), unit),
    to: levelOf(points.slice(at), unit),
  };
}

/** Both ends of the Theil-Sen line; a share stays one. */
export function lineThrough(points: readonly WeekPoint[], unit: Series['unit']): Levels {
  const { slope, intercept } = theilSen(points.map(({ value }) => value));
  const within = (value: number): number => (unit === 'share' ? Math.min(1, Math.max(0, value)) : value);
  return { at: points[0]?.week ?? NaN, from: within(intercept), to: within(intercept + slope * (points.length - 1)) };
}

function levelOf(points: readonly WeekPoint[], unit: Series['unit']): number {
  if (unit !== 'share') return median(points.map(({ value }) => value));
  const all = points.reduce((sum, { n }) => sum + n, 0);
  return points.reduce((sum, { value, n }) => sum + value * n, 0) / all;
}
