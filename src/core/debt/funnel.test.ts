import { expect, test } from 'vitest';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { measured } from '../../../test/make/figures.ts';
import { richScope } from '../../../test/make/example-scopes.ts';
import type { RepositoryDiagnosis } from './diagnosis.ts';
import { funnelsOf } from './funnel.ts';

/** Repositories with these shares of agents among 200 changes each. */
function withShares(shares: readonly number[], sizes: readonly number[] = []): readonly RepositoryDiagnosis[] {
  const [one] = examples.rich.repositories;
  const signal = richScope.signals.find(({ unit }) => unit === 'share');
  if (one === undefined || signal === undefined) throw new Error('no example');
  return shares.map((value, at) => {
    const signals = [{ ...signal, now: measured(value, 0.05, sizes[at] ?? 200) }];
    return { ...one, repository: `r${at}`, scopes: [{ ...richScope, signals }] };
  });
}

function outside(shares: readonly number[], sizes?: readonly number[]): number {
  const points = funnelsOf(withShares(shares, sizes)).flatMap((funnel) => funnel.points);
  expect(points).toHaveLength(shares.length);
  return points.filter(({ value, limits }) => value < limits.lo || value > limits.hi).length;
}

test('few repositories are set against chance alone: what is unlike each other is outside', () => {
  expect(outside([0, 0.83, 0.71])).toBe(3);
  expect(outside([0.5, 0.52, 0.47])).toBe(0);
  expect([outside([0, 0, 0]), outside([1, 1, 1])]).toEqual([0, 0]);
  // One of twenty, where four of a thousand are usual: that happens.
  expect(outside([0.05, 0.004], [20, 1000])).toBe(0);
  expect(outside([0.2, 0.004], [20, 1000])).toBe(1);
});

test('of many the limits are as wide as most of them differ, so that few are outside', () => {
  const usual = [0.1, 0.2, 0.3, 0.4, 0.5, 0.15, 0.25, 0.35, 0.45, 0.3];
  expect(outside(usual)).toBeLessThan(2);
  expect(outside(usual.slice(1))).toBeGreaterThan(4);
  expect(outside([...usual, 1])).toBeLessThan(3);
});
