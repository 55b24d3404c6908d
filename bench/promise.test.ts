import { expect, test } from 'vitest';
import { isKept, promisesIn } from './promise.ts';

const output = `bare node takes 40 ms
tree hash, 20000 files, clean: 1.51 x git status (limit 2)
extraction, slowest input: 0.90 MB/s (at least 1)
`;

test('promises are read out of what a bench prints, and broken ones are told apart', () => {
  const promises = promisesIn(output);
  expect(promises.map(({ what }) => what)).toEqual(['tree hash, 20000 files, clean', 'extraction, slowest input']);
  expect(promises.map(isKept)).toEqual([true, false]);
});

test.each(['limit', 'at least'] as const)('nothing measured is no kept promise (%s)', (bound) => {
  expect(isKept({ what: 'start', measured: Number.NaN, unit: 'ms', bound, value: 1 })).toBe(false);
});
