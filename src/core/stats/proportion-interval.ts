import { type Beta, betaQuantile } from './beta.ts';
import type { Estimate, Proportion } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * Jeffreys interval of a share (Brown, Cai & DasGupta, Stat. Sci. 16:2, 2001): 0 at the bottom when k = 0, 1 at the
 * top when k = n. `level` is the coverage, e.g. .95. NaN value when n = 0, with the interval [0, 1].
 */
export function jeffreysInterval({ k, n }: Proportion, level = 0.95): Estimate {
  if (n === 0) return { value: NaN, lo: 0, hi: 1 };
  const { lo, hi } = credible({ a: k + 0.5, b: n - k + 0.5 }, level);
  return { value: k / n, lo: k === 0 ? 0 : lo, hi: k === n ? 1 : hi };
}

/** Equal-tailed interval and median of a beta distribution. */
export function credible(beta: Beta, level: number): Estimate {
  const tail = (1 - level) / 2;
  return { value: betaQuantile(0.5, beta), lo: betaQuantile(tail, beta), hi: betaQuantile(1 - tail, beta) };
}

/** Wilson score interval of a share (Wilson, JASA 22, 1927). */
export function wilsonInterval({ k, n }: Proportion, level = 0.95): Estimate {
  if (n === 0) return { value: NaN, lo: 0, hi: 1 };
  const z = normalQuantile(1 - (1 - level) / 2);
  const p = k / n;
  const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return { value: p, lo: Math.max(0, centre - half), hi: Math.min(1, centre + half) };
}
