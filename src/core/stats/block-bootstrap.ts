import { quantile } from 'simple-statistics';
import type { Estimate } from './interval.ts';
import type { Random } from './random.ts';
import { theilSen } from './theil-sen.ts';

/**
 * Theil-Sen slope with a percentile interval by the moving block bootstrap (Kunsch, Ann. Stat. 17, 1989): blocks of
 * n^(1/3) residuals about the line, so that neighbours stay together, are put on the line again.
 */
export function slopeInterval(x: readonly number[], random: Random, { draws = 300, level = 0.95 } = {}): Estimate {
  const { slope, intercept } = theilSen(x);
  const residuals = x.map((value, at) => value - intercept - slope * at);
  const length = Math.max(1, Math.round(Math.cbrt(x.length)));
  const slopes = Array.from({ length: draws }, () => {
    const again: number[] = [];
    while (again.length < x.length) {
      const from = random.below(x.length - length + 1);
      again.push(...residuals.slice(from, from + length));
    }
    return theilSen(x.map((_, at) => intercept + slope * at + (again[at] ?? 0))).slope;
  });
  return { value: slope, lo: quantile(slopes, (1 - level) / 2), hi: quantile(slopes, (1 + level) / 2) };
}
