import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Series } from './series.ts';
import { units } from './signal.ts';
import { countsOf, scaled } from './watched.ts';
import { week } from './week.ts';

function series(unit: Series['unit'], samples: readonly { readonly value: number; readonly n: number }[]): Series {
  const points = samples.map((sample, at) => ({ week: at * week, ...sample }));
  return { signal: 'some', scope: 'pod', unit, window: { from: 0, to: samples.length * week }, points };
}

const weeks = fc.array(
  fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })).map(([a, b]) => ({ k: Math.min(a, b), n: Math.max(a, b, 1) })),
  { minLength: 2, maxLength: 30 },
);

test('the counts of shares come back from their scale', () => {
  fc.assert(
    fc.property(weeks, (all) => {
      const ready = scaled(
        series(
          'share',
          all.map(({ k, n }) => ({ value: k / n, n })),
        ),
      );
      const counts = countsOf({ ...ready, baseline: 1 });
      expect(counts.map(({ n }) => n)).toEqual(all.map(({ n }) => n));
      for (const [at, { k }] of counts.entries()) expect(k).toBeCloseTo(all[at]?.k ?? NaN, 6);
    }),
  );
});

test('a share that is not so many of so many is taken as it is', () => {
  const ready = scaled(
    series('share', [
      { value: 0.37, n: 4 },
      { value: 0.5, n: 4 },
    ]),
  );
  expect(ready).toEqual({ values: [0.37, 0.5] });
});

test('nothing has no infinite value, in any unit', () => {
  for (const unit of units) {
    const { values } = scaled(
      series(unit, [
        { value: 0, n: 9 },
        { value: 1, n: 9 },
      ]),
    );
    expect(values.every(Number.isFinite)).toBe(true);
    expect(values[1]).toBeGreaterThan(values[0] ?? NaN);
  }
});
