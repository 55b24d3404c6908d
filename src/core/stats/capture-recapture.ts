/** What two people found who looked for the same defects: each one's number, and how many both found. */
export interface TwoLists {
  readonly first: number;
  readonly second: number;
  readonly both: number;
}

/** Below this many found by both, the estimate is too unstable to show (El Emam & Laitenberger, IEEE TSE 27:9, 2001). */
export const fewestInBoth = 7;

/**
 * Chapman's estimator of how many there are, with its variance (Chapman, Univ. Calif. Publ. Stat. 1, 1951), for two
 * people who looked blind. Throws nothing: lists that cannot be (both > either) give nonsense, callers count from pairs.
 */
export function chapman({ first, second, both }: TwoLists): { readonly total: number; readonly variance: number } {
  const total = ((first + 1) * (second + 1)) / (both + 1) - 1;
  const variance = ((first + 1) * (second + 1) * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2));
  return { total, variance };
}

/**
 * How many neither found, if seeing one makes the other's seeing `oddsRatio` times as likely: OR n10 n01 / n11. Two
 * lists cannot tell the odds ratio (Gerritse et al., J. Off. Stat. 31, 2015); show a band. Infinite when both = 0.
 */
export function undetected({ first, second, both }: TwoLists, oddsRatio: number): number {
  const [firstOnly, secondOnly] = [first - both, second - both];
  return firstOnly * secondOnly === 0 ? 0 : (oddsRatio * firstOnly * secondOnly) / both;
}
