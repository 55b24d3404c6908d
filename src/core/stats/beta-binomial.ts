import type { Beta } from './beta.ts';
import type { Proportion } from './interval.ts';

/** Jeffreys' prior: what is believed of a share before anything was seen. */
const jeffreysPrior: Beta = { a: 0.5, b: 0.5 };

/** A prior never counts as more than this many observations: the past informs the present, it does not outvote it. */
const mostPriorObservations = 50;

/**
 * Prior from the pod's own earlier weeks, by the method of moments for beta-binomial counts (Kleinman, JASA 68, 1973):
 * steady weeks give a strong prior, scattered ones a weak one. Jeffreys' prior with fewer than two weeks that have counts.
 */
export function priorFromHistory(history: readonly Proportion[]): Beta {
  const seen = history.filter(({ n }) => n > 0);
  const n = sum(seen.map((week) => week.n));
  const p = sum(seen.map((week) => week.k)) / n;
  if (seen.length < 2 || p === 0 || p === 1) return seen.length < 2 ? jeffreysPrior : pooled(p, n);
  const scatter = sum(seen.map((week) => week.n * (week.k / week.n - p) ** 2));
  const free = n - sum(seen.map((week) => week.n ** 2)) / n;
  const rho = (scatter - p * (1 - p) * (seen.length - 1)) / (p * (1 - p) * (free - (seen.length - 1)));
  const size = rho > 0 && rho < 1 ? Math.min(1 / rho - 1, mostPriorObservations) : mostPriorObservations;
  return { a: p * size, b: (1 - p) * size };
}

/** Nothing or everything was ever seen: the posterior of a Jeffreys prior, at most as strong as any other. */
function pooled(p: number, n: number): Beta {
  const size = Math.min(n, mostPriorObservations);
  return { a: p * size + jeffreysPrior.a, b: (1 - p) * size + jeffreysPrior.b };
}

/** What is believed of a share after seeing k of n. */
export function posterior(prior: Beta, { k, n }: Proportion): Beta {
  return { a: prior.a + k, b: prior.b + n - k };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
