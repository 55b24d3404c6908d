import { shortestSegment } from './segment-cost.ts';

/**
 * What is left of a series after the better of one step and one line: what varies by itself, also where something
 * changed. Autocorrelation of the raw values would take a step for persistence, and large steps would then hide
 * themselves (Juhl & Xiao, J. Econometrics 148, 2009, on changing means and monotonic power).
 */
export function withoutOneChange(x: readonly number[]): readonly number[] {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const y = x.map((value) => value - mean);
  const [step, line] = [bestStep(y), leastSquares(y)];
  if (step.gain > line.gain) return y.map((value, at) => value - (at < step.at ? step.before : step.after));
  return y.map((value, at) => value - line.slope * (at - (y.length - 1) / 2));
}

/** Of centred values: where one step takes most of the squares away, and the means before and after. */
function bestStep(y: readonly number[]) {
  let [sum, best] = [0, { gain: 0, at: y.length, before: 0, after: 0 }];
  for (const [index, value] of y.entries()) {
    sum += value;
    const [at, rest] = [index + 1, y.length - index - 1];
    if (at < shortestSegment || rest < shortestSegment) continue;
    const gain = (sum ** 2 * y.length) / (at * rest);
    if (gain > best.gain) best = { gain, at, before: sum / at, after: -sum / rest };
  }
  return best;
}

function leastSquares(y: readonly number[]) {
  const middle = (y.length - 1) / 2;
  const both = y.reduce((sum, value, at) => sum + value * (at - middle), 0);
  const squares = y.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return { slope: both / squares, gain: both ** 2 / squares };
}
