import { expect, test } from 'vitest';
import { dirichletDraw, gammaDraw } from './dirichlet.ts';
import { seededRandom } from './random.ts';

const random = seededRandom(11);
const many = 20_000;

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length };
}

test.each([0.5, 1, 2.5, 10])('gamma draws of shape %d have mean and variance of the shape', (shape) => {
  const { mean, variance } = moments(Array.from({ length: many }, () => gammaDraw(shape, random)));
  expect(Math.abs(mean / shape - 1)).toBeLessThan(0.04);
  expect(Math.abs(variance / shape - 1)).toBeLessThan(0.1);
});

test('weights add up to 1, are equal on the average, and vary as Dirichlet says', () => {
  const draws = Array.from({ length: many }, () => dirichletDraw([2.5, 2.5, 2.5, 2.5], random));
  for (const weights of draws.slice(0, 100)) expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
  const { mean, variance } = moments(draws.map(([first = 0]) => first));
  expect(mean).toBeCloseTo(0.25, 2);
  // a (A - a) / (A^2 (A + 1)) with a = 2.5, A = 10
  expect(Math.abs(variance / 0.01705 - 1)).toBeLessThan(0.06);
});
