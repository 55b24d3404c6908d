import { detector, type Finding } from '../../core/signal/detector.ts';
import { countsOf, isRare } from '../../core/signal/watched.ts';
import { pooledProportion } from '../../core/stats/pooled-proportion.ts';

const width = 8;
const limit = 3.3;

/** Shares that changed, as far as eight weeks together show it. */
export const proportion = detector({
  id: 'proportion',
  title: 'Pooled proportion',
  summary: 'Compares the share of the last eight weeks together with that of the baseline.',
  lifecycle: 'experimental',
  role: 'online',
  formula: 'z = (p_8 - p_0) / (sigma_z sqrt(p_0 (1 - p_0) (1 / n_8 + 1 / n_0))), |z| > 3.3; sigma_z by moving ranges',
  citation: 'Laney 2002, Quality Engineering 14; limit and width are [F]',
  cannotSee: 'shares of rare events (see e-detector); what returns within eight weeks',
  fits: (watched) => watched.shares !== undefined && !isRare(watched),
  run(watched) {
    const { z } = pooledProportion(countsOf(watched), watched.baseline, width);
    return ([1, -1] as const).flatMap((direction) =>
      findingOf(
        z.map((value) => direction * value),
        direction,
      ),
    );
  },
});

/** A window crosses half of its largest value about when half of it is new. */
function findingOf(z: readonly number[], direction: 1 | -1): readonly Finding[] {
  const strength = Math.max(...z);
  if (!(strength > limit)) return [];
  let crossed = z.indexOf(strength);
  while (crossed > 0 && (z[crossed - 1] ?? 0) > strength / 2) crossed -= 1;
  return [{ at: Math.max(0, crossed - width / 2 + 1), direction, strength }];
}
