import { alarmsOf, falseAlarmRate, type Watch } from '../signal/alarms.ts';
import type { Detector } from '../signal/detector.ts';
import type { Kept } from '../signal/kept.ts';
import { seriesOf } from '../signal/series.ts';
import type { Signal } from '../signal/signal.ts';
import { week } from '../signal/week.ts';
import { slopeLevel } from '../signal/suspicion.ts';
import type { Estimate } from '../stats/interval.ts';
import type { AlarmReading, Alarms, SignalReading } from './diagnosis.ts';
import { instant, type Period } from './reading.ts';

export interface Watched {
  readonly id: string;
  readonly kept: ReadonlyMap<string, Kept>;
}

interface Looking {
  readonly signals: readonly Signal[];
  readonly detectors: readonly Detector[];
  readonly repositories: number;
}

/** Looks at every series of every scope of a repository at once, so that the report's rate of false alarms holds over all; by scope. */
export function alarmsIn(
  scopes: readonly Watched[],
  { signals, detectors, repositories }: Looking,
  { asOf, windows }: Period,
): ReadonlyMap<string, Alarms> {
  const { baseline, current } = windows;
  const weeks = { baseline: (baseline.to - baseline.from) / week, current: (current.to - current.from) / week };
  const observedIn = weeks.baseline + weeks.current;
  const series = scopes.flatMap(({ id, kept }) =>
    signals.map((signal) =>
      seriesOf(signal, kept.get(signal.id) ?? new Map(), { scope: id, asOf, isWatched: true, observedIn }),
    ),
  );
  const watches = alarmsOf(series, { detectors, windows: weeks, repositories });
  const known = new Map(signals.map((signal) => [signal.id, signal]));
  return new Map(
    scopes.map(({ id }) => [
      id,
      told(
        watches.filter(({ scope }) => scope === id),
        known,
      ),
    ]),
  );
}

function told(watches: readonly Watch[], known: ReadonlyMap<string, Signal>): Alarms {
  const watched = watches.flatMap((watch) => (watch.state === 'watched' ? [watch] : []));
  const found = watched.flatMap(({ signal, alarms }) =>
    alarms.map(({ kind, at, from, to, perYear, p, detectors }) => ({
      kind,
      signal,
      ...ofWhat(known.get(signal)?.watched),
      at: instant(at),
      from,
      to,
      ...slopeOf(perYear),
      p,
      reads: readsOf(to - from, known.get(signal)?.worse ?? 'neither'),
      detectors: [...detectors],
    })),
  );
  const short = watches.flatMap((watch) => (watch.state === 'too-short' ? [watch] : []));
  const [longest] = short.toSorted((a, b) => b.weeks - a.weeks);
  const why = `no series is long enough: ${longest?.weeks ?? 0} of ${longest?.needed ?? 0} weeks with data`;
  return {
    found,
    rate: falseAlarmRate,
    looked: watched.map(({ signal }) => signal),
    tooShort: short.map(({ signal, weeks, needed }) => ({ signal, weeks, needed })),
    ...(watched.length === 0 ? { notLooked: why } : {}),
  };
}

/** What has no figure is not described either: why stands beside it. */
export function ofDescribed(alarms: Alarms, readings: ReadonlyMap<string, SignalReading>): Alarms {
  const isDescribed = (signal: string): boolean => readings.get(signal)?.now.state === 'measured';
  return { ...alarms, tooShort: alarms.tooShort.filter(({ signal }) => isDescribed(signal)) };
}

function slopeOf(perYear: Estimate | undefined): Pick<AlarmReading, 'perYear'> {
  if (perYear === undefined) return {};
  const { value, lo, hi } = perYear;
  return { perYear: { value, band: { lo: Math.min(lo, value), hi: Math.max(hi, value), level: slopeLevel } } };
}

function ofWhat(watched: string | undefined): { readonly of?: string } {
  return watched === undefined ? {} : { of: watched };
}

function readsOf(by: number, worse: Signal['worse']): 'better' | 'worse' | 'neither' {
  if (worse === 'neither' || by === 0) return 'neither';
  return by > 0 === (worse === 'higher') ? 'worse' : 'better';
}
