import { expect, test } from 'vitest';
import { falseAlarmRate } from '../../src/core/signal/alarms.ts';
import type { Series } from '../../src/core/signal/series.ts';
import { scaled } from '../../src/core/signal/watched.ts';
import { detectors } from '../../src/plugins/detectors/index.ts';
import { climates } from './histories.ts';
import { alarmsIn, bareReport, calibrated, type ClimateName, reportOf } from './watch.ts';

// The small form of `npm run quiet`.

const numbers = [0, 1, 2] as const;
const names = Object.keys(climates) as readonly ClimateName[];
const reports = [
  ...names.flatMap((name) => numbers.map((number) => reportOf(name, number))),
  ...numbers.flatMap((number) => [0.3, 0.6].map((phi) => bareReport(phi, number))),
];
const isLong = ({ points }: Series): boolean => points.length >= 65;

/** Share of histories in which nothing changes that something is raised on. */
function falseAlarms(raises: (report: readonly Series[]) => boolean): number {
  return reports.filter(raises).length / reports.length;
}

test('every report has at least eight series to look at', () => {
  expect(reports.length).toBe(24);
  expect(Math.min(...reports.map((report) => report.filter(isLong).length))).toBeGreaterThanOrEqual(8);
});

/** What the detectors say by themselves with limits from books, without drawing what chance does. */
const textbook: Readonly<Record<string, number>> = { cusum: 5 };
function uncalibrated(report: readonly Series[]): boolean {
  return report.filter(isLong).some((series) => {
    const { values, ...rest } = scaled({ ...series, points: series.points.slice(-65) });
    const watched = { ...rest, values, baseline: values.length - 13 };
    return detectors
      .filter(({ fits }) => fits(watched))
      .some(({ id, run }) => run(watched).some(({ strength }) => strength > (textbook[id] ?? 0)));
  });
}

test('on histories in which nothing changes, at most the stated share raises anything', () => {
  expect(falseAlarms((report) => alarmsIn(calibrated(report)).length > 0)).toBeLessThanOrEqual(falseAlarmRate);
});

test('nor more of the reports of six pods', () => {
  const ofPods = numbers.map((number) =>
    [0, 0.3, 0.6].flatMap((phi) =>
      [0, 1].flatMap((other) => {
        const scope = `pod ${phi} ${other}`;
        return bareReport(phi, 3 * other + number).map((series) => ({ ...series, scope }));
      }),
    ),
  );
  expect(ofPods.filter((report) => alarmsIn(calibrated(report)).length > 0)).toEqual([]);
});

test('detectors that are not calibrated fail this', () => {
  expect(falseAlarms(uncalibrated)).toBeGreaterThan(3 * falseAlarmRate);
});

test('a change that was planted is found where and when it is, in the same numbers on two runs', () => {
  const planted = { what: 'reviews', to: 0.2, how: 'step', since: 10 } as const;
  const [once, again] = [1, 2].map(() => calibrated(reportOf('constant', 0, planted)));
  expect(again).toEqual(once);
  expect(alarmsIn(once ?? [], 'review-density')).toMatchObject([{ kind: 'break' }]);
});
