import { expect, test } from 'vitest';
import { aChange, aCorrection, aDecision, aReview, at, read, some, start } from '../../../test/make/facts.ts';
import type { ChangeFact, Fact, ReviewFact } from '../../core/signal/fact.ts';
import { day, week } from '../../core/signal/week.ts';
import { eValueBelow } from '../../core/stats/e-value.ts';
import { jeffreysInterval } from '../../core/stats/proportion-interval.ts';
import { convergenceVelocity } from './convergence-velocity.ts';
import { decisionRecords } from './decision-records.ts';
import { dissentSuppression } from './dissent-suppression.ts';
import { inspectabilityGap } from './inspectability-gap.ts';
import { reportedVersusReal } from './reported-versus-real.ts';

const votes = (objects: boolean, from: ReviewFact['from'] = 'gerrit'): readonly ReviewFact[] => [
  aReview('bob', { from, voice: objects ? 'objects' : 'approves' }),
  aReview('cyd', { from }),
];

/** A year in which every fifth of 100 changes was objected to, and a window in which none of 40 is. */
function fallen(from: ReviewFact['from'] = 'gerrit'): { before: readonly ChangeFact[]; now: readonly ChangeFact[] } {
  const before = some(100, (n) => ({
    id: `b${n}`,
    mergedAt: start - 50 * week + n * 3 * day,
    reviews: votes(n % 5 === 0, from),
  }));
  return { before, now: some(40, (n) => ({ id: `n${n}`, reviews: votes(false, from) })) };
}
const corrections = (changes: readonly ChangeFact[]): readonly Fact[] =>
  changes.map((change) => aCorrection(change, 9, { isFirst: false }));

test('dissent: suppression needs fewer objections and as many reversals', () => {
  const { before, now } = fallen();
  const d0 = jeffreysInterval({ k: 20, n: 200 }).lo;
  const both = [...before, ...now, ...corrections(before.slice(0, 10)), ...corrections(now.slice(0, 6))];
  const found = read(dissentSuppression, both);
  expect(found).toMatchObject({
    n: 80,
    beside: { dissent: 0, dissentBefore: 0.1, reversed: 0.15, reversedBefore: 0.1 },
  });
  expect(found).toMatchObject({ value: eValueBelow(d0, { k: 0, n: 80 }) });
  expect(found.state === 'measured' && found.value).toBeGreaterThan(5);

  const better = [...before, ...now, ...corrections(before.slice(0, 10)), ...corrections(now.slice(0, 2))];
  expect(read(dissentSuppression, better)).toMatchObject({ value: 1 });
  const unknown = read(dissentSuppression, [...before, ...now]);
  expect(unknown).toMatchObject({ value: 1, note: expect.stringContaining('too few corrections') });
});

test('dissent: beside it who agrees, who objects to whom, and what was taken back; none of it raises the value', () => {
  const { before } = fallen();
  const now = some(40, (n) => ({
    id: `n${n}`,
    reviews: [
      aReview('bob', { from: 'gerrit', at: start, since: n % 2 === 0 ? 0 : 9 }),
      aReview('cyd', {
        from: 'gerrit',
        at: start + 1,
        since: 5,
        voice: n % 4 === 1 ? 'objects' : 'approves',
        ...(n % 8 === 1 ? { withdrawn: true as const } : {}),
      }),
    ],
  }));
  const found = read(dissentSuppression, [
    ...before,
    ...now,
    ...corrections(before.slice(0, 10)),
    ...corrections(now.slice(0, 6)),
  ]);
  expect(found).toMatchObject({
    value: 1,
    beside: { afterNobody: 0, votesAfterNobody: 40, afterAnybody: 0.25, votesAfterAnybody: 40 },
  });
  expect(found).toMatchObject({
    beside: { unanimous: 0.75, afterLonger: 0, afterOthers: 0.5, withdrawn: 5, dissent: 0.125 },
  });
});

test('dissent: trailers and merges record approvals only, so that their silence is none', () => {
  for (const from of ['trailer', 'merge'] as const) {
    const { before, now } = fallen(from);
    const facts = [...before, ...now, ...corrections(now)];
    expect(read(dissentSuppression, facts)).toMatchObject({ state: 'not-observable' });
  }
});

test('dissent: who never objected before suppresses nothing, nor does one voter alone', () => {
  const never = some(100, (n) => ({ mergedAt: start - 50 * week + n * 3 * day, reviews: votes(false) }));
  const { now } = fallen();
  expect(read(dissentSuppression, [...never, ...now, ...corrections(now)])).toMatchObject({ state: 'not-enough-data' });
  const single = some(40, () => ({ reviews: [aReview('bob', { from: 'gerrit', voice: 'objects' })] }));
  expect(read(dissentSuppression, single)).toMatchObject({ state: 'not-observable' });
});

test('convergence: documents that still wait count as censored, and those decided at once not at all', () => {
  const decided = Array.from({ length: 10 }, (_, n) => {
    const proposedAt = start + n * day;
    const proposal = aDecision(`adr/${n}`, { at: proposedAt });
    return [proposal, aDecision(`adr/${n}`, { at: proposedAt + (n + 1) * 10 * day, step: 'accepted', proposedAt })];
  }).flat();
  const found = read(convergenceVelocity, decided);
  expect(found).toMatchObject({ n: 10, beside: { documents: 10, open: 0 } });
  expect(found.state === 'measured' && Math.abs(found.value / 50 - 1)).toBeLessThan(0.02);
  const open = Array.from({ length: 5 }, (_, n) => aDecision(`rfc/${n}`, { at: start + day }));
  const later = read(convergenceVelocity, [...decided, ...open]);
  expect(later.state === 'measured' && later.value).toBeGreaterThan(70);
  const most = Array.from({ length: 30 }, (_, n) => aDecision(`rfc/${n}`, { at: start + day }));
  expect(read(convergenceVelocity, [...decided, ...most])).toEqual({ state: 'not-enough-data', n: 10, needed: 20 });
  const atOnce = Array.from({ length: 9 }, (_, n) => aDecision(`adr/${n}`, { step: 'accepted' }));
  expect(read(convergenceVelocity, atOnce)).toMatchObject({ state: 'not-enough-data', n: 0 });
});

test('convergence: changes count from when they were put up', () => {
  const changes = some(9, (n) => ({ openedAt: start + n * day - 4 * day }));
  const found = read(convergenceVelocity, [...changes, ...some(50)]);
  expect(found).toMatchObject({ n: 9 });
  expect(found.state === 'measured' && Math.abs(found.value / 4 - 1)).toBeLessThan(0.02);
});

const course = (rounds: number) => ({ course: { selfApproved: false, discussed: true, rounds } });

test('convergence: rounds, and what was decided fast, by few and wrongly; of what is old enough', () => {
  const changes = some(40, (n) => ({
    openedAt: start + n * day - (1 + (n % 4)) * day,
    reviews: [aReview('bob'), ...(n % 8 === 4 ? [aReview('cyd')] : [])],
    ...course(1 + (n % 3)),
  }));
  const undone = (days: number) => changes.map((change) => aCorrection(change, days, { isFirst: false }));
  const soon = read(convergenceVelocity, [...changes, ...undone(9)]);
  expect(soon).toMatchObject({ n: 40, beside: { rounds: 2, premature: 5 / 40 } });
  expect(read(convergenceVelocity, [...changes, ...undone(31)])).toMatchObject({ beside: { premature: 0 } });
  const young = { window: at.window, asOf: start + 37 * day };
  expect(read(convergenceVelocity, [...changes, ...undone(9)], young)).not.toHaveProperty('beside.premature');
  const untold = some(40, (n) => ({ openedAt: start + n * day - (1 + (n % 4)) * day }));
  const found = read(convergenceVelocity, [...untold, ...untold.map((change) => aCorrection(change, 9))]);
  expect(found).toMatchObject({ state: 'measured' });
  expect(found).not.toHaveProperty('beside.rounds');
  expect(found).not.toHaveProperty('beside.premature');
});

test('reported and real: reverts, fixes and rewrites within 14, 30 and 90 days, once each', () => {
  const changes = some(20);
  const [a, b, c, d] = changes as readonly [ChangeFact, ChangeFact, ChangeFact, ChangeFact];
  const undone = [
    aCorrection(a, 3),
    aCorrection(a, 4, { isFirst: false }),
    aCorrection(b, 20, { how: 'rewrite' }),
    aCorrection(b, 25, { isFirst: false }),
    aCorrection(c, 31, { how: 'fix' }),
    aCorrection(d, 91),
  ];
  expect(read(reportedVersusReal, [...changes, ...undone])).toMatchObject({
    value: 0.1,
    n: 20,
    beside: { within14: 0.05, within90: 0.15 },
  });
  const young = { window: { from: start, to: start + 210 * day }, asOf: start + 50 * day };
  expect(read(reportedVersusReal, [...changes, ...undone], young)).not.toMatchObject({
    beside: { within90: expect.anything() },
  });
});

test('decisions on record: all three or it is not whole', () => {
  const records = Array.from({ length: 8 }, (_, n) =>
    aDecision(`adr/${n}`, { step: 'accepted', hasAlternatives: n % 2 === 0 }),
  );
  expect(read(decisionRecords, records)).toMatchObject({ value: 0.5, n: 8 });
  expect(read(decisionRecords, [...records, aDecision('adr/9'), aChange()])).toMatchObject({ n: 8 });
});

test('inspectability: what changes carry is told of each, and only those with nothing are a gap', () => {
  const traces = { issue: false, discussion: false, decision: false, reason: false };
  const facts = some(16, (n) => ({
    traces: { ...traces, reason: n < 8, discussion: n < 6 },
    touchesTests: n < 4,
    authorship: n < 2 ? 'agent' : 'undisclosed',
  }));
  expect(read(inspectabilityGap, facts)).toMatchObject({
    value: 0.5,
    beside: { reason: 0.5, link: 0.375, test: 0.25, disclosure: 0.125, whole: 0.125 },
  });
});
