/** A count, what it is explained by, and the group whose level it shares. */
export interface Counted {
  readonly group: string;
  readonly count: number;
  readonly by: readonly number[];
}

const sweeps = 200;
/** A little towards no effect, so that a column that does not vary has none. */
const ridge = 1e-3;

/**
 * Slopes of a Poisson regression with a level of its own for every group, conditional on the groups' totals (Hausman,
 * Hall & Griliches, Econometrica 52, 1984); Newton steps by coordinate, the likelihood is concave.
 */
export function slopesOf(rows: readonly Counted[]): readonly number[] {
  const groups = [...Map.groupBy(rows, ({ group }) => group).values()];
  const slopes = Array.from({ length: rows[0]?.by.length ?? 0 }, () => 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = 0;
    for (const at of slopes.keys()) {
      const step = stepOf(groups, slopes, at);
      slopes[at] = (slopes[at] ?? 0) + step;
      moved = Math.max(moved, Math.abs(step));
    }
    if (moved < 1e-7) break;
  }
  return slopes;
}

function stepOf(groups: readonly (readonly Counted[])[], slopes: readonly number[], at: number): number {
  let [gradient, curve] = [-ridge * (slopes[at] ?? 0), ridge];
  for (const rows of groups) {
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    const rates = rows.map((row) => rateOf(row, slopes));
    const all = rates.reduce((sum, rate) => sum + rate, 0);
    const moment = (power: number): number =>
      rows.reduce((sum, { by }, index) => sum + ((rates[index] ?? 0) / all) * (by[at] ?? 0) ** power, 0);
    gradient += rows.reduce((sum, { count, by }) => sum + count * (by[at] ?? 0), 0) - total * moment(1);
    curve += total * (moment(2) - moment(1) ** 2);
  }
  return Math.max(-1, Math.min(1, gradient / curve));
}

/** Up to the group's own level. */
export function rateOf({ by }: Counted, slopes: readonly number[]): number {
  return Math.exp(slopes.reduce((sum, slope, at) => sum + slope * (by[at] ?? 0), 0));
}

/** How far a count is from what was expected; 0 when it is as expected. */
export function deviance(count: number, expected: number): number {
  return 2 * ((count === 0 ? 0 : count * Math.log(count / expected)) - (count - expected));
}
