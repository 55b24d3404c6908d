import { autocorrelation } from './autocorrelation.ts';
import { normalQuantile, twoSidedP } from './normal.ts';
import { midRanks } from './ranks.ts';
import { theilSen } from './theil-sen.ts';

export interface MannKendall {
  /** Concordant minus discordant pairs. */
  readonly s: number;
  readonly variance: number;
  /** NaN when the corrected variance is not positive; p is then 1. */
  readonly z: number;
  readonly p: number;
  readonly tau: number;
}

/** Mann (Econometrica 13, 1945), Kendall (1975): is there a monotonic trend? Two-sided, corrected for ties; assumes independence. */
export function mannKendall(x: readonly number[]): MannKendall {
  return verdictOf(x, 1);
}

/**
 * Hamed & Rao (J. Hydrol. 204, 1998): the variance is corrected by the significant autocorrelations (5 %) of the
 * detrended ranks, up to `lags`.
 */
export function hamedRao(x: readonly number[], lags = 3): MannKendall {
  const n = x.length;
  const bound = normalQuantile(0.975) / Math.sqrt(n);
  const sum = autocorrelation(midRanks(detrended(x)), lags)
    .map((r, lag) => (lag === 0 || Math.abs(r) <= bound ? 0 : (n - lag) * (n - lag - 1) * (n - lag - 2) * r))
    .reduce((total, term) => total + term, 0);
  return verdictOf(x, 1 + (2 / (n * (n - 1) * (n - 2))) * sum);
}

/** Yue & Wang (Water Resour. Manage. 18, 2004): the variance is corrected by the detrended series' autocorrelations up to `lags`. */
export function yueWang(x: readonly number[], lags = 1): MannKendall {
  const sum = autocorrelation(detrended(x), lags)
    .map((r, lag) => (lag === 0 ? 0 : (1 - lag / x.length) * r))
    .reduce((total, term) => total + term, 0);
  return verdictOf(x, 1 + 2 * sum);
}

function verdictOf(x: readonly number[], correction: number): MannKendall {
  const n = x.length;
  const s = kendallScore(x);
  const variance = scoreVariance(x) * correction;
  const z = s === 0 ? 0 : variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : NaN;
  return { s, variance, z, p: twoSidedP(z), tau: s / (0.5 * n * (n - 1)) };
}

function kendallScore(x: readonly number[]): number {
  let s = 0;
  for (let i = 0; i < x.length; i++) for (let j = i + 1; j < x.length; j++) s += Math.sign((x[j] ?? 0) - (x[i] ?? 0));
  return s;
}

function scoreVariance(x: readonly number[]): number {
  const ties = new Map<number, number>();
  for (const value of x) ties.set(value, (ties.get(value) ?? 0) + 1);
  return [...ties.values()].reduce((sum, equal) => sum - tieTerm(equal), tieTerm(x.length)) / 18;
}

function detrended(x: readonly number[]): readonly number[] {
  const { slope } = theilSen(x);
  return x.map((value, at) => value - (at + 1) * slope);
}

function tieTerm(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}
