import fc from 'fast-check';
import type { ChangeFact, CorrectionFact, Fact, ReviewFact } from '../../src/core/signal/fact.ts';
import { day } from '../../src/core/signal/week.ts';

/** Monday. */
export const start = Date.UTC(2026, 0, 5);

/** A change like any other; what matters is given. */
export function aChange(given: Partial<ChangeFact> = {}): ChangeFact {
  const mergedAt = given.mergedAt ?? start;
  return {
    kind: 'change',
    id: `c${mergedAt}`,
    subject: 'a change',
    form: 'direct',
    mergedAt,
    begunAt: mergedAt,
    commits: 1,
    authors: ['ada'],
    authorship: 'undisclosed',
    marks: [],
    conflictingMarks: false,
    answeredBy: [],
    reviews: [],
    traces: { issue: false, discussion: false, decision: false, reason: false },
    pods: ['pod'],
    ...given,
  };
}

export function aReview(by: string, given: Partial<ReviewFact> = {}): ReviewFact {
  return { by, byKind: 'human', voice: 'approves', from: 'trailer', ...given };
}

/** The first correction of a target, `days` after its merge. */
export function aCorrection(target: ChangeFact, days: number, given: Partial<CorrectionFact> = {}): CorrectionFact {
  const at = target.mergedAt + days * day;
  const { id, mergedAt, authorship, pods } = target;
  return {
    kind: 'correction',
    how: 'revert',
    id: `r${at}`,
    at,
    begunAt: at - day / 2,
    isFirst: true,
    target: { id, mergedAt, authorship, pods },
    resolvedBy: 'sha',
    pods,
    ...given,
  };
}

const people = fc.constantFrom('ada', 'bob', 'cyd', 'dan');

const anyChange: fc.Arbitrary<ChangeFact> = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{8}$/),
    days: fc.integer({ min: 0, max: 200 }),
    open: fc.double({ min: 0, max: 50, noNaN: true }),
    form: fc.constantFrom('merge' as const, 'squash' as const, 'direct' as const),
    authors: fc.uniqueArray(people, { maxLength: 2 }),
    authorship: fc.constantFrom('undisclosed' as const, 'agent' as const, 'bot' as const),
    reviewers: fc.uniqueArray(people, { maxLength: 2 }),
    from: fc.constantFrom('trailer' as const, 'merge' as const),
    traces: fc.record({ issue: fc.boolean(), discussion: fc.boolean(), decision: fc.boolean(), reason: fc.boolean() }),
    gap: fc.integer({ min: 0, max: 5 * day }),
  })
  .map(({ days, open, reviewers, from, gap, ...rest }) => {
    const mergedAt = start + days * day;
    const reviews = reviewers.map((by) => aReview(by, { from }));
    return aChange({ ...rest, mergedAt, begunAt: mergedAt - open * day, reviews, sincePrevious: gap });
  });

/** Changes and corrections as a source might say them, in any order. */
export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.tuple(anyChange, fc.option(fc.integer({ min: 0, max: 60 }))), { minLength: 1, maxLength: 60 })
  .map((all) => all.flatMap(([change, days]) => [change, ...(days === null ? [] : [aCorrection(change, days)])]));
