import { betaCdf } from './beta.ts';

/** The least k for which P(X <= k) is `q` at least, X of `n` draws that hit with chance `p`. */
export function binomialQuantile(q: number, n: number, p: number): number {
  let [least, most] = [0, Math.ceil(n)];
  while (least < most) {
    const k = Math.floor((least + most) / 2);
    // P(X <= k) is the beta distribution at 1 - p.
    if (betaCdf(1 - p, { a: n - k, b: k + 1 }) >= q) most = k;
    else least = k + 1;
  }
  return Math.min(least, n);
}
