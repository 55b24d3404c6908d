import { holm } from '../stats/holm.ts';
import type { Estimate } from '../stats/interval.ts';
import type { Detector } from './detector.ts';
import { type Look, lookAt } from './look.ts';
import type { Series } from './series.ts';
import { suspicionsOf } from './suspicion.ts';
import { usualWeeks, type WindowWeeks } from './week.ts';

/** On histories in which nothing changes, a report raises any alarm with at most this probability. */
export const falseAlarmRate = 0.1;

/** Something changed. Levels are in the signal's own unit. */
export interface Alarm {
  readonly kind: 'break' | 'drift';
  /** First week of the new level; of a drift the first week that was looked at. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Of a drift: change in 52 weeks with data, with its interval (`slopeLevel`). */
  readonly perYear?: Estimate;
  /** How often chance alone would raise it, adjusted over all series of the report. */
  readonly p: number;
  /** Ids. */
  readonly detectors: readonly string[];
}

/** What was made of one series. */
export type Watch = { readonly signal: string; readonly scope: string } & (
  | {
      readonly state: 'watched';
      /** Adjusted, of whatever stands out most; 1 where nothing does. */
      readonly p: number;
      readonly alarms: readonly Alarm[];
      /** Two years or more: a yearly rhythm was left out. With less it cannot be told from a change. */
      readonly isSeasonal: boolean;
    }
  /** Fewer weeks with data than are needed to know what is usual: described, not watched. */
  | { readonly state: 'too-short'; readonly weeks: number; readonly needed: number }
);

export interface Watching {
  readonly detectors: readonly Detector[];
  /** Weeks that the baseline and the current window have; both are looked at, older weeks tell what is usual. */
  readonly windows?: WindowWeeks;
  /** That the report has: each may use an equal share of the rate (Bonferroni), since they are read one after the other. */
  readonly repositories?: number;
  readonly seed?: number;
}

/** Draws that are enough for a p so small that it stays small when it is adjusted over so many series. */
const fewestDraws = 999;
const drawsEach = 60;

/** Every series of a repository at once, in the order given: the rate holds over all of them, and all of the report, together. */
export function alarmsOf(series: readonly Series[], watching: Watching): readonly Watch[] {
  const { windows = usualWeeks, repositories = 1, seed = 1 } = watching;
  const draws = Math.max(fewestDraws, drawsEach * series.length * repositories);
  const looks = series.map((each) => lookAt(each, windows));
  const watched = looks.filter((look) => look.state === 'watched');
  const suspicions = watched.map((look) => suspicionsOf(look, watching.detectors, { seed, draws }));
  const least = suspicions.map((each) => Math.min(1, ...each.map(({ p }) => p)));
  const adjusted = holm(least).map((p) => Math.min(1, p * repositories));
  return looks.map((look) => {
    if (look.state === 'too-short') return look;
    const at = watched.indexOf(look);
    return watchOf(look, suspicions[at] ?? [], { least: least[at] ?? 1, adjusted: adjusted[at] ?? 1 });
  });
}

/** What Holm does to the least p of a series it does to all of them. */
function watchOf(
  look: Look,
  suspicions: readonly Alarm[],
  p: { readonly least: number; readonly adjusted: number },
): Watch {
  const alarms = suspicions.map((alarm) => ({ ...alarm, p: Math.min(1, (alarm.p * p.adjusted) / p.least) }));
  return {
    signal: look.signal,
    scope: look.scope,
    state: 'watched',
    p: p.adjusted,
    isSeasonal: look.isSeasonal,
    alarms: alarms.filter((alarm) => alarm.p <= falseAlarmRate),
  };
}
