import type { Proportion } from './interval.ts';

/** How many times as often, or as seldom, an event may have become: what the mixture bets on. */
const multiples = [1.5, 2, 3, 5, 8];

/**
 * ln of a Shiryaev-Roberts e-detector against "each event has probability at most d0", observation by observation:
 * M_t = L_t (M_{t-1} + 1), a mixture over how many times d0 it may be now (Shin, Ramdas & Rinaldo 2022, arXiv
 * 2203.03532). Raising an alarm at M >= A gives at most one false one in A observations on average, whatever the order
 * and number of events, if that probability holds given the past.
 */
export function eDetectorAbove(d0: number, seen: readonly Proportion[]): readonly number[] {
  const rates = multiples.map((times) => Math.min(times * d0, (1 + d0) / 2));
  const sums = rates.map(() => 0);
  return seen.map(({ k, n }) => {
    for (const [at, rate] of rates.entries()) {
      const logRatio = k * Math.log(rate / d0) + (n - k) * Math.log((1 - rate) / (1 - d0));
      sums[at] = Math.min(Number.MAX_VALUE, Math.exp(logRatio) * ((sums[at] ?? 0) + 1));
    }
    return Math.log(sums.reduce((total, each) => total + each / rates.length, 0));
  });
}
