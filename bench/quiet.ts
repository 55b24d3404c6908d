import { type Alarm, falseAlarmRate, type Watch } from '../src/core/signal/alarms.ts';
import type { Series } from '../src/core/signal/series.ts';
import { week } from '../src/core/signal/week.ts';
import { wilsonInterval } from '../src/core/stats/proportion-interval.ts';
import { climates, type Planted } from '../test/quiet/histories.ts';
import { promised } from './promise.ts';
import { alarmsIn, bareReport, calibrated, type ClimateName, reportOf } from '../test/quiet/watch.ts';

// Prints the tables of docs/validation.md on false alarms and planted changes: `npm run quiet`. Takes minutes.

const quietEach = 40;
const plantedEach = 15;
const names = Object.keys(climates) as readonly ClimateName[];
const times: number[] = [];

function timed(report: readonly Series[]): readonly Watch[] {
  const from = process.cpuUsage().user;
  const watches = calibrated(report);
  times.push((process.cpuUsage().user - from) / 1000);
  return watches;
}

const numbers = (many: number): readonly number[] => Array.from({ length: many }, (_, number) => number);
const row = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);
const share = (k: number, n: number): string => {
  const { lo, hi } = wilsonInterval({ k, n });
  return `${k}/${n} = ${(k / n).toFixed(2)} [${lo.toFixed(2)}, ${hi.toFixed(2)}]`;
};

function quiet(name: string, make: (number: number) => readonly Series[]): number {
  const all = numbers(quietEach).map((number) => timed(make(number)));
  const raised = all.map((watches) => alarmsIn(watches));
  const any = raised.filter((alarms) => alarms.length > 0).length;
  const kinds = raised.flat().map(({ kind }) => kind);
  const watched = all.flat().filter(({ state }) => state === 'watched').length / quietEach;
  const breaks = kinds.filter((kind) => kind === 'break').length;
  row(name, watched.toFixed(1), share(any, quietEach), breaks, kinds.length - breaks);
  return any;
}

row('nothing changes', 'series watched', 'reports with any alarm', 'breaks', 'drifts');
row('---', '---', '---', '---', '---');
const any = names.map((name) => quiet(name, (number) => reportOf(name, number)));
row(
  '**all histories**',
  '',
  `**${share(
    any.reduce((sum, each) => sum + each, 0),
    names.length * quietEach,
  )}**`,
  '',
  '',
);
for (const phi of [0, 0.3, 0.6, 0.8]) quiet(`bare noise, AR(1) ${phi}`, (number) => bareReport(phi, number));
console.log('');
promised({
  what: 'histories in which nothing changes, and something is raised',
  measured: any.reduce((sum, each) => sum + each, 0) / (names.length * quietEach),
  unit: 'of all',
  bound: 'limit',
  value: falseAlarmRate,
});
promisedTime('alarms of a report in which nothing changes');

const found = { latency: 'decision-latency', reviews: 'review-density', faults: 'corrected-changes' } as const;
const plants: readonly (readonly [string, Planted])[] = [
  ['latency 2 -> 3 days, 10 weeks ago', { what: 'latency', to: 1.5, how: 'step', since: 10 }],
  ['latency 2 -> 4 days, 10 weeks ago', { what: 'latency', to: 2, how: 'step', since: 10 }],
  ['latency 2 -> 4 days, 30 weeks ago', { what: 'latency', to: 2, how: 'step', since: 30 }],
  ['latency 2 -> 4 days over 65 weeks', { what: 'latency', to: 2, how: 'ramp', since: 65 }],
  ['reviews 60 -> 45 %, 10 weeks ago', { what: 'reviews', to: 0.45, how: 'step', since: 10 }],
  ['reviews 60 -> 30 %, 10 weeks ago', { what: 'reviews', to: 0.3, how: 'step', since: 10 }],
  ['corrected 3 -> 12 %, 15 weeks ago', { what: 'faults', to: 0.12, how: 'step', since: 15 }],
];

row('planted', 'climate', 'found', 'as what it is', 'within 5 weeks', 'alarms on other signals');
row('---', '---', '---', '---', '---', '---');
for (const [title, planted] of plants)
  for (const name of ['constant', 'autocorrelated, .6'] as const)
    plantedRow(title, name, {
      planted,
      signal: found[planted.what],
      make: (number) => reportOf(name, number, planted),
    });

for (const phi of [0, 0.3, 0.6])
  for (const sd of [1.5, 2, 3])
    for (const [how, since] of [
      ['step', 10],
      ['step', 30],
      ['ramp', 65],
    ] as const) {
      const planted: Planted = { what: 'latency', to: sd, how, since };
      const title = how === 'step' ? `step of ${sd} sd, ${since} weeks ago` : `slope of ${sd} sd over 65 weeks`;
      const make = (number: number): readonly Series[] => bareReport(phi, number, planted);
      plantedRow(title, `bare noise, AR(1) ${phi}`, { planted, signal: 'noise-0', make });
    }
console.log('');
promisedTime('alarms of a report with one change');

interface Trial {
  readonly planted: Planted;
  /** Where it should be seen. */
  readonly signal: string;
  readonly make: (number: number) => readonly Series[];
}

function plantedRow(title: string, name: string, { planted: { how, since }, signal, make }: Trial): void {
  const reports = numbers(plantedEach).map((number) => {
    const report = make(number);
    return { report, watches: timed(report) };
  });
  const own = reports.map(({ watches }) => alarmsIn(watches, signal));
  const kind = how === 'step' ? 'break' : 'drift';
  const right = own.filter((alarms) => alarms.some((alarm) => alarm.kind === kind)).length;
  const near = reports.filter(({ report }, at) => (own[at] ?? []).some((alarm) => isNear(alarm, report, since))).length;
  const others = reports.reduce((sum, { watches }) => sum + alarmsIn(watches).length, 0) - own.flat().length;
  const hit = own.filter((alarms) => alarms.length > 0).length;
  row(title, name, share(hit, plantedEach), right, how === 'step' ? near : '', others);
}

function isNear({ at }: Alarm, report: readonly Series[], since: number): boolean {
  const end = Math.max(...report.map(({ window }) => window.to));
  return Math.abs(at - (end - since * week)) <= 5 * week;
}

/** Processor time of a report in the middle of those since the last call; the largest is told beside it. */
function promisedTime(what: string): void {
  const sorted = times.splice(0).toSorted((a, b) => a - b);
  console.log(`slowest: ${(sorted.at(-1) ?? Number.NaN).toFixed(0)} ms`);
  promised({ what, measured: sorted[sorted.length >> 1] ?? Number.NaN, unit: 'ms', bound: 'limit', value: 1000 });
}
