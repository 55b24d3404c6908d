/** Ranks from 1; equal values share the middle of theirs. */
export function midRanks(x: readonly number[]): readonly number[] {
  const order = x.map((value, at) => ({ value, at })).toSorted((a, b) => a.value - b.value);
  const ranks = Array.from<number>({ length: x.length });
  for (let first = 0; first < order.length;) {
    let end = first;
    while (end < order.length && order[end]?.value === order[first]?.value) end++;
    for (const { at } of order.slice(first, end)) ranks[at] = (first + end + 1) / 2;
    first = end;
  }
  return ranks;
}
