import { detector } from '../../core/signal/detector.ts';
import { trendTest } from '../../core/stats/mann-kendall.ts';

/** Both tests must say so at 1 %. */
const leastZ = 2.5758;
/** In standard deviations of what the line leaves, over the whole series. [F] */
const leastEffect = 1;

/** Slow change in one direction. */
export const trend = detector({
  id: 'trend',
  title: 'Trend',
  summary: 'Whether later weeks are mostly higher, or mostly lower, than earlier ones.',
  lifecycle: 'experimental',
  role: 'trend',
  formula:
    'the smaller |z| of Mann-Kendall by Hamed-Rao (lag 3) and Yue-Wang (lag 1), p < .01 in both; Theil-Sen slope x weeks >= 1 residual sd',
  citation: 'Hamed & Rao 1998, J. Hydrol. 204; Yue & Wang 2004, Water Resour. Manage. 18; Sen 1968, JASA 63',
  cannotSee: 'what rises and falls again; a step looks like a trend until it is taken out',
  fits: () => true,
  run({ values }) {
    const { z, slope, residualSd } = trendTest(values);
    const isSmall = Math.abs(slope) * (values.length - 1) < leastEffect * residualSd;
    if (Math.abs(z) < leastZ || isSmall) return [];
    return [{ at: 0, direction: z > 0 ? 1 : -1, strength: Math.abs(z) }];
  },
});
