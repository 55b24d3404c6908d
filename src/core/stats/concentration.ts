/**
 * Unbiased Herfindahl-Hirschman index: the probability that two pieces of work, drawn without putting back, are by the
 * same person (Simpson, Nature 163, 1949). NaN with fewer than two pieces.
 */
function herfindahl(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const pairs = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return total < 2 ? NaN : pairs / (total * (total - 1));
}

/** Effective number, N2 = 1 / HHI (Hill, Ecology 54, 1973), in [1, n] for n people who could have taken part. NaN with fewer than two pieces. */
export function effectiveNumber(counts: readonly number[], n: number = counts.length): number {
  const index = herfindahl(counts);
  return Number.isNaN(index) ? NaN : Math.min(Math.max(n, 1), Math.max(1, 1 / index));
}
