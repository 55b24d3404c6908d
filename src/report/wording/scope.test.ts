import { expect, test } from 'vitest';
import { richSignals } from '../../../test/make/signal-readings.ts';
import { standingOf } from './scope.ts';

const change = { state: 'not-enough-data', n: 0, needed: 8 } as const;

test('a change that is not watched is told for what it may be, and no way of it is called steady', () => {
  const band = { lo: 0.1, hi: 0.3, level: 0.8 };
  const told = (reads: 'better' | 'worse' | 'neither') =>
    richSignals
      .filter(({ state }) => state === 'ok')
      .map((signal) => standingOf({ ...signal, change: { state: 'clear', by: 0.2, band, reads } }));
  expect(new Set(told('worse'))).toEqual(new Set(['worse, perhaps by chance']));
  expect(new Set(told('better'))).toEqual(new Set(['better, perhaps by chance']));
  expect(new Set(told('neither'))).toEqual(new Set(['changed']));
});

test('only what was set against a past is steady; what is watched stays so', () => {
  const told = richSignals.map((signal) => ({ signal, alone: { ...signal, change } }));
  const steady = told.filter(({ signal }) => standingOf(signal) === 'steady');
  expect(steady.length).toBeGreaterThan(0);
  for (const { alone } of steady) expect(standingOf(alone)).toBe('no comparison');
  expect(told.some(({ alone }) => standingOf(alone) === 'watch')).toBe(true);
});
