/**
 * Distribution of the number of successes among independent trials with different probabilities, by convolution
 * (Hong, Comput. Stat. Data Anal. 59, 2013, "direct convolution"): entry k is the probability of exactly k.
 */
export function poissonBinomial(probabilities: readonly number[]): Float64Array {
  const mass = new Float64Array(probabilities.length + 1);
  mass[0] = 1;
  for (const [trial, p] of probabilities.entries())
    for (let k = trial + 1; k >= 0; k--) mass[k] = (mass[k] ?? 0) * (1 - p) + (k > 0 ? (mass[k - 1] ?? 0) * p : 0);
  return mass;
}

/** Probability of at most k successes. */
export function atMost(k: number, probabilities: readonly number[]): number {
  return Math.min(
    1,
    poissonBinomial(probabilities)
      .subarray(0, Math.max(0, k + 1))
      .reduce((sum, mass) => sum + mass, 0),
  );
}
