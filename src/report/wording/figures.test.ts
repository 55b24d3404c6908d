import { expect, test } from 'vitest';
import { changeText, line, sureText } from './figures.ts';

const band = (lo: number, hi: number) => ({ lo, hi, level: 0.8 });
const measured = (value: number, lo: number, hi: number) => ({
  state: 'measured' as const,
  value,
  n: 22,
  band: band(lo, hi),
});

test('a change that is shown has no end that reads 0', () => {
  const now = measured(2, 1, 10);
  const change = { state: 'clear' as const, by: 2.1, band: band(0.13, 9.7), reads: 'worse' as const };
  expect(changeText(change, 'ratio', now)).toBe('+2.1 (0.1 to 9.7), worse');
  expect(changeText({ ...change, by: -0.3, band: band(-9.7, -0.004), reads: 'better' }, 'ratio', now)).toContain(
    '−0.004',
  );
});

test('a band without a width is no band', () => {
  expect(line(measured(2, 2, 2), 'people')).toBe('2\u00A0people (no interval)');
  expect(sureText(measured(2, 2, 2), 'people')).toBe('2\u00A0people, no interval, n = 22.');
  expect(sureText(measured(2, 1, 3), 'people')).toContain('80\u00A0% band 1.0 to 3.0\u00A0people');
});
