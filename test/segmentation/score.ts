/** Scores of the Turing Change Point Dataset (van den Burg & Williams, arXiv 2003.06222); change points are first indices of new segments. */

/** Change points by annotator. */
export type Annotations = Readonly<Record<string, readonly number[]>>;

/** What a detector may say: inside the series. */
export function cleaned(changes: readonly number[], n: number): readonly number[] {
  return rising(changes.filter((at) => at >= 1 && at < n - 1));
}

/** Harmonic mean of precision against all annotators together and recall against each, margin 5; 0 counts as found. */
export function f1(annotations: Annotations, found: readonly number[]): number {
  const each = Object.values(annotations).map((own) => rising([0, ...own]));
  const said = rising([0, ...found]);
  const precision = hits(rising(each.flat()), said) / said.length;
  const recall = mean(each.map((own) => hits(own, said) / own.length));
  return (precision * recall) / (0.5 * recall + 0.5 * precision);
}

/** Mean overlap (Jaccard) of each annotated segment with the best of those found, weighted by length. */
export function cover(annotations: Annotations, found: readonly number[], n: number): number {
  const ours = segments(found, n);
  return mean(
    Object.values(annotations).map((own) =>
      segments(own, n)
        .map(([a, b]) => ((b - a) * Math.max(...ours.map((segment) => overlap([a, b], segment)))) / n)
        .reduce((sum, share) => sum + share, 0),
    ),
  );
}

type Segment = readonly [start: number, end: number];

/** True change points that one still free of those said is near to. */
function hits(truth: readonly number[], said: readonly number[], margin = 5): number {
  const free = new Set(said);
  return truth.filter((at) => {
    const near = [...free].filter((x) => Math.abs(at - x) <= margin);
    const nearest = near.toSorted((a, b) => Math.abs(at - a) - Math.abs(at - b) || a - b)[0];
    return nearest !== undefined && free.delete(nearest);
  }).length;
}

function segments(changes: readonly number[], n: number): readonly Segment[] {
  const bounds = [0, ...rising(changes).filter((at) => at > 0 && at < n), n];
  return bounds.slice(1).map((end, at): Segment => [bounds[at] ?? 0, end]);
}

function overlap([a, b]: Segment, [x, y]: Segment): number {
  return Math.max(0, Math.min(b, y) - Math.max(a, x)) / (Math.max(b, y) - Math.min(a, x));
}

function rising(values: readonly number[]): readonly number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
