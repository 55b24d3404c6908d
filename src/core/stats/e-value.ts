import { type Beta, betaCdf, logBeta } from './beta.ts';
import type { Proportion } from './interval.ts';

const uniform: Beta = { a: 1, b: 1 };

/**
 * ln of the e-value against "the rate is at least d0", after k events in n trials: the likelihood under a beta mixture
 * over rates below d0, over the likelihood at d0 (Ramdas et al., Stat. Sci. 38:4, 2023). Valid at any stopping time.
 * E = [B(d0; a+k, b+n-k) / B(d0; a, b)] / (d0^k (1-d0)^(n-k)), B the unnormalised incomplete beta.
 */
export function logEValueBelow(d0: number, { k, n }: Proportion, prior: Beta = uniform): number {
  const after = { a: prior.a + k, b: prior.b + n - k };
  return logIncomplete(d0, after) - logIncomplete(d0, prior) - k * Math.log(d0) - (n - k) * Math.log1p(-d0);
}

/** ln of the e-value against "the rate is at most d0": the same with events and their absence exchanged. */
export function logEValueAbove(d0: number, { k, n }: Proportion, prior: Beta = uniform): number {
  return logEValueBelow(1 - d0, { k: n - k, n }, { a: prior.b, b: prior.a });
}

/** Never more than a number can hold: a few thousand trials without an event give more. */
export function eValueBelow(d0: number, seen: Proportion): number {
  return Math.min(Number.MAX_VALUE, Math.exp(logEValueBelow(d0, seen)));
}

function logIncomplete(x: number, beta: Beta): number {
  return x < beta.a / (beta.a + beta.b) ? logLowerTail(x, beta) : Math.log(betaCdf(x, beta)) + logBeta(beta);
}

/** By the series of which no term is negative (DLMF 8.17.8): far below the mean the distribution itself is 0 to a computer. */
function logLowerTail(x: number, { a, b }: Beta): number {
  let [sum, term] = [1, 1];
  for (let m = 0; term > Number.EPSILON * sum; m++) {
    term *= (x * (a + b + m)) / (a + 1 + m);
    sum += term;
  }
  return a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) + Math.log(sum);
}
