/** The candidate that `word` most likely meant, or undefined when none is near enough to be worth saying. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limit)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** `: did you mean \`x\`?` or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : `: did you mean \`${meant}\`?`;
}

interface Naming<T> {
  /** In lower case. */
  readonly namesOf: (one: T) => readonly string[];
  readonly idOf: (one: T) => string;
}

/** What is called so, else the one thing that begins so; else words that hint at what may be meant. Tables cut names, with an ellipsis. */
export function meantBy<T>(word: string, all: readonly T[], { namesOf, idOf }: Naming<T>): readonly T[] | string {
  const wanted = word.toLowerCase().replace(/\s*(?:…|\.{3})$/, '');
  const named = all.filter((one) => namesOf(one).includes(wanted));
  if (named.length > 0) return named;
  const begun = all.filter((one) => namesOf(one).some((name) => name.startsWith(wanted)));
  const ids = new Set(begun.map(idOf));
  if (ids.size === 1) return begun;
  return ids.size === 0 ? didYouMean(word, all.flatMap(namesOf)) : `: expected one of ${[...ids].join(', ')}`;
}

/** Optimal string alignment: insert, delete, replace, and swap of neighbours cost 1 each. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
