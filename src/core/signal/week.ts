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

/** Whole weeks back from the end of the week that `asOf` falls into: 13 of them, and the 52 before, unless told. */
export function windowsAt(asOf: number, { current = 13, baseline = 52 } = {}): Windows {
  const to = weekOf(asOf) + week;
  const from = to - current * week;
  return { current: { from, to }, baseline: { from: from - baseline * week, to: from } };
}

export function isWithin(time: number, { from, to }: Window): boolean {
  return time >= from && time < to;
}
