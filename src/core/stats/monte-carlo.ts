/** After so many draws that are as large as what was seen, more tell little. */
const enoughExceeding = 10;

/**
 * How often chance alone gives at least what was seen, of each statistic that a draw has. Sequential: stops when any of
 * them is plainly ordinary (Besag & Clifford, Biometrika 78:2, 1991: h exceeding in l draws, p = h / l; else
 * p = (exceeding + 1) / (draws + 1)). Exact where draws are as the null hypothesis says.
 */
export function monteCarlo(seen: readonly number[], draw: () => readonly number[], draws: number): readonly number[] {
  const exceeding = seen.map(() => 0);
  let drawn = 0;
  while (drawn < draws && exceeding.every((count) => count < enoughExceeding)) {
    const found = draw();
    drawn += 1;
    for (const [at, value] of seen.entries()) if ((found[at] ?? 0) >= value) exceeding[at] = (exceeding[at] ?? 0) + 1;
  }
  return exceeding.map((count) => (count >= enoughExceeding ? count / drawn : (count + 1) / (drawn + 1)));
}
