import { changePenalty, segmentCost, shortestSegment } from './segment-cost.ts';

/**
 * Change points of the mean by PELT (Killick, Fearnhead & Eckley, JASA 107, 2012): the exact optimum of
 * F(t) = min F(s) + C(s, t) + 3 ln n over segments of at least five. Indices of the first observation of each new
 * segment; the values should have variance one (see `segmentation`).
 */
export function pelt(x: readonly number[]): readonly number[] {
  const n = x.length;
  const cost = segmentCost(x);
  const penalty = changePenalty(n);
  // Splitting a segment can add at most ln(n / 4) by the length terms; no candidate is dropped for less than that.
  const slack = Math.max(0, Math.log(n / 4));
  const best = new Float64Array(n + 1);
  const from = new Int32Array(n + 1);
  // What a candidate costs, and the end up to which it may still be the best start.
  const fits = new Float64Array(n + 1);
  const until = new Float64Array(n + 1).fill(Infinity);
  best[0] = -penalty;
  let candidates = [0];
  for (let end = shortestSegment; end <= n; end++) {
    let least = Infinity;
    for (const start of candidates) {
      const fit = (best[start] ?? 0) + cost(start, end);
      fits[start] = fit;
      if (fit < least) [least, from[end]] = [fit, start];
    }
    best[end] = least + penalty;
    for (const start of candidates)
      if ((fits[start] ?? 0) - slack > least + penalty)
        until[start] = Math.min(until[start] ?? 0, end + shortestSegment);
    candidates = candidates.filter((start) => (until[start] ?? 0) > end + 1);
    const opening = end + 1 - shortestSegment;
    if (opening >= shortestSegment) candidates.push(opening);
  }
  return changesBack(from, n);
}

function changesBack(from: Int32Array, n: number): readonly number[] {
  const changes: number[] = [];
  for (let at = from[n] ?? 0; at > 0; at = from[at] ?? 0) changes.unshift(at);
  return changes;
}
