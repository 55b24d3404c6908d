import { type Alarm, alarmsOf, type Watch } from '../../src/core/signal/alarms.ts';
import type { Fact } from '../../src/core/signal/fact.ts';
import { keep, type Kept } from '../../src/core/signal/kept.ts';
import { type Series, seriesOf } from '../../src/core/signal/series.ts';
import { week } from '../../src/core/signal/week.ts';
import { seededRandom } from '../../src/core/stats/random.ts';
import { detectors } from '../../src/plugins/detectors/index.ts';
import { signals } from '../../src/plugins/signals/index.ts';
import { start } from '../make/facts.ts';
import { autoregressive, climates, history, type Planted, progress } from './histories.ts';

/** Weeks of a history: two to four years. */
const lengths = [104, 130, 156, 208] as const;

export type ClimateName = keyof typeof climates;

/** The series of a report over all signals, of one history; the same number gives the same one. */
export function reportOf(name: ClimateName, number: number, planted?: Planted): readonly Series[] {
  const random = seededRandom(1000 * Object.keys(climates).indexOf(name) + number);
  const weeks = lengths[number % lengths.length] ?? 104;
  const facts = history(climates[name](weeks, random), random, planted);
  return signals.map((signal) => seriesOf(signal, keptOf(signal, facts), { scope: 'pod', asOf: endOf(weeks) - 1 }));
}

/** Twelve series of nothing but autocorrelated noise, which counting in a history would dilute; one may change, by sds. */
export function bareReport(phi: number, number: number, planted?: Planted): readonly Series[] {
  const random = seededRandom(7000 + 1000 * phi + number);
  const weeks = lengths[number % lengths.length] ?? 104;
  return Array.from({ length: 12 }, (_, at) => ({
    signal: `noise-${at}`,
    scope: 'pod',
    unit: 'index',
    window: { from: start, to: endOf(weeks) },
    points: autoregressive(weeks, phi, random).map((value, n) => {
      const moved = at === 0 && planted !== undefined ? planted.to * progress(planted, n, weeks) : 0;
      return { week: start + n * week, value: value + moved, n: 20 };
    }),
  }));
}

export function calibrated(report: readonly Series[]): readonly Watch[] {
  return alarmsOf(report, { detectors });
}

export function alarmsIn(watches: readonly Watch[], signal?: string): readonly Alarm[] {
  const chosen = watches.filter((each) => signal === undefined || each.signal === signal);
  return chosen.flatMap((each) => (each.state === 'watched' ? each.alarms : []));
}

function keptOf(signal: (typeof signals)[number], facts: readonly Fact[]): Kept {
  const kept: Kept = new Map();
  for (const fact of facts) keep(signal, kept, fact);
  return kept;
}

function endOf(weeks: number): number {
  return start + weeks * week;
}
