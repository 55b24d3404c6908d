import fc from 'fast-check';
import { daysOpen, looksAt } from '../../src/core/signal/changes.ts';
import type {
  ChangeFact,
  CorrectionFact,
  DecisionFact,
  Fact,
  KnowledgeFact,
  LinesBornFact,
  LinesDiedFact,
  RequestFact,
  ReviewFact,
  SpreadFact,
} from '../../src/core/signal/fact.ts';
import { keep, type Kept, readAll, statesIn } from '../../src/core/signal/kept.ts';
import type { Signal } from '../../src/core/signal/signal.ts';
import { day, week } from '../../src/core/signal/week.ts';

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
  const open = daysOpen(target);
  const voices = new Set(looksAt(target).map(({ by }) => by)).size;
  return {
    kind: 'correction',
    how: 'revert',
    id: `r${at}`,
    at,
    begunAt: at - day / 2,
    isFirst: true,
    isFirstByName: given.how !== 'rewrite',
    target: { id, mergedAt, authorship, pods, ...(open === undefined ? {} : { decided: { days: open, voices } }) },
    resolvedBy: 'sha',
    pods,
    ...given,
  };
}

/** A decision's document; proposed first, unless told. */
export function aDecision(id: string, given: Partial<DecisionFact> = {}): DecisionFact {
  const found = { hasDeciders: true, hasAlternatives: true, hasOutcome: true, pods: ['pod'] };
  return { kind: 'decision', id, at: start, step: 'proposed', ...found, ...given };
}

/** So many changes, one a day from the start. */
export function some(count: number, make: (n: number) => Partial<ChangeFact> = () => ({})): readonly ChangeFact[] {
  return Array.from({ length: count }, (_, n) => aChange({ id: `c${n}`, mergedAt: start + n * day, ...make(n) }));
}

/** 30 weeks from the start, read 300 days after it. */
export const at = { window: { from: start, to: start + 210 * day }, asOf: start + 300 * day };

export function keptOf(signal: Signal, facts: readonly Fact[]): Kept {
  const kept: Kept = new Map();
  for (const fact of facts) keep(signal, kept, fact);
  return kept;
}

export function read(signal: Signal, facts: readonly Fact[], when = at) {
  return readAll(signal, statesIn(signal, keptOf(signal, facts), when.window), when);
}

const people = fc.constantFrom('ada', 'bob', 'cyd', 'dan');

const anyReview: fc.Arbitrary<ReviewFact> = fc
  .record({
    by: people,
    from: fc.constantFrom('trailer' as const, 'merge' as const, 'gerrit' as const),
    voice: fc.constantFrom('approves' as const, 'objects' as const, 'comments' as const),
    at: fc.option(fc.integer({ min: 0, max: 200 * day }), { nil: undefined }),
  })
  .map(({ by, at: days, ...rest }) => aReview(by, { ...rest, ...(days === undefined ? {} : { at: start + days }) }));

const anyChange: fc.Arbitrary<ChangeFact> = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{8}$/),
    days: fc.integer({ min: -300, max: 200 }),
    // Minutes: doubles would hardly ever be as large as one.
    open: fc.nat({ max: 50 * 24 * 60 }).map((minutes) => minutes / (24 * 60)),
    form: fc.constantFrom('merge' as const, 'squash' as const, 'direct' as const),
    authors: fc.uniqueArray(people, { maxLength: 2 }),
    authorship: fc.constantFrom('undisclosed' as const, 'agent' as const, 'bot' as const),
    merger: people,
    answeredBy: fc.uniqueArray(people, { maxLength: 1 }),
    ownedShare: fc.constantFrom(0, 0.5, 1),
    size: fc.record({ files: fc.constant(1), added: fc.nat({ max: 600 }), deleted: fc.constant(0) }),
    reviews: fc.array(anyReview, { maxLength: 3 }),
    course: fc.record({ selfApproved: fc.boolean(), discussed: fc.boolean(), rounds: fc.integer({ min: 1, max: 4 }) }),
    traces: fc.record({ issue: fc.boolean(), discussion: fc.boolean(), decision: fc.boolean(), reason: fc.boolean() }),
    gap: fc.integer({ min: 0, max: 5 * day }),
  })
  .map(({ days, open, gap, ...rest }) => {
    const mergedAt = start + days * day;
    return aChange({ ...rest, mergedAt, begunAt: mergedAt - open * day, sincePrevious: gap });
  });

const anyDecision: fc.Arbitrary<readonly DecisionFact[]> = fc
  .record({
    id: fc.stringMatching(/^adr[/][0-9]{2}$/),
    days: fc.integer({ min: -50, max: 200 }),
    step: fc.constantFrom('accepted' as const, 'rejected' as const, 'withdrawn' as const, 'superseded' as const),
    open: fc.integer({ min: 0, max: 60 }),
    hasDeciders: fc.boolean(),
  })
  .map(({ id, days, step, open, hasDeciders }) => {
    const proposedAt = start + days * day;
    const proposal = aDecision(id, { at: proposedAt });
    return [proposal, aDecision(id, { at: proposedAt + open * day, step, proposedAt, hasDeciders })];
  });

/** Sums up the files of 60 days, `weeks` after the start. */
export function aSpread(weeks: number, given: Partial<SpreadFact> = {}): SpreadFact {
  const sums = { files: 40, entropy: 0.5, churn: 100, churnInHotspots: 50 };
  return { kind: 'spread', week: start + weeks * week, ...sums, pods: [], ...given };
}

/** Who knows `files` source files, `days` after the start. */
export function aKnowledge(days: number, files: number, value: number): KnowledgeFact {
  const known = { files, liveFiles: files, truckFactor: value, liveTruckFactor: 1 };
  return { kind: 'knowledge', at: start + days * day, ...known, pods: [] };
}

/** Lines that a change added, `days` after the start. */
export function linesBorn(id: string, days: number, given: Partial<LinesBornFact> = {}): LinesBornFact {
  return { kind: 'lines-born', id, at: start + days * day, authorship: 'undisclosed', lines: 10, pods: [], ...given };
}

/** Some of them that died, `days` after they were added. */
export function linesDied(
  { id, at: born, authorship, pods }: LinesBornFact,
  days: number,
  lines: number,
): LinesDiedFact {
  const diedAt = born + days * day;
  return { kind: 'lines-died', born: { id, at: born, authorship }, diedAt, cause: 'adaptive', lines, pods };
}

const anyLines: fc.Arbitrary<readonly Fact[]> = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{8}$/),
    days: fc.nat({ max: 200 }),
    authorship: fc.constantFrom('undisclosed' as const, 'agent' as const, 'bot' as const),
    cause: fc.constantFrom('corrective' as const, 'adaptive' as const, 'deletion' as const),
    ages: fc.array(fc.nat({ max: 99 }), { maxLength: 10 }),
  })
  .map(({ id, days, authorship, cause, ages }) => {
    const born = linesBorn(id, days, { authorship });
    return [born, ...ages.map((age): Fact => ({ ...linesDied(born, age, 1), cause }))];
  });

/** A request that was put up `days` after the start, and answered or waited in vain for so many. */
export function aRequest(
  id: string,
  days: number,
  given: { readonly answered?: number; readonly waited?: number },
): RequestFact {
  const opened = start + days * day;
  const { answered, waited = answered ?? 0 } = given;
  const answer = answered === undefined ? {} : { answeredAt: opened + answered * day };
  return { kind: 'request', id, at: opened, ...answer, endedAt: opened + waited * day, pods: [] };
}

const anyRequest = fc
  .record({
    id: fc.stringMatching(/^request [0-9]{3}$/),
    days: fc.integer({ min: -300, max: 200 }),
    answered: fc.option(fc.nat({ max: 40 }), { nil: undefined }),
    waited: fc.nat({ max: 60 }),
  })
  .map(({ id, days, answered, waited }): readonly Fact[] => [
    aRequest(id, days, { waited, ...(answered === undefined ? {} : { answered }) }),
  ]);

const anySpread = fc
  .tuple(fc.nat({ max: 29 }), fc.nat({ max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([weeks, files, entropy]) => aSpread(weeks, { files, entropy }));
const anyKnowledge = fc
  .tuple(fc.nat({ max: 200 }), fc.nat({ max: 30 }), fc.nat({ max: 9 }))
  .map((given) => aKnowledge(...given));
const anyOther = fc.oneof(anySpread, anyKnowledge).map((fact): readonly Fact[] => [fact]);

/** Facts as a source might say them, in any order. */
export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.tuple(anyChange, fc.option(fc.integer({ min: 0, max: 60 }))).map(corrected), weight: 4 },
      { arbitrary: anyDecision, weight: 1 },
      { arbitrary: anyOther, weight: 1 },
      { arbitrary: anyLines, weight: 2 },
      { arbitrary: anyRequest, weight: 1 },
    ),
    { minLength: 1, maxLength: 80, size: 'max' },
  )
  .map((all) => all.flat());

const anyVoted = anyChange.map((change) => ({
  ...change,
  reviews: change.reviews.map((review) => ({ ...review, from: 'gerrit' as const })),
}));

/** So much on record of votes and requests that their signals measure something. */
export const busyFacts: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.oneof(fc.tuple(anyVoted, fc.option(fc.integer({ min: 0, max: 60 }))).map(corrected), anyRequest), {
    minLength: 150,
    maxLength: 200,
    size: 'max',
  })
  .map((all) => all.flat());

function corrected([change, days]: readonly [ChangeFact, number | null]): readonly Fact[] {
  return [change, ...(days === null ? [] : [aCorrection(change, days)])];
}
