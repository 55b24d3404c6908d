import { detector } from '../../core/signal/detector.ts';
import { cusum as cusumOf } from '../../core/stats/cusum.ts';
import { withoutOneChange } from '../../core/stats/one-change.ts';

/** Small shifts that last, in means and counts. */
export const cusum = detector({
  id: 'cusum',
  title: 'CUSUM',
  summary: 'Adds up how far each week is from the baseline, less half a standard deviation.',
  lifecycle: 'experimental',
  role: 'online',
  formula: 'C+ = max(0, C+ + z - .5), C- alike; z by mean and residual sd of the baseline',
  citation: 'Page 1954, Biometrika 41; limits by bootstrap: Gandy & Kvaloy 2013, Scand. J. Stat. 40',
  cannotSee: 'what returns to the old level within few weeks',
  fits: ({ shares }) => shares === undefined,
  run({ values, baseline }) {
    const own = values.slice(0, baseline);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const rest = withoutOneChange(own);
    const sd = Math.sqrt(rest.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, own.length - 2));
    if (!(sd > 1e-12)) return [];
    const { up, down } = cusumOf(values.map((value) => (value - mean) / sd));
    return [
      { at: up.onset, direction: 1, strength: up.peak },
      { at: down.onset, direction: -1, strength: down.peak },
    ];
  },
});
