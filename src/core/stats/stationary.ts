import { withoutOneChange } from './one-change.ts';
import { normalDraw, type Random } from './random.ts';
import type { Yearly } from './yearly.ts';

/** Series like the one that was seen, in which nothing changes: each draw has another persistence that may be its own. */
export type Stationary = (random: Random) => readonly number[];

const warmUp = 30;
const strongest = 0.95;

/**
 * AR(1) residual bootstrap of values whose yearly rhythm is left out. Persistence is estimated on what one step or line
 * leaves, freed of the bias of that (as Andrews, Econometrica 61, 1993, by what simulation shows), and drawn within its
 * own uncertainty; innovations are drawn from the residuals. The draws are adjusted as the series was.
 */
export function stationary(x: readonly number[], { waves, adjust }: Yearly): Stationary {
  const rest = withoutOneChange(x);
  const { phi, error } = persistence(rest, waves);
  const innovations = centred(rest.slice(1).map((value, at) => value - phi * (rest[at] ?? 0)));
  return (random) => {
    const own = Math.min(strongest, Math.max(0, phi + error * normalDraw(random)));
    let last = 0;
    const values: number[] = [];
    for (let at = -warmUp; at < x.length; at++) {
      last = own * last + (innovations[random.below(innovations.length)] ?? 0);
      if (at >= 0) values.push(last);
    }
    return adjust(values);
  };
}

/** By simulation of 40 to 208 observations: least squares falls short by (4.5 + 7.5 phi) / n, and by 2 (1 + phi) / n with a rhythm. */
function persistence(rest: readonly number[], waves: number): { readonly phi: number; readonly error: number } {
  const n = rest.length;
  const squares = rest.slice(0, -1).reduce((sum, value) => sum + value ** 2, 0);
  const products = rest.slice(1).reduce((sum, value, at) => sum + value * (rest[at] ?? 0), 0);
  const slack = 1 - (7.5 + 2 * waves) / n;
  const found = squares > 0 ? products / squares : 0;
  const phi = Math.min(strongest, Math.max(0, (found + (4.5 + 2 * waves) / n) / slack));
  return { phi, error: Math.sqrt((1 - phi ** 2) / n) / slack };
}

function centred(x: readonly number[]): readonly number[] {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
}
