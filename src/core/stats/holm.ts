/**
 * Adjusted p-values that keep the family-wise error rate under any dependence (Holm, Scand. J. Stat. 6, 1979), in the
 * order given. Rejecting those at most alpha raises any false alarm with probability at most alpha.
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, at) => ({ p, at })).toSorted((a, b) => a.p - b.p);
  const adjusted = Array.from<number>({ length: ps.length });
  let largest = 0;
  for (const [rank, { p, at }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (ps.length - rank)));
    adjusted[at] = largest;
  }
  return adjusted;
}
