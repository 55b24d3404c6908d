/**
 * Shannon's entropy of how often each of n things happened, to the base n (Hassan, ICSE 2009): 0 all to one, 1 evenly.
 * Undefined with fewer than two things.
 */
export function normalEntropy(counts: Iterable<number>): number | undefined {
  let [n, total, weighted] = [0, 0, 0];
  for (const count of counts) {
    n++;
    total += count;
    weighted += count * Math.log(count);
  }
  return n < 2 ? undefined : Math.min(1, (Math.log(total) - weighted / total) / Math.log(n));
}

/** Sum of the largest values, of a share of them; of a value that the share cuts its part counts (Lorenz's curve). */
export function sumOfLargest(values: Iterable<number>, share: number): number {
  const sorted = [...values].toSorted((a, b) => b - a);
  const wanted = sorted.length * share;
  return sorted.reduce((sum, value, at) => sum + value * Math.max(0, Math.min(1, wanted - at)), 0);
}
