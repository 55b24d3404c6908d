import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin, week, weekOf, windowsAt } from './week.ts';

const times = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

test('a week begins on Monday, 00:00 UTC', () => {
  expect(new Date(weekOf(Date.UTC(2026, 10, 27, 5))).toISOString()).toBe('2026-11-23T00:00:00.000Z');
  expect(weekOf(Date.UTC(2024, 11, 30))).toBe(Date.UTC(2024, 11, 30));
  expect(weekOf(Date.UTC(2024, 11, 29, 23, 59))).toBe(Date.UTC(2024, 11, 23));
});

test('every time falls into exactly one week, and the newest into the current window', () => {
  fc.assert(
    fc.property(times, (time) => {
      expect(isWithin(time, { from: weekOf(time), to: weekOf(time) + week })).toBe(true);
      expect(new Date(weekOf(time)).getUTCDay()).toBe(1);
      const { current, baseline } = windowsAt(time);
      expect(isWithin(time, current)).toBe(true);
      expect([current.to - current.from, baseline.to - baseline.from]).toEqual([13 * week, 52 * week]);
      expect(baseline.to).toBe(current.from);
    }),
  );
});
