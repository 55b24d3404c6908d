import { betaDraw } from './dirichlet.ts';
import type { Random } from './random.ts';

/**
 * Unbiased Herfindahl-Hirschman index: the probability that two pieces of work, drawn without putting back, are by the
 * same person (Simpson, Nature 163, 1949). NaN with fewer than two pieces.
 */
export function herfindahl(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const pairs = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return total < 2 ? NaN : pairs / (total * (total - 1));
}

/** Effective number, N2 = 1 / HHI (Hill, Ecology 54, 1973), in [1, n] for n people who could have taken part. NaN with fewer than two pieces. */
export function effectiveNumber(counts: readonly number[], n: number = counts.length): number {
  const index = herfindahl(counts);
  return Number.isNaN(index) ? NaN : Math.min(Math.max(n, 1), Math.max(1, 1 / index));
}

/** How unevenly n people share who are effectively so many: 0 evenly, 1 all by one. */
export function unevenness(effective: number, n: number): number {
  return n < 2 ? 1 : 1 - (effective - 1) / (n - 1);
}

/** A draw of it where one of n people did all of it: the share of another may be too small to have shown (Jeffreys). */
export function unevennessDrawn(pieces: number, n: number, random: Random): number {
  const other = betaDraw({ a: 0.5, b: pieces + 0.5 }, random);
  return unevenness(1 / (other ** 2 + (1 - other) ** 2), Math.max(2, n));
}
