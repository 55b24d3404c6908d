import { dirichletDraw } from './dirichlet.ts';
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

/** From so many pieces on, drawing them again holds the true value about as often as it says. */
const few = 100;

/**
 * A way to draw what may be behind few pieces of work: shares of n people by the posterior of a Dirichlet whose prior is
 * Jeffreys', or where there are many people as much as sqrt(pieces) (Steinhaus 1957, minimax). Pieces that are drawn again
 * never show who did none, and pair a piece with itself. Nothing where pieces are many.
 */
export function unevennessDrawing(
  counts: readonly number[],
  n: number,
): { readonly draw?: (random: Random) => number } {
  const pieces = counts.reduce((sum, count) => sum + count, 0);
  if (pieces >= few && counts.length > 1) return {};
  const people = Math.max(2, n);
  const prior = Math.min(0.5, Math.sqrt(pieces) / people);
  const alphas = Array.from({ length: people }, (_, at) => (counts[at] ?? 0) + prior);
  return {
    draw(random) {
      const pairs = dirichletDraw(alphas, random).reduce((sum, share) => sum + share ** 2, 0);
      return unevenness(1 / pairs, people);
    },
  };
}
