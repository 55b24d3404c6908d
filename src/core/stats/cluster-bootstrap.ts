import { quantile } from 'simple-statistics';
import type { Estimate } from './interval.ts';
import { seededRandom } from './random.ts';

/**
 * Percentile interval of a statistic whose observations come in clusters (all lines of one change): whole clusters are
 * drawn with putting back (Davison & Hinkley 1997, 3.8; Field & Welsh, JRSS B 69:3, 2007). Draws on which the statistic
 * is NaN are left out. The value is the statistic of the clusters as they are; NaN bounds when no draw has one.
 */
export function clusterBootstrap<T>(
  clusters: readonly T[],
  statistic: (drawn: readonly T[]) => number,
  { draws = 500, level = 0.8, seed = 1 } = {},
): Estimate {
  const random = seededRandom(seed);
  const values = Array.from({ length: draws }, () =>
    statistic(clusters.map((own) => clusters[random.below(clusters.length)] ?? own)),
  ).filter((value) => !Number.isNaN(value));
  const value = statistic(clusters);
  if (values.length === 0) return { value, lo: NaN, hi: NaN };
  return { value, lo: quantile(values, (1 - level) / 2), hi: quantile(values, (1 + level) / 2) };
}
