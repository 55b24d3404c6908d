import { changePenalty, segmentCost, shortestSegment } from './segment-cost.ts';

/** Change points by binary segmentation (Scott & Knott, Biometrics 30, 1974), with PELT's cost and penalty: a cross-check. */
export function binarySegmentation(x: readonly number[]): readonly number[] {
  const cost = segmentCost(x);
  const penalty = changePenalty(x.length);
  const split = (start: number, end: number): readonly number[] => {
    let best = 0;
    let gain = penalty;
    for (let at = start + shortestSegment; at <= end - shortestSegment; at++) {
      const saved = cost(start, end) - cost(start, at) - cost(at, end);
      if (saved > gain) [best, gain] = [at, saved];
    }
    return best === 0 ? [] : [...split(start, best), best, ...split(best, end)];
  };
  return split(0, x.length);
}
