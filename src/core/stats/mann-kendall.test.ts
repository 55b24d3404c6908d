import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { autocorrelation } from './autocorrelation.ts';
import { hamedRao, mannKendall, trendTest, yueWang } from './mann-kendall.ts';
import { theilSen } from './theil-sen.ts';

const data = process.env['FACTUM_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');
const file = resolve(data, 'mk-vectors.json');
if (!existsSync(file)) process.stderr.write('skipped: no reference vectors; set FACTUM_TEST_DATA\n');

type Reference = Readonly<Record<'s' | 'var_s' | 'z' | 'p' | 'tau' | 'slope' | 'intercept', number>>;
interface Vector {
  readonly x: readonly number[];
  readonly results: Readonly<Record<string, Reference>>;
}

const variants = {
  original: mannKendall,
  hamed_rao_lag3: hamedRao,
  yue_wang_lag1: yueWang,
  yue_wang_all_lags: allLags,
};

function allLags(x: readonly number[]) {
  return yueWang(x, x.length - 1);
}

describe('Mann-Kendall and Theil-Sen', () => {
  test.skipIf(!existsSync(file))('agree with pyMannKendall to 1e-9', () => {
    const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly Vector[];
    expect(vectors.length).toBeGreaterThan(20);
    for (const { x, results } of vectors)
      for (const [name, variant] of Object.entries(variants)) {
        const expected = results[name];
        const { s, variance, z, p, tau } = variant(x);
        const { slope, intercept } = theilSen(x);
        expect(s).toBe(expected?.s);
        expect(variance / (expected?.var_s ?? NaN)).toBeCloseTo(1, 9);
        for (const [name_, got] of Object.entries({ z, p, tau, slope, intercept }))
          expect(got, name_).toBeCloseTo(expected?.[name_ as keyof Reference] ?? NaN, 9);
      }
  });

  test('a constant series has no trend', () => {
    expect(mannKendall([3, 3, 3, 3, 3, 3]).p).toBe(1);
    expect(hamedRao([3, 3, 3, 3, 3, 3]).p).toBe(1);
    expect(autocorrelation(Array<number>(8).fill(3.3), 2)).toEqual([1, 0, 0]);
  });

  test('a straight line is a trend, however long: rounding is no autocorrelation', () => {
    const line = Array.from({ length: 65 }, (_, at) => 0.1 * at);
    for (const variant of [mannKendall, hamedRao, yueWang]) expect(variant(line).z).toBeCloseTo(11.77, 2);
    expect(trendTest(line)).toMatchObject({ z: expect.closeTo(11.77, 2), residualSd: 0 });
    // Not 0: 1 less what is nearly 1 would be.
    expect(mannKendall(line).p / 5.571145589650628e-32).toBeCloseTo(1, 9);
  });
});
