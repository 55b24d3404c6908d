import fc from 'fast-check';
import { expect, test } from 'vitest';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { measured } from '../../../test/make/figures.ts';
import { richScope } from '../../../test/make/example-scopes.ts';
import type { RepositoryDiagnosis } from './diagnosis.ts';
import { funnelsOf } from './funnel.ts';

/** Repositories with so many changes of agents among so many, and another value shown. */
function withCounts(counts: readonly (readonly [hits: number, n: number])[], drawnTo?: number) {
  const [one] = examples.rich.repositories;
  const signal = richScope.signals.find(({ unit }) => unit === 'share');
  if (one === undefined || signal === undefined) throw new Error('no example');
  return counts.map(([hits, n], at): RepositoryDiagnosis => {
    const signals = [{ ...signal, now: measured(drawnTo ?? hits / n, 0.05, n, { hits }) }];
    return { ...one, repository: `r${at}`, scopes: [{ ...richScope, signals }] };
  });
}

function outsideOf(repositories: readonly RepositoryDiagnosis[]): number {
  const points = funnelsOf(repositories).flatMap((funnel) => funnel.points);
  expect(points).toHaveLength(repositories.length);
  return points.filter((point) => point.outside).length;
}

function outside(shares: readonly number[], sizes: readonly number[] = []): number {
  return outsideOf(
    withCounts(shares.map((share, at) => [Math.round(share * (sizes[at] ?? 200)), sizes[at] ?? 200] as const)),
  );
}

const anyCount = fc.integer({ min: 1, max: 400 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));

test('where all are the same nobody is outside, whatever their size and whatever their figures were drawn towards', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 14 });
  const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(anyCount, sizes, share, ([hits, n], times, drawnTo) => {
      const same = times.map((by) => [by * hits, by * n] as const);
      expect(outsideOf(withCounts(same, drawnTo))).toBe(0);
    }),
  );
  // None of 20, shown as 0.1 % because it was drawn towards the own history.
  expect(
    outsideOf(
      withCounts(
        [
          [0, 20],
          [0, 20],
        ],
        0.001,
      ),
    ),
  ).toBe(0);
});

test('outside is what lies beyond its limits, and shares that are no counts have no funnel', () => {
  fc.assert(
    fc.property(fc.array(anyCount, { minLength: 2, maxLength: 14 }), (counts) => {
      for (const { value, limits, outside: is } of funnelsOf(withCounts(counts)).flatMap((funnel) => funnel.points)) {
        const beyond = Math.max(limits.lo - value, value - limits.hi);
        if (Math.abs(beyond) > 1e-9) expect(is).toBe(beyond > 0);
      }
    }),
  );
  const [one] = withCounts([[3, 20]]);
  const [scope] = one?.scopes ?? [];
  if (one === undefined || scope === undefined) throw new Error('no example');
  const lines = scope.signals.map((signal) => ({ ...signal, now: measured(0.15, 0.05, 20) }));
  const weighed = { ...one, scopes: [{ ...scope, signals: lines }] };
  expect(funnelsOf([weighed, weighed])).toEqual([]);
});

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
