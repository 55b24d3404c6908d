import { autocorrelation } from './autocorrelation.ts';
import { binarySegmentation } from './binary-segmentation.ts';
import { mean } from 'simple-statistics';
import { pelt } from './pelt.ts';
import { changePenalty, segmentCost } from './segment-cost.ts';

/**
 * Two-stage segmentation: z-scores by the sample sd (never by the MAD of differences, which autocorrelation shrinks),
 * a first PELT, then residual variance s2 and AR(1) phi, and PELT again on x / sqrt(s2 (1 + phi) / (1 - phi)), so that
 * autocorrelation does not pass for changes. Change points: first index of each new segment.
 */
export function segmentation(x: readonly number[]): readonly number[] {
  return pelt(rescaled(x));
}

export interface LevelChange {
  /** First observation of the new level. */
  readonly at: number;
  /** What cutting here saves in PELT's cost, its neighbours being as they are. */
  readonly saving: number;
  /** New level less the old one, in standard deviations of the scaled series. */
  readonly step: number;
}

/** Change points with what each is worth. */
export function changesOf(x: readonly number[]): readonly LevelChange[] {
  const y = rescaled(x);
  const cost = segmentCost(y);
  const changes = pelt(y);
  return changes.map((at, index) => {
    const [from, to] = [changes[index - 1] ?? 0, changes[index + 1] ?? y.length];
    const saving = cost(from, to) - cost(from, at) - cost(at, to);
    return { at, saving, step: mean(y.slice(at, to)) - mean(y.slice(from, at)) };
  });
}

/** Whether a straight line tells the series better than the best steps, at the same price for each parameter. [F] */
export function isLineBetter(x: readonly number[]): boolean {
  const y = rescaled(x);
  const cost = segmentCost(y);
  const bounds = [0, ...pelt(y), y.length];
  const steps = bounds.slice(1).map((end, at) => cost(bounds[at] ?? 0, end) + (at > 0 ? changePenalty(y.length) : 0));
  const line = cost(0, y.length) - lineGain(y) + changePenalty(y.length);
  return line < steps.reduce((sum, each) => sum + each, 0);
}

/** What the least squares line takes from the sum of squares about the mean. */
function lineGain(y: readonly number[]): number {
  const middle = (y.length - 1) / 2;
  const both = y.reduce((sum, value, at) => sum + value * (at - middle), 0);
  return both ** 2 / y.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
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
