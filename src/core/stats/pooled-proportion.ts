import type { Proportion } from './interval.ts';

/** Expected distance between two neighbours, in standard deviations (Shewhart's d2 for two). */
const movingRange = 1.128;

/**
 * How much wider shares scatter than binomial ones, by the moving range of their z-scores; never less than 1 (Laney,
 * Quality Engineering 14:4, 2002, "Improved control charts for attributes", sigma z).
 */
export function laneyDispersion(weeks: readonly Proportion[], p: number): number {
  const z = weeks.map(({ k, n }) => (k - n * p) / Math.sqrt(n * p * (1 - p)));
  const ranges = z.slice(1).map((value, at) => Math.abs(value - (z[at] ?? 0)));
  return ranges.length === 0 ? 1 : Math.max(1, sum(ranges) / ranges.length / movingRange);
}

interface PooledWindow {
  /** Standardised difference of the window that ends with each observation; 0 before the first whole one. */
  readonly z: readonly number[];
}

/** Shares pooled over the last `width` observations, against those of the first `baseline`. */
export function pooledProportion(weeks: readonly Proportion[], baseline: number, width = 8): PooledWindow {
  const own = weeks.slice(0, baseline);
  const all = sum(own.map(({ n }) => n));
  const p = sum(own.map(({ k }) => k)) / all;
  const noise = p * (1 - p) * laneyDispersion(own, p) ** 2;
  if (!(noise > 0)) return { z: weeks.map(() => 0) };
  let [k, n] = [0, 0];
  const z = weeks.map((last, at) => {
    const gone = weeks[at - width] ?? { k: 0, n: 0 };
    k += last.k - gone.k;
    n += last.n - gone.n;
    return at < width - 1 ? 0 : (k / n - p) / Math.sqrt(noise * (1 / n + 1 / all));
  });
  return { z };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
