import type { Definition } from '../signal/signal.ts';
import { normalQuantile, twoSidedP } from '../stats/normal.ts';
import type { Band, Change, Computed, Figure, TooLittle } from './figure.ts';

/** Of every band in a diagnosis. */
export const level = 0.8;
const tail = (1 - level) / 2;

/** Between the quantiles of the draws, and around the value. */
export function bandOf(drawn: readonly number[], value: number): Band {
  if (drawn.length === 0) return { lo: value, hi: value, level };
  const sorted = drawn.toSorted((a, b) => a - b);
  return { lo: Math.min(value, rank(sorted, tail)), hi: Math.max(value, rank(sorted, 1 - tail)), level };
}

/**
 * Draws around the value: in a draw with putting back fewer people turn up than there are, which moves what counts them.
 * In place of a draw that says nothing, which has too few observations for it, stands one that does: the value itself would
 * make a figure of few observations the surest. What has no negative values, or none above 1, gets none.
 */
export function centred(drawn: readonly number[], value: number, unit: Definition['unit']): readonly number[] {
  const said = drawn.filter((each) => !Number.isNaN(each));
  const isFree = unit === 'days' || unit === 'ratio';
  const by = said.length === 0 || isFree ? 0 : value - medianOf(said);
  const most = (unit === 'share' || unit === 'index') && value <= 1 ? 1 : Infinity;
  const least = value >= 0 ? 0 : -Infinity;
  return drawn.map((each, at) => {
    const own = Number.isNaN(each) ? said[at % said.length] : each;
    return own === undefined ? value : Math.min(most, Math.max(least, own + by));
  });
}

/**
 * Draws whose median is the value and whose band is the same around it: what is added to a share for what was not seen
 * lies on one side (Jeffreys), and what follows from the draws would follow from another number than the one that is shown.
 */
export function aroundValue(drawn: readonly number[], value: number): readonly number[] {
  const sorted = drawn.toSorted((a, b) => a - b);
  const [lo, hi] = [rank(sorted, tail), rank(sorted, 1 - tail)];
  // Both in the middle of an even number: where less is worse, the median is the other one.
  const half = (sorted.length - 1) / 2;
  const [lower = NaN, upper = NaN] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  const below = (x: number): number =>
    x <= lo || lo > value ? Math.min(x, value) : between(lo, value, (x - lo) / (lower - lo));
  const above = (x: number): number =>
    x >= hi || hi < value ? Math.max(x, value) : between(value, hi, (x - upper) / (hi - upper));
  return drawn.map((x) => (x < lower ? below(x) : x > upper ? above(x) : value));
}

/** Never outside of the two by rounding: a share stays one. */
function between(from: number, to: number, part: number): number {
  return Math.min(to, Math.max(from, from + part * (to - from)));
}

/** Median and band of what was computed in each draw. */
export function computedOf(drawn: readonly number[]): Computed {
  const value = medianOf(drawn);
  return { state: 'computed', value, band: bandOf(drawn, value) };
}

export function medianOf(drawn: readonly number[]): number {
  return rank(
    drawn.toSorted((a, b) => a - b),
    0.5,
  );
}

function rank(sorted: readonly number[], q: number): number {
  return sorted[Math.round(q * (sorted.length - 1))] ?? NaN;
}

/**
 * The difference of two measured figures, with a band made of theirs (MOVER: Zou & Donner, Stat. Med. 27, 2008; for
 * shares Newcombe, Stat. Med. 17, 1998): no change is clear whose band holds 0.
 */
export function changeOf(now: Figure, before: Figure, worse: Definition['worse']): Change {
  if (now.state !== 'measured') return now;
  if (before.state !== 'measured') return before;
  const by = now.value - before.value;
  const lo = by - Math.hypot(now.value - now.band.lo, before.band.hi - before.value);
  const hi = by + Math.hypot(now.band.hi - now.value, before.value - before.band.lo);
  const band = { lo, hi, level };
  if (lo <= 0 && hi >= 0) return { state: 'unclear', band };
  const reads = worse === 'neither' ? worse : by > 0 === (worse === 'higher') ? 'worse' : 'better';
  return { state: 'clear', by, band, reads };
}

/** Two-sided probability of such a change by chance alone, as its band tells (normal); 1 where there is none. */
export function chanceOf(change: Change): number {
  if (change.state !== 'clear') return 1;
  const { by, band } = change;
  // The half of the band that lies towards 0.
  const half = by > 0 ? by - band.lo : band.hi - by;
  const error = half / normalQuantile(1 - tail);
  return error > 0 ? twoSidedP(by / error) : 0;
}

/**
 * First-order share of an input in the variance of a result: between the means of bins of the input, without what
 * chance alone puts between them (given-data Sobol index, Plischke, Borgonovo & Smith 2013, EJOR 226; epsilon squared,
 * Kelley 1935, PNAS 21).
 */
export function firstOrderShare(input: readonly number[], result: readonly number[]): number {
  const n = Math.min(input.length, result.length);
  const order = Array.from({ length: n }, (_, at) => at).toSorted((a, b) => (input[a] ?? 0) - (input[b] ?? 0));
  if (n < 2 * bins || input[order[0] ?? 0] === input[order[n - 1] ?? 0]) return 0;
  const mean = result.reduce((sum, each) => sum + each, 0) / n;
  const total = result.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  let within = 0;
  for (let bin = 0; bin < bins; bin++) {
    const own = order
      .slice(Math.round((bin * n) / bins), Math.round(((bin + 1) * n) / bins))
      .map((at) => result[at] ?? 0);
    const middle = own.reduce((sum, each) => sum + each, 0) / own.length;
    within += own.reduce((sum, each) => sum + (each - middle) ** 2, 0);
  }
  if (total <= Number.EPSILON * n) return 0;
  return Math.min(1, Math.max(0, 1 - within / (n - bins) / (total / (n - 1))));
}
const bins = 20;

export function notEnough(n: number, needed: number, of: string): TooLittle {
  return { state: 'not-enough-data', n, needed, of };
}
