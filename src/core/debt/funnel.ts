import type { Funnel, RepositoryDiagnosis } from './diagnosis.ts';
import { binomialQuantile } from '../stats/binomial.ts';
import type { Proportion } from '../stats/interval.ts';

/** Limits of 95 %: outside of them a repository is unlike the others beyond what its size explains. */
const limit = 0.95;

/**
 * For every share that two repositories or more count: what is expected by chance around all of them together. Shares of
 * lines or of weeks have none: what n counts there is not what a binomial draws.
 */
export function funnelsOf(repositories: readonly RepositoryDiagnosis[]): Funnel[] {
  const ids = repositories[0]?.scopes[0]?.signals.filter(({ unit }) => unit === 'share').map(({ id }) => id) ?? [];
  return ids.flatMap((signal) => {
    const counts = repositories.flatMap(({ repository, scopes: [whole] }) => {
      const now = whole?.signals.find(({ id }) => id === signal)?.now;
      return now?.state === 'measured' && now.hits !== undefined ? [{ repository, k: now.hits, n: now.n }] : [];
    });
    return counts.length < 2 ? [] : [funnelOf(signal, counts)];
  });
}

/** Hits among observations: a figure drawn towards the own history would be held against limits of what it is not. */
interface Counted extends Proportion {
  readonly repository: string;
}

/** Of fewer nobody can say how much they differ ordinarily: each of them would widen the limits that it is judged by. [F] */
const fewestForSpread = 10;

/**
 * Limits around the pooled share, as wide as chance makes them (binomial, so that one of few is not unlike a rare share)
 * and, from ten repositories on, the ordinary differences among them: a multiplicative
 * overdispersion from winsorised z-scores (Spiegelhalter 2005, Stat. Med. 24, and Qual. Saf. Health Care 14).
 */
function funnelOf(signal: string, counts: readonly Counted[]): Funnel {
  const pooled = counts.reduce((sum, { k }) => sum + k, 0) / counts.reduce((sum, { n }) => sum + n, 0);
  const scores = counts.map(({ k, n }) => (k / n - pooled) / Math.sqrt((pooled * (1 - pooled)) / n));
  const wider = counts.length < fewestForSpread ? 1 : Math.sqrt(Math.max(1, dispersion(scores)));
  const points = counts.map(({ repository, k, n }) => {
    const value = k / n;
    const below = wider * (pooled - binomialQuantile((1 - limit) / 2, n, pooled) / n);
    const above = wider * (binomialQuantile((1 + limit) / 2, n, pooled) / n - pooled);
    const limits = { lo: Math.max(0, pooled - below), hi: Math.min(1, pooled + above), level: limit };
    // By distances: a count at its limit is not put outside by rounding.
    return { repository, value, n, limits, outside: pooled - value > below || value - pooled > above };
  });
  return { signal, pooled, points };
}

/** Mean square of z-scores, of which the outer tenth at either end counts as much as its neighbours. */
function dispersion(scores: readonly number[]): number {
  const sorted = scores.filter((z) => Number.isFinite(z)).toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length / 10);
  const [least = 0, most = 0] = [sorted[cut], sorted[sorted.length - 1 - cut]];
  const squares = sorted.map((z) => Math.min(most, Math.max(least, z)) ** 2);
  return squares.reduce((sum, each) => sum + each, 0) / Math.max(1, squares.length);
}
