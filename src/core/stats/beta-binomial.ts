import type { Beta } from './beta.ts';
import type { Proportion } from './interval.ts';

/** Jeffreys' prior: what is believed of a share before anything was seen. */
const jeffreysPrior: Beta = { a: 0.5, b: 0.5 };

/** A prior never counts as more than this many observations, nor than there were: the past does not outvote the present. */
const mostPriorObservations = 50;

/**
 * How the rates of several are spread, by the method of moments for beta-binomial counts (Kleinman, JASA 68, 1973): narrowly
 * where they are alike, widely where they scatter. Undefined where fewer than two have counts, or nothing or everything hit.
 */
export function ratesFromHistory(history: readonly Proportion[]): Beta | undefined {
  const seen = history.filter(({ n }) => n > 0);
  const { k, n } = pooled(seen);
  const p = k / n;
  if (seen.length < 2 || p === 0 || p === 1) return undefined;
  const scatter = sum(seen.map((week) => week.n * (week.k / week.n - p) ** 2));
  const free = n - sum(seen.map((week) => week.n ** 2)) / n;
  const rho = (scatter - p * (1 - p) * (seen.length - 1)) / (p * (1 - p) * (free - (seen.length - 1)));
  const most = Math.min(n, mostPriorObservations);
  const size = rho > 0 && rho < 1 ? Math.min(1 / rho - 1, most) : most;
  return { a: p * size, b: (1 - p) * size };
}

/**
 * Prior from the pod's own earlier weeks, on top of Jeffreys': scattered weeks add little to it. The spread of rates alone
 * would be surer than no history at all: 2 of 21 within one week make Beta(0.1, 0.8) of it, and 0 of 20 after that a fact.
 */
export function priorFromHistory(history: readonly Proportion[]): Beta {
  const { a, b } = ratesFromHistory(history) ?? pooledPrior(history);
  return { a: a + jeffreysPrior.a, b: b + jeffreysPrior.b };
}

/** Nothing or everything was ever seen; one week alone does not tell whether others are like it. */
function pooledPrior(history: readonly Proportion[]): Beta {
  const { k, n } = pooled(history);
  if (history.filter((week) => week.n > 0).length < 2) return { a: 0, b: 0 };
  const size = Math.min(n, mostPriorObservations);
  return { a: (k / n) * size, b: (1 - k / n) * size };
}

function pooled(history: readonly Proportion[]): Proportion {
  return { k: sum(history.map(({ k }) => k)), n: sum(history.map(({ n }) => n)) };
}

/** What is believed of a share after seeing k of n. */
export function posterior(prior: Beta, { k, n }: Proportion): Beta {
  return { a: prior.a + k, b: prior.b + n - k };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
