import { expect, test } from 'vitest';
import { changeText, line, mayBeChance, placed, sureText } from './figures.ts';

const band = (lo: number, hi: number) => ({ lo, hi, level: 0.8 });
const measured = (value: number, lo: number, hi: number) => ({
  state: 'measured' as const,
  value,
  n: 22,
  band: band(lo, hi),
});

const computed = (value: number, lo: number, hi: number) => ({
  state: 'computed' as const,
  value,
  band: band(lo, hi),
});

test('a change that is shown has no end that reads 0', () => {
  const signal = { state: 'watch' as const, unit: 'ratio' as const, now: measured(2, 1, 10) };
  const change = { state: 'clear' as const, by: 2.1, band: band(0.13, 9.7), reads: 'worse' as const };
  expect(changeText({ ...signal, change })).toBe('+2.1 (0.1 to 9.7), worse');
  const least = { ...change, by: -0.3, band: band(-9.7, -0.004), reads: 'better' as const };
  expect(changeText({ ...signal, change: least })).toContain('−0.004');
});

test('what is not watched may have changed by chance, wherever it is said; what is has not', () => {
  const change = { state: 'clear' as const, by: -0.09, band: band(-0.22, -0.03), reads: 'better' as const };
  const signal = { state: 'ok' as const, unit: 'share' as const, now: measured(0.01, 0, 0.02), change };
  expect([mayBeChance(signal), changeText(signal)]).toEqual([
    true,
    expect.stringMatching(/, better, perhaps by chance$/),
  ]);
  const worse = { ...signal, state: 'watch' as const, change: { ...change, reads: 'worse' as const } };
  expect([mayBeChance(worse), changeText(worse)]).toEqual([false, expect.stringMatching(/\), worse$/)]);
});

test('a band without a width is no band', () => {
  expect(line(measured(2, 2, 2), 'people')).toBe('2\u00A0people (no interval)');
  expect(sureText(measured(2, 2, 2), 'people')).toBe('2\u00A0people, no interval, n = 22.');
  expect(sureText(measured(2, 1, 3), 'people')).toContain('80\u00A0% band 1.0 to 3.0\u00A0people');
});

test('a band over more than half of a scale is told in place of a number', () => {
  expect(line(computed(0.5, 0, 0.52), 'badness')).toBe('0.00 to 0.52 (too wide for one number)');
  expect(line(computed(0.5, 0.2, 0.7), 'badness')).toBe('0.50 (0.20 to 0.70)');
  expect(placed(computed(1, 0, 1), 'badness')).toBe('0.00 to 1.00');
  expect(placed(computed(1, 0.6, 1), 'badness')).toBe('1.00');
  expect(placed(computed(47, 20, 90), 'level')).toBe('20 to 90');
});
