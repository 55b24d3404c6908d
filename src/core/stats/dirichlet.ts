import type { Beta } from './beta.ts';
import { normalDraw, type Random } from './random.ts';

/** Weights that add up to 1, around equal ones: one draw of a Dirichlet(alpha, alpha, ...). */
export function dirichletDraw(parts: number, alpha: number, random: Random): readonly number[] {
  const drawn = Array.from({ length: parts }, () => gammaDraw(alpha, random));
  const total = drawn.reduce((sum, each) => sum + each, 0);
  return drawn.map((each) => each / total);
}

/** Of a share: as gammas, from which the beta distribution is made. */
export function betaDraw({ a, b }: Beta, random: Random): number {
  const hits = gammaDraw(a, random);
  return hits / (hits + gammaDraw(b, random));
}

/** Gamma(shape, 1), by Marsaglia & Tsang, ACM TOMS 26:3, 2000. */
export function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
