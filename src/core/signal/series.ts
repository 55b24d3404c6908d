import { type Kept, leanStates, mergedState, mergedWeeks, readLean, weeksIn } from './kept.ts';
import type { Definition, ReadAt, Sample, Signal } from './signal.ts';
import { day, longestSeries, week, weekOf, type Window } from './week.ts';

/** One week of a signal. A week that says nothing has no point: missing is never zero. */
export interface WeekPoint extends Sample {
  /** Monday 00:00 UTC. */
  readonly week: number;
}

/** What a signal said week by week, oldest first. */
export interface Series {
  readonly signal: string;
  /** The pod, or whatever else the facts were chosen for. */
  readonly scope: string;
  readonly unit: Definition['unit'];
  /** Whole weeks that were looked at; `to` is where the newest judged week ends. */
  readonly window: Window;
  readonly points: readonly WeekPoint[];
}

export interface SeriesAt {
  readonly scope: string;
  /** The series ends with the week of this time, or with the last one of which every change has matured by then. */
  readonly asOf: number;
  readonly weeks?: number;
  /** For breaks and drift: what is watched, not what is shown. */
  readonly isWatched?: boolean;
  /** It must be observable in so many weeks before the end: a custom of years ago is no zero since. Default: in all. */
  readonly observedIn?: number;
}

/** Empty where the signal cannot be observed in this history at all. */
export function seriesOf(signal: Signal, kept: Kept, asked: SeriesAt): Series {
  const { scope, asOf, weeks = longestSeries, isWatched = false, observedIn = weeks } = asked;
  const { maturesAfterDays = 0 } = signal;
  // Of a week that is not over there is something to tell, of one that has not matured as a whole too little.
  const to = maturesAfterDays === 0 ? weekOf(asOf) + week : weekOf(asOf - maturesAfterDays * day);
  const window = { from: to - weeks * week, to };
  const merged = mergedWeeks(signal, kept);
  const recent = { from: Math.max(window.from, to - observedIn * week), to };
  const isHidden = readWindow(signal, merged, { window: recent, asOf }).state === 'not-observable';
  const starts = isHidden
    ? []
    : [...kept.keys()].filter((at) => at >= window.from && at < to).toSorted((a, b) => a - b);
  const points = starts.flatMap((at) => {
    const sample = sampleOf(signal, merged, { window: { from: at, to: at + week }, asOf, isWatched });
    return sample === undefined ? [] : [{ week: at, ...sample }];
  });
  return { signal: signal.id, scope, unit: signal.unit, window, points };
}

type Weeks = ReadonlyMap<number, unknown>;

function sampleOf(
  signal: Signal,
  merged: Weeks,
  { isWatched, ...at }: ReadAt & { readonly isWatched: boolean },
): Sample | undefined {
  const { run } = signal;
  const own = (isWatched ? run.watch : undefined) ?? run.readWeek;
  if (own !== undefined) return own(mergedState(run, weeksIn(signal, merged, at.window)));
  const read = readWindow(signal, merged, at);
  return read.state === 'measured' ? { value: read.value, n: read.n } : undefined;
}

function readWindow(signal: Signal, merged: Weeks, at: ReadAt): ReturnType<Signal['run']['read']> {
  return readLean(signal, leanStates(signal, weeksIn(signal, merged, at.window), at), at);
}
