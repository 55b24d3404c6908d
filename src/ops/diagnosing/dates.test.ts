import { expect, test } from 'vitest';
import { newestUntil, timeOf } from './dates.ts';

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

test.each([
  ['clocks in order', [1, 2, 3, 4, 5], 3, 2],
  ['several at once', [1, 3, 3, 3, 5], 3, 3],
  ['all of them', [1, 2, 3], 9, 2],
  ['none of them', [4, 5], 3, undefined],
  ['one that is slow, after many that are later', [1, 2, 3, 7, 8, 9, 2, 10], 4, 2],
  ['one that is fast, before many that are earlier', [1, 9, 2, 3, 8], 4, 3],
  ['as many wrong either way: nothing that is later', [1, 2, 8, 3, 9], 4, 1],
] as const)('where a branch was: %s', (_, seconds, until, place) => {
  const changes = seconds.map((time, at) => `${time} c${at}`).toReversed();
  expect(newestUntil(changes, until * 1000)).toBe(place === undefined ? undefined : `c${place}`);
});
