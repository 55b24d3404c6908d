import { median, quickselect } from 'simple-statistics';

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** Theil (1950) and Sen (JASA 63, 1968): the median of the slopes between all pairs; `t` are distinct, rising times. */
export function theilSen(x: readonly number[], t: readonly number[] = x.map((_, at) => at)): Line {
  // Pushed, they stay plain numbers to V8, and take half the time; chance is asked a thousand times.
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i++)
    for (let j = i + 1; j < x.length; j++) slopes.push(((x[j] ?? 0) - (x[i] ?? 0)) / ((t[j] ?? 0) - (t[i] ?? 0)));
  const slope = middle(slopes);
  return { slope, intercept: median([...x]) - median([...t]) * slope };
}

/** The median; changes the order of its argument. */
function middle(values: number[]): number {
  const half = values.length >> 1;
  quickselect(values, half);
  const upper = values[half] ?? 0;
  if (values.length % 2 === 1) return upper;
  let lower = -Infinity;
  for (let at = 0; at < half; at++) lower = Math.max(lower, values[at] ?? 0);
  return (lower + upper) / 2;
}
