/** Half of the shift, in standard deviations, that is to be found soonest: k = .5 looks for shifts of one. */
const reference = 0.5;

/** The largest excursion of one side. */
export interface Excursion {
  readonly peak: number;
  /** First observation after the sum was last zero before its peak: the estimate of when the change came (Page 1954). */
  readonly onset: number;
}

/** Two-sided CUSUM of values in standard deviations from their target (Page, Biometrika 41, 1954). */
export function cusum(z: readonly number[]): { readonly up: Excursion; readonly down: Excursion } {
  return { up: oneSided(z, 1), down: oneSided(z, -1) };
}

function oneSided(z: readonly number[], sign: 1 | -1): Excursion {
  let [sum, begun] = [0, 0];
  let best: Excursion = { peak: 0, onset: 0 };
  for (const [at, value] of z.entries()) {
    sum = Math.max(0, sum + sign * value - reference);
    if (sum === 0) begun = at + 1;
    if (sum > best.peak) best = { peak: sum, onset: begun };
  }
  return best;
}
