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
  best[0] = -penalty;
  let candidates: { readonly start: number; until: number }[] = [{ start: 0, until: Infinity }];
  for (let end = shortestSegment; end <= n; end++) {
    const fits = candidates.map(({ start }) => (best[start] ?? 0) + cost(start, end));
    const least = Math.min(...fits);
    best[end] = least + penalty;
    from[end] = candidates[fits.indexOf(least)]?.start ?? 0;
    for (const [at, candidate] of candidates.entries())
      if ((fits[at] ?? 0) - slack > (best[end] ?? 0))
        candidate.until = Math.min(candidate.until, end + shortestSegment);
    candidates = candidates.filter(({ until }) => until > end + 1);
    const opening = end + 1 - shortestSegment;
    if (opening >= shortestSegment) candidates.push({ start: opening, until: Infinity });
  }
  return changesBack(from, n);
}

function changesBack(from: Int32Array, n: number): readonly number[] {
  const changes: number[] = [];
  for (let at = from[n] ?? 0; at > 0; at = from[at] ?? 0) changes.unshift(at);
  return changes;
}
