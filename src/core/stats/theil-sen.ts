import { median } from 'simple-statistics';

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** Theil (1950) and Sen (JASA 63, 1968): the median of the slopes between all pairs; `t` are distinct, rising times. */
export function theilSen(x: readonly number[], t: readonly number[] = x.map((_, at) => at)): Line {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < x.length; i++)
    for (let j = i + 1; j < x.length; j++) slopes[pair++] = ((x[j] ?? 0) - (x[i] ?? 0)) / ((t[j] ?? 0) - (t[i] ?? 0));
  const slope = middle(slopes.toSorted());
  return { slope, intercept: median([...x]) - median([...t]) * slope };
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
