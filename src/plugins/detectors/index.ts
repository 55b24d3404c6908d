import type { Detector } from '../../core/signal/detector.ts';
import { cusum } from './cusum.ts';
import { eDetector } from './e-detector.ts';
import { proportion } from './proportion.ts';
import { segmentation } from './segmentation.ts';
import { trend } from './trend.ts';

/** Every detector. `test/lists.test.ts` compares it with this folder. */
export const detectors: readonly Detector[] = [cusum, eDetector, proportion, segmentation, trend];
