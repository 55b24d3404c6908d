import type { Random } from '../stats/random.ts';
import { stationary } from '../stats/stationary.ts';
import { yearlyAdjustment } from '../stats/yearly.ts';
import type { Series, WeekPoint } from './series.ts';
import { scaled, type Watched } from './watched.ts';
import { fewestBaseline, week, type WindowWeeks } from './week.ts';

/** A series made ready to be looked at, together with what it would look like if nothing changed. */
export interface Look {
  readonly state: 'watched';
  readonly signal: string;
  readonly scope: string;
  readonly unit: Series['unit'];
  readonly isSeasonal: boolean;
  /** Of the baseline and the current window. */
  readonly points: readonly WeekPoint[];
  readonly watched: Watched;
  /** Another one like it, in which nothing changes. */
  readonly draw: (random: Random) => Watched;
}

interface TooShort {
  readonly state: 'too-short';
  readonly signal: string;
  readonly scope: string;
  readonly weeks: number;
  readonly needed: number;
}

/** Baseline and current window are looked at; all of the series tells of its rhythm and its persistence. */
export function lookAt(series: Series, windows: WindowWeeks): Look | TooShort {
  const { signal, scope, unit, points, window } = series;
  const since = (weeks: number): number => points.filter((point) => point.week >= window.to - weeks * week).length;
  const all = since(windows.baseline + windows.current);
  const baseline = all - since(windows.current);
  if (baseline < fewestBaseline) return { state: 'too-short', signal, scope, weeks: baseline, needed: fewestBaseline };
  const yearly = yearlyAdjustment(points.map((point) => point.week));
  const { values, shares } = scaled(series);
  const adjusted = yearly.adjust(values);
  const nothing = stationary(adjusted, yearly);
  const recent = shares === undefined ? {} : { shares: shares.slice(-all) };
  const ready = (x: readonly number[]): Watched => ({ values: x.slice(-all), baseline, ...recent });
  return {
    state: 'watched',
    signal,
    scope,
    unit,
    isSeasonal: yearly.waves > 0,
    points: points.slice(-all),
    watched: ready(adjusted),
    draw: (random) => ready(nothing(random)),
  };
}
