import { standardDeviation } from 'simple-statistics';
import { autocorrelation } from './autocorrelation.ts';
import { normalQuantile, twoSidedP } from './normal.ts';
import { midRanks } from './ranks.ts';
import { type Line, theilSen } from './theil-sen.ts';

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
  return verdictOf(x, hamedRaoFactor(detrended(x, theilSen(x)), lags));
}

function hamedRaoFactor(rest: readonly number[], lags: number): number {
  const n = rest.length;
  const bound = normalQuantile(0.975) / Math.sqrt(n);
  const sum = autocorrelation(midRanks(rest), lags)
    .map((r, lag) => (lag === 0 || Math.abs(r) <= bound ? 0 : (n - lag) * (n - lag - 1) * (n - lag - 2) * r))
    .reduce((total, term) => total + term, 0);
  return 1 + (2 / (n * (n - 1) * (n - 2))) * sum;
}

/** Yue & Wang (Water Resour. Manage. 18, 2004): the variance is corrected by the detrended series' autocorrelations up to `lags`. */
export function yueWang(x: readonly number[], lags = 1): MannKendall {
  return verdictOf(x, yueWangFactor(detrended(x, theilSen(x)), lags));
}

function yueWangFactor(rest: readonly number[], lags: number): number {
  const sum = autocorrelation(rest, lags)
    .map((r, lag) => (lag === 0 ? 0 : (1 - lag / rest.length) * r))
    .reduce((total, term) => total + term, 0);
  return 1 + 2 * sum;
}

export interface Trend {
  /** The smaller of both tests' statistics, with the sign of the trend; 0 where a correction leaves none. */
  readonly z: number;
  /** Theil-Sen, per observation. */
  readonly slope: number;
  /** Standard deviation of what the line leaves. */
  readonly residualSd: number;
}

/** Hamed-Rao at lag 3 and Yue-Wang at lag 1, of which the more cautious counts. */
export function trendTest(x: readonly number[]): Trend {
  const line = theilSen(x);
  const rest = detrended(x, line);
  const factors = [hamedRaoFactor(rest, 3), yueWangFactor(rest, 1)];
  const z = Math.min(...factors) > 0 ? verdictOf(x, Math.max(...factors)).z : 0;
  return { z, slope: line.slope, residualSd: standardDeviation([...rest]) };
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

/** Of a straight line nothing is left: what rounding leaves would correlate, and hide the trend. */
function detrended(x: readonly number[], { slope }: Line): readonly number[] {
  const rest = x.map((value, at) => value - (at + 1) * slope);
  const rounding = 1e-12 * Math.max(...x.map(Math.abs));
  return Math.max(...rest) - Math.min(...rest) > rounding ? rest : x.map(() => 0);
}

function tieTerm(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}
