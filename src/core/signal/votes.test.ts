import { expect, test } from 'vitest';
import { aChange, aReview } from '../../../test/make/facts.ts';
import type { ReviewFact } from './fact.ts';
import { votesOn } from './votes.ts';

const objection = aReview('bob', { from: 'gerrit', voice: 'objects', at: 20, since: 5 });
const approval = (by: string, given: Partial<ReviewFact>): ReviewFact =>
  aReview(by, { from: 'gerrit', voice: 'approves', since: 9, ...given });
const after = (...reviews: readonly ReviewFact[]) => votesOn(aChange({ reviews })).map((vote) => vote.after);

test('an approval counts from when it was given first, for others and for who gave it', () => {
  expect(after(objection, approval('cyd', { at: 30 }))).toEqual(['nobody', 'nobody']);
  expect(after(objection, approval('cyd', { at: 30, firstAt: 10 }))).toEqual(['others', 'nobody']);
  const early = approval('dan', { at: 15, since: 1 });
  expect(after(early, approval('cyd', { at: 30 }))).toEqual(['longer', 'nobody']);
  expect(after(early, approval('cyd', { at: 30, firstAt: 10 }))).toEqual(['nobody', 'others']);
});

test('where an approval by another has no time, nobody knows who came first', () => {
  const [timed, timeless] = [approval('cyd', { at: 10 }), approval('dan', {})];
  expect(after(objection, timeless)).toEqual([undefined, undefined]);
  expect(after(objection, timed, timeless)).toEqual([undefined, undefined, undefined]);
});
