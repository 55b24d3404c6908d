import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorsOf, type Deeds, liveAuthorsOf, truckFactor } from './truck-factor.ts';

const deeds = (given: Partial<Deeds>): Deeds => ({
  added: false,
  changes: 0,
  own: 0,
  commits: 0,
  reviews: 0,
  ...given,
});

function file(people: Readonly<Record<string, Partial<Deeds>>>, others = { changes: 0, commits: 0 }) {
  return { people: new Map(Object.entries(people).map(([person, given]) => [person, deeds(given)])), others };
}

test('who added a file is its author until others have changed it often', () => {
  expect(authorsOf(file({ ada: { added: true } }))).toEqual(['ada']);
  // ada 3.293 + 1.098 - .321 ln 3 = 4.038; bob 3.293 + .328 = 3.621 and .90 of it
  expect(authorsOf(file({ ada: { added: true }, bob: { changes: 2 } }))).toEqual(['ada', 'bob']);
  // ada 4.391 - .321 ln 21 = 3.414; bob 3.293 + 3.28 = 6.573
  expect(authorsOf(file({ ada: { added: true }, bob: { changes: 20 } }))).toEqual(['bob']);
});

test('what bots and agents changed makes nobody an author, and weighs against those who are', () => {
  expect(authorsOf(file({}, { changes: 5, commits: 1 }))).toEqual([]);
  // .164 - .321 ln 6 is below zero: less than 3.293
  expect(authorsOf(file({ ada: { changes: 1 } }, { changes: 5, commits: 1 }))).toEqual([]);
});

test('the live variant forgets, and knows those who reviewed', () => {
  expect(liveAuthorsOf(file({ ada: { added: true }, bob: { commits: 0.5 } }))).toEqual(['bob']);
  // ada .5 + 2.4 ln 1.5 = 1.473; bob 1 x .5 + 1.2 ln 2 = 1.332
  expect(liveAuthorsOf(file({ ada: { commits: 0.5 }, bob: { reviews: 1 } }))).toEqual(['ada', 'bob']);
});

test('people go until fewer than half of the files are known', () => {
  expect(truckFactor([['ada'], ['ada'], ['bob'], ['cyd']])).toBe(2);
  expect(truckFactor([['ada', 'bob'], ['ada'], ['bob'], ['cyd']])).toBe(2);
  expect(truckFactor([['ada'], [], [], []])).toBe(0);
});

test('it is as many as there are people at most, and the order of files changes nothing', () => {
  const person = fc.constantFrom('ada', 'bob', 'cyd', 'dan', 'eve');
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(person), { minLength: 1, maxLength: 30 }), (files) => {
      const found = truckFactor(files);
      expect(found).toBeLessThanOrEqual(new Set(files.flat()).size);
      expect(truckFactor(files.toReversed())).toBe(found);
    }),
  );
});
