import type { Sample } from './signal.ts';
import { count, mergeTally, type Tally, total } from './tally.ts';

/**
 * Quantiles of positive numbers to 1 %, mergeable, in logarithmic bins (Masson, Rim & Lee 2019, "DDSketch", VLDB 12).
 * Zero and less have a bin of their own, and count as zero. The quantile at q is the smallest of the values that q of them
 * at least do not exceed (Hyndman & Fan 1996, Am. Stat. 50, type 1): of an even number the median is the lower middle one.
 */
export type Sketch = Tally<number>;

const accuracy = 0.01;
const base = Math.log((1 + accuracy) / (1 - accuracy));
const across = Math.exp(base) + 1;
const atMostZero = Number.NEGATIVE_INFINITY;

export function note(sketch: Sketch, value: number): Sketch {
  count(sketch, value > 0 ? Math.ceil(Math.log(value) / base) : atMostZero);
  return sketch;
}

export const mergeSketch = mergeTally<number>;
export const sizeOf = (sketch: Sketch): number => total(sketch);

/** Undefined of nothing. `q` in [0, 1]. */
export function quantileOf(sketch: Sketch, q: number): number | undefined {
  return quantilesOf(sketch, [q])[0];
}

/** Several at once; none of nothing. `wanted` from the smallest to the largest. */
export function quantilesOf(sketch: Sketch, wanted: readonly number[]): readonly number[] {
  let [n, last, isSorted] = [0, atMostZero, true];
  sketch.forEach((many, bin) => {
    isSorted &&= bin >= last;
    last = bin;
    n += many;
  });
  if (!isSorted) return quantilesOf(new Map([...sketch].toSorted(([a], [b]) => a - b)), wanted);
  const ranks = wanted.map((q) => rankAt(q, n));
  const found: number[] = [];
  let below = 0;
  sketch.forEach((many, bin) => {
    below += many;
    while (below >= (ranks[found.length] ?? Infinity)) found.push(valueOf(bin));
  });
  return found;
}

/** Which of `n` values, smallest first, is the quantile; 0.55 of 100 is 55, and a bit more in floating point. */
function rankAt(q: number, n: number): number {
  return Math.max(1, Math.ceil(q * n - 1e-9 * n));
}

/** How many are larger. */
export function countAbove(sketch: Sketch, value: number): number {
  let sum = 0;
  sketch.forEach((n, bin) => (sum += valueOf(bin) > value ? n : 0));
  return sum;
}

/** Fewer than three have no middle to speak of. */
export function weeklyMedian(sketch: Sketch): Sample | undefined {
  const [n, value] = [sizeOf(sketch), quantileOf(sketch, 0.5)];
  return n < 3 || value === undefined ? undefined : { value, n };
}

/** Values with how often each is there. */
export type Counted = readonly (readonly [value: number, n: number])[];

/** The same of values as `quantileOf` of a sketch; undefined of nothing. */
export function quantileIn(values: Counted, q: number): number | undefined {
  const rank = rankAt(q, countOf(values));
  let below = 0;
  return inOrder(values).find(([, n]) => {
    below += n;
    return below >= rank;
  })?.[0];
}

/** Most are in order: those of one sketch. */
function inOrder(values: Counted): Counted {
  const isSorted = values.every(([value], at) => at === 0 || value >= (values[at - 1]?.[0] ?? value));
  return isSorted ? values : values.toSorted(([a], [b]) => a - b);
}

export function countOf(values: Counted): number {
  return values.reduce((sum, [, n]) => sum + n, 0);
}

/** Standard deviation of the logarithms by their median absolute deviation; what is at most zero is left out. */
export function logSpread(values: Counted): number | undefined {
  const logs = values.flatMap(([value, n]) => (value > 0 ? [[Math.log(value), n] as const] : []));
  const centre = quantileIn(logs, 0.5);
  if (centre === undefined) return undefined;
  const deviations = logs.map(([log, n]) => [Math.abs(log - centre), n] as const);
  return 1.4826 * (quantileIn(deviations, 0.5) ?? 0);
}

export function momentsOf(values: Counted): { readonly mean: number; readonly sd: number } {
  const n = countOf(values);
  const mean = values.reduce((sum, [value, by]) => sum + by * value, 0) / n;
  const squares = values.reduce((sum, [value, by]) => sum + by * (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / n) };
}

/** What is in all of them, smallest first, with how often. Counted by place: each draw asks it of the sketches of a year. */
export function valuesOf(...sketches: readonly Sketch[]): Counted {
  let [first, last, none] = [Infinity, -Infinity, 0];
  for (const sketch of sketches)
    sketch.forEach((n, bin) => {
      if (bin === atMostZero) none += n;
      else {
        if (bin < first) first = bin;
        if (bin > last) last = bin;
      }
    });
  const counts = new Float64Array(last < first ? 0 : last - first + 1);
  for (const sketch of sketches)
    sketch.forEach((n, bin) => {
      if (bin !== atMostZero) counts[bin - first] = (counts[bin - first] ?? 0) + n;
    });
  const values: (readonly [number, number])[] = none > 0 ? [[0, none]] : [];
  counts.forEach((n, at) => {
    if (n > 0) values.push([valueOf(first + at), n]);
  });
  return values;
}

function valueOf(bin: number): number {
  return bin === atMostZero ? 0 : (2 * Math.exp(base * bin)) / across;
}
