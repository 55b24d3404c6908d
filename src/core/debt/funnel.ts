import type { Funnel, RepositoryDiagnosis } from './diagnosis.ts';
import { binomialQuantile } from '../stats/binomial.ts';

/** Limits of 95 %: outside of them a repository is unlike the others beyond what its size explains. */
const limit = 0.95;

/** For every share that two repositories or more have: what is expected by chance around all of them together. */
export function funnelsOf(repositories: readonly RepositoryDiagnosis[]): Funnel[] {
  const ids = repositories[0]?.scopes[0]?.signals.filter(({ unit }) => unit === 'share').map(({ id }) => id) ?? [];
  return ids.flatMap((signal) => {
    const points = repositories.flatMap(({ repository, scopes: [whole] }) => {
      const now = whole?.signals.find(({ id }) => id === signal)?.now;
      return now?.state === 'measured' ? [{ repository, value: now.value, n: now.n }] : [];
    });
    return points.length < 2 ? [] : [funnelOf(signal, points)];
  });
}

type Point = Omit<Funnel['points'][number], 'limits'>;

/** Of fewer nobody can say how much they differ ordinarily: each of them would widen the limits that it is judged by. [F] */
const fewestForSpread = 10;

/**
 * Limits around the pooled share, as wide as chance makes them (binomial, so that one of few is not unlike a rare share)
 * and, from ten repositories on, the ordinary differences among them: a multiplicative
 * overdispersion from winsorised z-scores (Spiegelhalter 2005, Stat. Med. 24, and Qual. Saf. Health Care 14).
 */
function funnelOf(signal: string, points: readonly Point[]): Funnel {
  const all = points.reduce((sum, { n }) => sum + n, 0);
  const pooled = points.reduce((sum, { value, n }) => sum + value * n, 0) / all;
  const errorOf = ({ n }: Point): number => Math.sqrt((pooled * (1 - pooled)) / n);
  const scores = points.map((point) => (point.value - pooled) / errorOf(point));
  const wider = points.length < fewestForSpread ? 1 : Math.sqrt(Math.max(1, dispersion(scores)));
  const withLimits = points.map((point) => {
    const [least, most] = [(1 - limit) / 2, (1 + limit) / 2].map((q) => binomialQuantile(q, point.n, pooled) / point.n);
    const lo = Math.max(0, pooled - wider * (pooled - (least ?? 0)));
    const hi = Math.min(1, pooled + wider * ((most ?? 1) - pooled));
    return { ...point, limits: { lo, hi, level: limit } };
  });
  return { signal, pooled, points: withLimits };
}

/** Mean square of z-scores, of which the outer tenth at either end counts as much as its neighbours. */
function dispersion(scores: readonly number[]): number {
  const sorted = scores.filter((z) => Number.isFinite(z)).toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length / 10);
  const [least = 0, most = 0] = [sorted[cut], sorted[sorted.length - 1 - cut]];
  const squares = sorted.map((z) => Math.min(most, Math.max(least, z)) ** 2);
  return squares.reduce((sum, each) => sum + each, 0) / Math.max(1, squares.length);
}
