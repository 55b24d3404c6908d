import { autocorrelation } from './autocorrelation.ts';
import { binarySegmentation } from './binary-segmentation.ts';
import { pelt } from './pelt.ts';

/**
 * Two-stage segmentation: z-scores by the sample sd (never by the MAD of differences, which autocorrelation shrinks),
 * a first PELT, then residual variance s2 and AR(1) phi, and PELT again on x / sqrt(s2 (1 + phi) / (1 - phi)), so that
 * autocorrelation does not pass for changes. Change points: first index of each new segment.
 */
export function segmentation(x: readonly number[]): readonly number[] {
  return pelt(rescaled(x));
}

/** The same values by binary segmentation. */
export function segmentationCrossCheck(x: readonly number[]): readonly number[] {
  return binarySegmentation(rescaled(x));
}

/** Values minus the mean of their segment. */
function residuals(x: readonly number[], changes: readonly number[]): readonly number[] {
  const bounds = [0, ...changes, x.length];
  return bounds.slice(1).flatMap((end, at) => {
    const segment = x.slice(bounds[at], end);
    const centre = segment.reduce((sum, value) => sum + value, 0) / segment.length;
    return segment.map((value) => value - centre);
  });
}

function rescaled(x: readonly number[]): readonly number[] {
  const z = scaledBy(x, deviation(residuals(x, []), 1));
  const rest = residuals(z, pelt(z));
  // This estimator stays strictly between -1 and 1.
  const phi = autocorrelation(rest, 1)[1] ?? 0;
  return scaledBy(z, deviation(rest, 1) * Math.sqrt((1 + phi) / (1 - phi)));
}

/** A constant series stays as it is: there is nothing to divide by. */
function scaledBy(x: readonly number[], scale: number): readonly number[] {
  return scale > 1e-12 ? x.map((value) => value / scale) : x;
}

function deviation(centred: readonly number[], lost: number): number {
  return Math.sqrt(centred.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, centred.length - lost));
}
