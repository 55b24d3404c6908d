import { expect, test } from 'vitest';
import { Heard, kindsSaid, kindsShown } from './heard.ts';

test('the newest that backs a kind, and nothing before the order that is asked for', () => {
  const heard = new Heard(kindsShown);
  for (const [order, text] of ['All tests pass.', 'go on', 'Tests  2 passed (2)', 'Lint is clean.'].entries())
    heard.add({ order, at: order + 10, text });
  expect(heard.lastOf('tests-pass')).toMatchObject({ order: 2, at: 12 });
  expect(heard.lastOf('tests-pass', 2)).toBeUndefined();
  expect(heard.lastOf('lint-clean', 2)).toMatchObject({ order: 3 });
  expect([heard.isAfter(2), heard.isAfter(3)]).toEqual([true, false]);
});

test('a pasted run counts as it ended, whatever is said beside it', () => {
  expect([...kindsShown('All tests pass!\nTests  1 failed | 2 passed (3)')]).toEqual([]);
  expect([...kindsSaid('3 of 12 tests still fail.')]).toEqual([]);
});

test('much that is said pushes out the oldest, and what is endless is not kept', () => {
  const heard = new Heard(kindsSaid);
  for (let order = 0; order < 200; order++) heard.add({ order, at: order, text: 'x'.repeat(100_000) });
  heard.add({ order: 200, at: 200, text: 'All tests pass.' });
  expect(heard.lastOf('tests-pass')).toMatchObject({ order: 200 });
  heard.add({ order: 201, at: 0, text: 'x'.repeat(200_001) });
  expect(heard.isAfter(200)).toBe(false);
});
