import { withoutOneChange } from './one-change.ts';

const year = 365.2425 * 86_400_000;
/** Over less time a rhythm cannot be told from a change. */
const leastYears = 1.95;

export interface Yearly {
  /** 1 where a yearly wave is left out; else 0. */
  readonly waves: number;
  /** Values at the given times without the wave. */
  readonly adjust: (x: readonly number[]) => readonly number[];
}

/**
 * Leaves out one wave a year, by least squares on what the better of one step and one line leaves, so that a change is
 * not taken for a part of the wave (harmonic regression: Bloomfield 1976, "Fourier Analysis of Time Series").
 */
export function yearlyAdjustment(times: readonly number[]): Yearly {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (span < leastYears * year) return { waves: 0, adjust: (x) => x };
  const angles = times.map((time) => (2 * Math.PI * time) / year);
  const basis: (readonly number[])[] = [];
  for (const column of [angles.map(() => 1), angles.map(Math.cos), angles.map(Math.sin)])
    basis.push(unit(subtract(column, projection(column, basis))));
  // Twice: the change is found better once most of the wave is gone, and the wave once the change is.
  const less = (x: readonly number[]): readonly number[] =>
    subtract(x, projection(withoutOneChange(x), basis.slice(1)));
  return { waves: 1, adjust: (x) => less(less(x)) };
}

function projection(x: readonly number[], basis: readonly (readonly number[])[]): readonly number[] {
  const along = basis.map((vector) => vector.reduce((sum, value, at) => sum + value * (x[at] ?? 0), 0));
  return x.map((_, at) => basis.reduce((sum, vector, index) => sum + (along[index] ?? 0) * (vector[at] ?? 0), 0));
}

function subtract(x: readonly number[], y: readonly number[]): readonly number[] {
  return x.map((value, at) => value - (y[at] ?? 0));
}

function unit(x: readonly number[]): readonly number[] {
  const length = Math.sqrt(x.reduce((sum, value) => sum + value ** 2, 0));
  return x.map((value) => value / length);
}
