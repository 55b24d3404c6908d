import { expect, test } from 'vitest';
import { aRequest, aReview, at, read, some, start } from '../../../test/make/facts.ts';
import { day, week } from '../../core/signal/week.ts';
import { accountability } from './accountability.ts';
import { engagement } from './engagement.ts';
import { humanVerificationDensity } from './human-verification-density.ts';
import { inspectionPattern } from './inspection-pattern.ts';
import { reviewDensity } from './review-density.ts';
import { unansweredRequests } from './unanswered-requests.ts';

const hour = day / 24;
const lines = (added: number) => ({ files: 1, added, deleted: 0 });
const bob = [aReview('bob')];

const merges = (size: number, hours: number) => (n: number) => ({
  form: 'merge' as const,
  size: lines(size),
  begunAt: start + n * day - hours * hour,
  reviews: bob,
});

/** Put up ten hours before it was merged; the last approval came after so many. */
const recorded =
  (hours: number, size = 300) =>
  (n: number) => ({
    size: lines(size),
    openedAt: start + n * day - 10 * hour,
    begunAt: start + n * day - 10 * hour,
    reviews: [
      aReview('bob', { from: 'gerrit', at: start + n * day - 10 * hour }),
      aReview('cyd', { from: 'gerrit', at: start + n * day - (10 - hours) * hour }),
    ],
  });

test('inspection: large and approved within minutes is hasty; small and slow is not', () => {
  expect(read(inspectionPattern, some(10, recorded(1)))).toMatchObject({ value: 1, n: 10, beside: { stamps: 0 } });
  expect(read(inspectionPattern, some(10, recorded(5)))).toMatchObject({ value: 0, beside: { large: 0 } });
  expect(read(inspectionPattern, some(10, recorded(10, 401)))).toMatchObject({ value: 0, beside: { large: 1 } });
  expect(read(inspectionPattern, some(10, recorded(0, 49)))).toMatchObject({ value: 0 });
  const stamped = some(10, (n) => ({ ...recorded(0)(n), mergedAt: start + n * day - 10 * hour }));
  expect(read(inspectionPattern, stamped)).toMatchObject({ value: 1, beside: { stamps: 1 } });
  // What was put up as it was committed, and merged as it is, has the time of its commit.
  const asItIs = some(10, (n) => ({ ...recorded(10)(n), mergedAt: start + n * day - 10 * hour }));
  expect(read(inspectionPattern, asItIs)).toMatchObject({ value: 0, beside: { stamps: 0 } });
});

test('inspection: when a branch was put up is not known from its first commit, and no haste is no proof of time taken', () => {
  const unknown = some(10, () => ({ size: lines(300), reviews: bob }));
  for (const facts of [unknown, some(10, merges(300, 24)), some(10, merges(300, 0))])
    expect(read(inspectionPattern, facts)).toMatchObject({ state: 'not-observable' });
});

test('density: who merges alone is told only where others are reviewed', () => {
  const own = some(30, () => ({ merger: 'ada' }));
  expect(read(reviewDensity, own)).toMatchObject({ state: 'not-observable' });
  const seen = some(10, () => ({ merger: 'bob', reviews: bob }));
  expect(read(reviewDensity, [...own, ...seen])).toMatchObject({ beside: { alone: 0.75 } });
});

const course = (selfApproved: boolean, discussed: boolean) => ({ course: { selfApproved, discussed, rounds: 1 } });

test('inspection: approved by its owner alone, or by another without a word, where a record tells', () => {
  const bobs = { openedAt: start - day, size: lines(10), reviews: [aReview('bob', { from: 'gerrit' })] };
  const told = some(20, (n) => (n < 5 ? course(true, false) : { ...bobs, ...course(false, n >= 8) }));
  expect(read(inspectionPattern, told)).toMatchObject({ beside: { selfApproved: 0.25, undiscussed: 0.2 } });
  const untold = read(
    inspectionPattern,
    some(20, () => bobs),
  );
  expect(untold).toMatchObject({ state: 'measured' });
  expect(untold).not.toHaveProperty('beside.selfApproved');
  expect(untold).not.toHaveProperty('beside.undiscussed');
});

test('verification: each human once; hasty counts half, steering an agent and bots nothing', () => {
  const seen = some(10, () => ({ reviews: [...bob, aReview('bob', { voice: 'objects' }), aReview('cyd')] }));
  expect(read(humanVerificationDensity, seen)).toMatchObject({ value: 2, n: 10, beside: { seen: 1 } });
  const fast = some(10, (n) => ({
    form: 'merge',
    size: lines(300),
    begunAt: start + n * day - hour / 2,
    reviews: [aReview('bob', { from: 'merge', at: start + n * day })],
  }));
  expect(read(humanVerificationDensity, fast)).toMatchObject({ value: 0.5, beside: { seen: 0 } });
  const steered = some(10, () => ({ authorship: 'agent', reviews: [aReview('bob', { voice: 'comments' })] }));
  const bots = some(10, () => ({ reviews: [aReview('bot', { byKind: 'bot' })] }));
  expect(read(humanVerificationDensity, [...seen, ...steered, ...bots])).toMatchObject({ value: 2 / 3 });
  expect(read(humanVerificationDensity, [...steered, ...bots])).toMatchObject({ state: 'not-observable' });
});

test('engagement: who was there before and fell silent lowers it', () => {
  const pairs = some(210, (n) => ({
    authors: [n % 2 === 0 ? 'ada' : 'bob'],
    reviews: [aReview(n % 2 ? 'ada' : 'bob')],
  }));
  expect(read(engagement, pairs)).toMatchObject({ value: 1, beside: { people: 2, eligible: 2, silent: 0 } });
  const before = some(20, (n) => ({ mergedAt: start - (n + 1) * day, authors: ['cyd', 'dan'] }));
  expect(read(engagement, [...pairs, ...before])).toMatchObject({
    value: expect.closeTo(0.5, 2),
    beside: { eligible: 4, silent: 0.5 },
  });
  const long = some(20, (n) => ({ mergedAt: start - 14 * week - n * day, authors: ['cyd', 'dan'] }));
  expect(read(engagement, [...pairs, ...long])).toMatchObject({ value: 1 });
  expect(
    read(
      engagement,
      some(20, () => ({})),
    ),
  ).toMatchObject({ state: 'not-observable' });
});

test('accountability: the mean of the roles that can be seen; an author is none', () => {
  const answered = { answeredBy: ['ada'] };
  expect(
    read(
      accountability,
      some(20, () => answered),
    ),
  ).toMatchObject({ state: 'not-observable' });
  const owned = some(20, (n) => ({ ...answered, ownedShare: n % 2 }));
  expect(read(accountability, owned)).toMatchObject({ value: 0.5, beside: { owned: 0.5, answered: 1 } });
  const agents = some(10, () => ({ authorship: 'agent', ownedShare: 1, reviews: bob }));
  expect(read(accountability, agents)).toMatchObject({ value: 1, beside: { answered: 0, agentsAnswered: 0 } });
  expect(read(accountability, owned, at)).toMatchObject({ note: 'verifiers are not on record' });
});

/** 100 requests a day each before the window, of which the slowest tenth takes 6 to 15 days; the usual is 5. */
const usual = Array.from({ length: 100 }, (_, n) => aRequest(`before ${n}`, -n - 7, { answered: n < 91 ? 5 : n - 85 }));
const asked = (waits: readonly { readonly answered?: number; readonly waited?: number }[]) =>
  waits.map((each, n) => aRequest(`now ${n}`, n, each));
const many = <T>(count: number, each: T): readonly T[] => Array.from({ length: count }, () => each);

test('requests: late answers and waiting in vain for longer than is usual here are none in time', () => {
  const waits = [...many(6, { answered: 2 }), ...many(2, { answered: 9 }), ...many(2, { waited: 30 })];
  expect(read(unansweredRequests, [...usual, ...asked(waits)])).toMatchObject({
    state: 'measured',
    value: 0.4,
    n: 10,
    beside: { limit: expect.closeTo(5, 0), never: 0.2, middle: expect.closeTo(2, 0) },
  });
});

test('requests: what ended sooner or was put up too late did not wait long enough to tell', () => {
  const waits = [...many(10, { answered: 2 }), ...many(5, { waited: 3 }), ...many(1, { answered: 30, waited: 4 })];
  const facts = [...usual, ...asked(waits)];
  expect(read(unansweredRequests, facts)).toMatchObject({ value: 0, n: 10 });
  const young = { window: at.window, asOf: start + 8 * day };
  expect(read(unansweredRequests, facts, young)).toMatchObject({ state: 'not-enough-data', n: 0 });
});

test('requests: a branch alone, or a few of them beside many changes, show nothing', () => {
  const changes = some(200, () => ({}));
  expect(read(unansweredRequests, changes)).toMatchObject({ state: 'not-observable' });
  const few = [...usual, ...asked(many(10, { waited: 30 })), ...changes];
  expect(read(unansweredRequests, few)).toMatchObject({ state: 'not-observable' });
  expect(read(unansweredRequests, asked(many(20, { waited: 30 })))).toMatchObject({
    state: 'not-enough-data',
    needed: 8,
  });
});
