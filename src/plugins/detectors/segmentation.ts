import { detector } from '../../core/signal/detector.ts';
import { changesOf } from '../../core/stats/segmentation.ts';

/** Abrupt changes of the level, looking back. */
export const segmentation = detector({
  id: 'segmentation',
  title: 'Segmentation',
  summary: 'Cuts the series where the mean changes and it pays for one more cut.',
  lifecycle: 'experimental',
  role: 'segmentation',
  formula:
    'PELT, Gaussian mean cost + ln(length) of each segment, 3 ln n a cut; again after dividing by residual scatter',
  citation: 'Killick, Fearnhead & Eckley 2012, JASA 107; Zhang & Siegmund 2007, Biometrics 63; the second stage is [F]',
  cannotSee: 'segments of fewer than five weeks; changes of the scatter alone',
  fits: () => true,
  run: ({ values }) =>
    changesOf(values).map(({ at, saving, step }) => ({ at, direction: step > 0 ? 1 : -1, strength: saving })),
});
