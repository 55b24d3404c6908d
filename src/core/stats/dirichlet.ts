import { normalDraw, type Random } from './random.ts';

/** Shares that add up to 1: one draw of a Dirichlet(alphas). */
export function dirichletDraw(alphas: readonly number[], random: Random): readonly number[] {
  const drawn = alphas.map((alpha) => gammaDraw(alpha, random));
  const total = drawn.reduce((sum, each) => sum + each, 0);
  return drawn.map((each) => each / total);
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
