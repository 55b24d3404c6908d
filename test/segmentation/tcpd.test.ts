import { expect, test } from 'vitest';
import { segmentation } from '../../src/core/stats/segmentation.ts';
import { cleaned, cover, f1 } from './score.ts';
import { annotatedSeries, tcpdFolder } from './tcpd.ts';

const folder = tcpdFolder();

test.skipIf(folder === undefined)('on annotated real series, mean F1 and cover are at least .69', () => {
  const scores = annotatedSeries(folder ?? '').map(({ x, annotations }) => {
    const found = cleaned(segmentation(x), x.length);
    return { f1: f1(annotations, found), cover: cover(annotations, found, x.length) };
  });
  expect(scores.length).toBe(16);
  expect(scores.reduce((sum, one) => sum + one.f1, 0) / scores.length).toBeGreaterThanOrEqual(0.69);
  expect(scores.reduce((sum, one) => sum + one.cover, 0) / scores.length).toBeGreaterThanOrEqual(0.69);
});

test('scores of what can be worked out by hand', () => {
  expect([f1({ a: [50] }, [52]), f1({ a: [50] }, []), f1({ a: [] }, [50])]).toEqual([1, 2 / 3, 2 / 3]);
  expect([cover({ a: [50] }, [50], 100), cover({ a: [50] }, [], 100)]).toEqual([1, 0.5]);
  expect(cleaned([0, 99, 7, 7], 100)).toEqual([7]);
});
