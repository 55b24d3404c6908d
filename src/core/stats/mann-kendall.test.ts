import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hamedRao, mannKendall, yueWang } from './mann-kendall.ts';
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
  });
});
