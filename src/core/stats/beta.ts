import betaCdfOf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantileOf from '@stdlib/stats-base-dists-beta-quantile';
import { gammaln } from 'simple-statistics';

/** A beta distribution. */
export interface Beta {
  readonly a: number;
  readonly b: number;
}

export function betaCdf(x: number, { a, b }: Beta): number {
  return betaCdfOf(x, a, b);
}

export function betaQuantile(p: number, { a, b }: Beta): number {
  return betaQuantileOf(p, a, b);
}

/** ln B(a, b), the complete beta function. */
export function logBeta({ a, b }: Beta): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}
