/** Shortest segment that is looked for, in observations. */
export const shortestSegment = 5;

/** Cost of one segment, from `start` to before `end`. */
export type SegmentCost = (start: number, end: number) => number;

/**
 * Gaussian mean cost with the length term of the modified BIC (Zhang & Siegmund, Biometrics 63, 2007):
 * sum of squares about the segment's mean + ln(length); the values have variance one.
 */
export function segmentCost(x: readonly number[]): SegmentCost {
  const sums = new Float64Array(x.length + 1);
  const squares = new Float64Array(x.length + 1);
  const logs = new Float64Array(x.length + 1);
  for (let at = 0; at < x.length; at++) {
    const value = x[at] ?? 0;
    sums[at + 1] = (sums[at] ?? 0) + value;
    squares[at + 1] = (squares[at] ?? 0) + value * value;
    logs[at + 1] = Math.log(at + 1);
  }
  return (start, end) => {
    const sum = (sums[end] ?? 0) - (sums[start] ?? 0);
    return (squares[end] ?? 0) - (squares[start] ?? 0) - (sum * sum) / (end - start) + (logs[end - start] ?? 0);
  };
}

/** What one more change point must save: 3 ln n; the lengths' terms are in the cost. */
export function changePenalty(n: number): number {
  return 3 * Math.log(n);
}
