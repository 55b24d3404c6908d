import { expect, test } from 'vitest';
import { richSignals } from '../../../test/make/signal-readings.ts';
import { standingOf } from './scope.ts';

const change = { state: 'not-enough-data', n: 0, needed: 8 } as const;

test('only what was set against a past is steady; what is watched stays so', () => {
  const told = richSignals.map((signal) => ({ signal, alone: { ...signal, change } }));
  const steady = told.filter(({ signal }) => standingOf(signal) === 'steady');
  expect(steady.length).toBeGreaterThan(0);
  for (const { alone } of steady) expect(standingOf(alone)).toBe('no comparison');
  expect(told.some(({ alone }) => standingOf(alone) === 'watch')).toBe(true);
});
