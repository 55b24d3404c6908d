import { detector } from '../../core/signal/detector.ts';
import { countsOf, isRare } from '../../core/signal/watched.ts';
import { eDetectorAbove } from '../../core/stats/e-detector.ts';
import { jeffreysInterval } from '../../core/stats/proportion-interval.ts';

/** At most one false alarm in so many weeks on average, where events are independent of each other. */
const weeksPerFalseAlarm = 1000;

/** Rare events that became more frequent. */
export const eDetector = detector({
  id: 'e-detector',
  title: 'E-detector',
  summary: 'Bets, event by event, on a higher rate than the baseline can have had.',
  lifecycle: 'experimental',
  role: 'online',
  formula:
    'M_t = L_t (M_(t-1) + 1), mean over 1.5 .. 8 times d0, d0 the upper 80 % Jeffreys bound of the baseline; M >= 1000',
  citation: 'Shin, Ramdas & Rinaldo 2022, arXiv 2203.03532',
  cannotSee: 'rare events that became rarer; changes within the baseline',
  fits: (watched) => watched.shares !== undefined && isRare(watched),
  run(watched) {
    const counts = countsOf(watched);
    const own = counts.slice(0, watched.baseline);
    const [k, n] = [own.reduce((sum, week) => sum + week.k, 0), own.reduce((sum, week) => sum + week.n, 0)];
    const isMostly = k > n / 2;
    const events = counts.slice(watched.baseline).map((week) => (isMostly ? { k: week.n - week.k, n: week.n } : week));
    const bound = jeffreysInterval({ k: isMostly ? n - k : k, n }, 0.6).hi;
    const logs = eDetectorAbove(bound, events);
    const strength = Math.max(...logs);
    if (!(strength >= Math.log(weeksPerFalseAlarm))) return [];
    return [{ at: watched.baseline + onsetOf(logs), direction: isMostly ? -1 : 1, strength }];
  },
});

/** The week after the sum was last no more than what a single start is worth. */
function onsetOf(logs: readonly number[]): number {
  const alarm = logs.indexOf(Math.max(...logs));
  return logs.slice(0, alarm).findLastIndex((value) => value <= 0) + 1;
}
