import { expect, test } from 'vitest';
import { timeOf } from './dates.ts';

test('a day is its begin, or its end', () => {
  expect(timeOf('2026-01-31', { asEnd: false })).toBe(Date.UTC(2026, 0, 31));
  expect(timeOf('2026-01-31', { asEnd: true })).toBe(Date.UTC(2026, 1, 1) - 1);
});

test('an instant is itself', () => {
  expect(timeOf('2026-01-31T12:00:00+02:00', { asEnd: true })).toBe(Date.UTC(2026, 0, 31, 10));
});

test.each(['2026-02-31', '31.1.2026', 'yesterday', '13 weeks ago', '2026-01-31T12:00:00', ''])(
  '%j is refused',
  (text) => {
    expect(() => timeOf(text, { asEnd: false })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  },
);
