import type { Hunk } from './commit.ts';

/** Who added a file's lines, from its first to its last: pairs of an origin and how many lines in a row it added. */
export type Runs = readonly number[];

/** Lines that were there before anybody looked, however many. */
export const unknown = -1;
export const unknownRuns: Runs = [unknown, Infinity];

/** Called for lines that are gone, with what took them. */
export type Gone = (origin: number, lines: number, hunk: Hunk) => void;

/** The runs after a difference without context: hunks in order, in lines of the old file. */
export function applied(runs: Runs, hunks: readonly Hunk[], origin: number, gone: Gone): Runs {
  const after: number[] = [];
  let at = 0;
  let used = 0;

  function pass(lines: number, take: (from: number, many: number) => void): void {
    for (let left = lines; left > 0 && at < runs.length;) {
      const [from = unknown, all = 0] = [runs[at], runs[at + 1]];
      const many = Math.min(left, all - used);
      if (many > 0) take(from, many);
      left -= many;
      used += many;
      if (used >= all) {
        at += 2;
        used = 0;
      }
    }
  }
  const keep = (from: number, many: number): void => push(after, from, many);

  let line = 0;
  for (const hunk of hunks) {
    const { oldStart, oldLines, newLines } = hunk;
    // Without old lines a hunk names the line after which it adds.
    const first = oldLines === 0 ? oldStart : oldStart - 1;
    pass(first - line, keep);
    pass(oldLines, (from, many) => gone(from, many, hunk));
    push(after, origin, newLines);
    line = first + oldLines;
  }
  pass(Infinity, keep);
  return after;
}

function push(runs: number[], origin: number, lines: number): void {
  if (lines === 0) return;
  const last = runs.length - 1;
  if (runs[last - 1] === origin) runs[last] = (runs[last] ?? 0) + lines;
  else runs.push(origin, lines);
}
