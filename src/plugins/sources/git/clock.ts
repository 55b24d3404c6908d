import { day } from '../../../core/signal/week.ts';

/** Git itself is younger, and what was brought in from older systems hardly goes back further. */
const first = Date.UTC(1990, 0);
const following = 15;

export interface Clock {
  /** When each change was merged, in order; what cannot be was clamped. */
  readonly times: Float64Array;
  readonly clamped: number;
}

/**
 * Clamps times before 1990 to what came before, and those more than a day ahead of most that follow to these: one wrong
 * clock among them decides nothing. `latest`: nothing is later than this.
 */
export function clampedTimes(written: Float64Array, latest = Infinity): Clock {
  let clamped = 0;
  let before = written.find((time) => time >= first && time <= latest) ?? first;
  const times = written.map((time, at) => {
    const possible = time < first || time > latest ? before : time;
    const plausible = possible === time && isAhead(written, at) ? middleAfter(written, at, time) : possible;
    if (plausible !== time) clamped++;
    before = plausible;
    return plausible;
  });
  return { times, clamped };
}

/** Whether most of those that follow are more than a day earlier. */
function isAhead(written: Float64Array, at: number): boolean {
  const [time = 0, end] = [written[at], Math.min(at + 1 + following, written.length)];
  let earlier = 0;
  for (let next = at + 1; next < end; next++) if ((written[next] ?? 0) < time - day) earlier++;
  return earlier > Math.floor((end - at - 1) / 2);
}

/** Where that cannot be either, the time itself. */
function middleAfter(written: Float64Array, at: number, time: number): number {
  const next = written.slice(at + 1, at + 1 + following).toSorted((a, b) => a - b);
  const middle = next[Math.floor(next.length / 2)] ?? time;
  return middle >= first ? middle : time;
}

/** The earliest author date that can be: a rebase keeps old ones, a wrong clock is left out. */
export function begunAt(dates: readonly number[], mergedAt: number): number {
  const possible = dates.filter((date) => date >= first && date <= mergedAt);
  return possible.reduce((earliest, date) => Math.min(earliest, date), mergedAt);
}
