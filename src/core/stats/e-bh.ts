/**
 * Which of many e-values stand out, with a false discovery rate of at most alpha under any dependence: the k largest,
 * for the largest k whose k-th e-value is at least m / (alpha k) (Wang & Ramdas, JRSS B 84:3, 2022).
 */
export function eBenjaminiHochberg(es: readonly number[], alpha: number): readonly boolean[] {
  const sorted = es.toSorted((a, b) => b - a);
  const bar = sorted.findLast((e, at) => e * (at + 1) * alpha >= es.length);
  return es.map((e) => bar !== undefined && e >= bar);
}
