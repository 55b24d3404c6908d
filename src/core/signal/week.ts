/** Milliseconds of a day and of an ISO week; UTC has no days of other lengths. */
export const day = 86_400_000;
export const week = 7 * day;

/** Monday 00:00 UTC of 1970's first whole ISO week. */
const firstMonday = 4 * day;

/** Monday 00:00 UTC of the ISO week that a time falls into. */
export function weekOf(time: number): number {
  return Math.floor((time - firstMonday) / week) * week + firstMonday;
}

/** Half-open: from inclusive, to exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Windows {
  /** The last weeks, up to `asOf`. */
  readonly current: Window;
  /** The weeks before them. */
  readonly baseline: Window;
}

export interface WindowWeeks {
  readonly current: number;
  readonly baseline: number;
}

/** How long windows are, unless factum.yaml says otherwise. */
export const usualWeeks: WindowWeeks = { current: 13, baseline: 52 };

/** Fewer weeks with data say too little of what is usual. */
export const fewestBaseline = 26;

/** How far back a series goes: four years tell a yearly rhythm from a change, and older weeks tell little of today. */
export const longestSeries = 208;

const longestWindow = 52;

/** What may be asked for; both windows are within a series. */
export const weekBounds = {
  current: { least: 4, most: longestWindow },
  baseline: { least: fewestBaseline, most: longestSeries - longestWindow },
} as const;

/** Whole weeks back from the end of the week that `asOf` falls into, and those before them. */
export function windowsAt(asOf: number, { current, baseline }: WindowWeeks = usualWeeks): Windows {
  const to = weekOf(asOf) + week;
  const from = to - current * week;
  return { current: { from, to }, baseline: { from: from - baseline * week, to: from } };
}

export function isWithin(time: number, { from, to }: Window): boolean {
  return time >= from && time < to;
}
