import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';

/** Probability that a standard normal is at most z. */
function normalCdf(z: number): number {
  return normalCdfOf(z, 0, 1);
}

export function normalQuantile(p: number): number {
  return normalQuantileOf(p, 0, 1);
}

/** Two-sided p of a standard normal statistic; 1 where there is none (NaN). */
export function twoSidedP(z: number): number {
  return Number.isNaN(z) ? 1 : 2 * normalCdf(-Math.abs(z));
}
