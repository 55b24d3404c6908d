import type { Proportion } from '../stats/interval.ts';
import type { Series } from './series.ts';

/** A series made ready for detectors: values of about one variance, oldest first, gaps closed. */
export interface Watched {
  readonly values: readonly number[];
  /** How many of them, from the front, are the baseline. */
  readonly baseline: number;
  /** Of shares: how to come back to counts. */
  readonly shares?: readonly ShareScale[];
}

/** A week's share is `centre + value * spread`, of `n`. */
interface ShareScale {
  readonly n: number;
  readonly centre: number;
  readonly spread: number;
}

/** The counts of a series of shares; those of a drawn one need not be whole. */
export function countsOf({ values, shares = [] }: Watched): readonly Proportion[] {
  return shares.map(({ n, centre, spread }, at) => {
    const share = Math.min(1, Math.max(0, centre + (values[at] ?? 0) * spread));
    return { k: n * share, n };
  });
}

/** Eight weeks of the baseline have fewer than five hits, or fewer than five that are none: too few for a normal test. */
export function isRare(watched: Watched): boolean {
  const own = countsOf(watched).slice(0, watched.baseline);
  const [k, n] = [sum(own.map((week) => week.k)), sum(own.map((week) => week.n))];
  return (Math.min(k, n - k) * 8) / own.length < 5;
}

const leastTime = 1 / 24;
const leastRatio = 0.1;

export type Scaled = Omit<Watched, 'baseline'>;

/**
 * Times and ratios by their logarithm (those within the hour, and ratios near none, are about the same), counts by their
 * root. Shares that are so many of so many by their distance from the pooled share, in standard deviations of a week of
 * that size; other shares as they are.
 */
export function scaled({ unit, points }: Series): Scaled {
  const values = points.map(({ value }) => value);
  switch (unit) {
    case 'share': {
      const weeks = points.map(({ value, n }) => ({ k: value * n, n }));
      return weeks.every(({ k }) => Math.abs(k - Math.round(k)) < 1e-6) ? scaledShares(weeks) : { values };
    }
    case 'days':
      return { values: values.map((value) => Math.log(value + leastTime)) };
    case 'ratio':
    case 'people':
      return { values: values.map((value) => Math.log(value + leastRatio)) };
    case 'count':
      return { values: values.map((value) => Math.sqrt(Math.max(value, 0))) };
    case 'index':
      return { values };
  }
}

/** Beyond what counting makes them scatter, weeks differ by themselves: by the method of moments (Kleinman, JASA 68, 1973). */
function scaledShares(weeks: readonly Proportion[]): Scaled {
  const n = sum(weeks.map((week) => week.n));
  const centre = sum(weeks.map((week) => week.k)) / n;
  const chance = centre * (1 - centre);
  const scatter = sum(weeks.map((week) => week.n * (week.k / week.n - centre) ** 2));
  const between = (scatter - (weeks.length - 1) * chance) / (n - sum(weeks.map((week) => week.n ** 2)) / n);
  const shares = weeks.map((week) => {
    return { n: week.n, centre, spread: Math.sqrt(chance / week.n + Math.max(0, between)) };
  });
  const values = weeks.map(({ k, n: of }, at) => {
    const spread = shares[at]?.spread ?? 0;
    return spread > 0 ? (k / of - centre) / spread : 0;
  });
  return { values, shares };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
