import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aChange,
  aCorrection,
  anyFacts,
  aReview,
  at,
  busyFacts,
  keptOf,
  read,
  some,
  start,
} from '../../../test/make/facts.ts';
import { look } from '../../core/debt/look.ts';
import type { ChangeFact, CorrectionFact } from '../../core/signal/fact.ts';
import { drawGroups, mergerOf } from '../../core/signal/joint.ts';
import {
  groupsIn,
  type Kept,
  leanStates,
  mergedState,
  mergeKept,
  readAll,
  readLean,
  statesIn,
} from '../../core/signal/kept.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { day } from '../../core/signal/week.ts';
import { seededRandom } from '../../core/stats/random.ts';
import { agentReviewGap } from './agent-review-gap.ts';
import { contributionAsymmetry } from './contribution-asymmetry.ts';
import { correctedChanges } from './corrected-changes.ts';
import { correctionLatency } from './correction-latency.ts';
import { decisionLatency } from './decision-latency.ts';
import { signals } from './index.ts';
import { inspectabilityGap } from './inspectability-gap.ts';
import { reviewDensity } from './review-density.ts';
import { reviewerConcentration } from './reviewer-concentration.ts';
import { workflowVolatility } from './workflow-volatility.ts';

/** Sums come in another order; nothing else may differ. */
function expectSame(a: unknown, b: unknown): void {
  expect(rounded(a)).toEqual(rounded(b));
}

function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each) => (typeof each === 'number' ? Number(each.toPrecision(12)) : each)),
  );
}

describe.each(signals.map((each) => [each.id, each] as const))('%s', (_id, signal) => {
  test('adding then merging equals merging then adding, in any order and any split', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(), fc.boolean(), (facts, cut, isTurned) => {
        const split = cut % (facts.length + 1);
        const [one, two] = [keptOf(signal, facts.slice(0, split)), keptOf(signal, facts.slice(split).toReversed())];
        const [into, other] = isTurned ? [two, one] : [one, two];
        mergeKept(signal, into, other);
        expectSame(readAll(signal, statesIn(signal, into, at.window), at), read(signal, facts));
      }),
      { numRuns: 200 },
    );
  });

  test('reading changes nothing that is kept', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const kept = keptOf(signal, facts);
        const once = readAll(signal, statesIn(signal, kept, at.window), at);
        looked(signal, kept);
        expectSame(readAll(signal, statesIn(signal, kept, at.window), at), once);
      }),
      { numRuns: 10 },
    );
  });

  test('nothing gives no number, and says how much is needed', () => {
    expect(read(signal, [])).toMatchObject({ state: 'not-enough-data', n: 0 });
  });
});

const withLean = signals.filter(({ run }) => run.lean !== undefined).map((each) => [each.id, each] as const);

test.each(withLean)(
  '%s: without what its value does not need, the value is the same, however it was split',
  (_, own) => {
    let measured = 0;
    fc.assert(
      fc.property(fc.oneof(anyFacts, busyFacts), (facts) => {
        const states = statesIn(own, keptOf(own, facts), at.window);
        const [whole, lean] = [readAll(own, states, at), readLean(own, leanStates(own, states, at), at)];
        expect(countedIn(lean)).toEqual(countedIn(whole));
        if (whole.state === 'measured') measured++;
      }),
      { numRuns: 300 },
    );
    expect(measured).toBeGreaterThan(0);
  },
);

const adding = signals.filter(({ run }) => run.adds === true).map((each) => [each.id, each] as const);

test.each(adding)('%s: added up as numbers, draws are what merging makes of them', (_, own) => {
  const draws = fc.array(fc.nat({ max: 39 }), { minLength: 1, maxLength: 40 });
  let compared = 0;
  fc.assert(
    fc.property(anyFacts, draws, (facts, draw) => {
      const groups = groupsIn(own, keptOf(own, facts), at.window);
      const states = draw.flatMap((group) => (groups.has(group) ? [groups.get(group)] : []));
      expect(mergerOf(own, groups)(draw)).toEqual(mergedState(own.run, states));
      if (states.length > 1) compared++;
    }),
    { numRuns: 200 },
  );
  expect(compared).toBeGreaterThan(0);
});

function countedIn(found: ReturnType<typeof readAll>) {
  return found.state === 'measured' ? { value: found.value, n: found.n } : found;
}

test('asymmetry: even between two is 0, all by one of two is 1, alone is 1 and says so', () => {
  const pair = some(20, (n) => ({ authors: [n % 2 === 0 ? 'ada' : 'bob'] }));
  expect(read(contributionAsymmetry, pair)).toMatchObject({ value: 0, beside: { people: 2, eligible: 2 } });
  const one = some(20, () => ({ reviews: [aReview('bob')] }));
  expect(read(contributionAsymmetry, one)).toMatchObject({ value: 1, beside: { people: 1, eligible: 2 } });
  expect(
    read(
      contributionAsymmetry,
      some(20, () => ({})),
    ),
  ).toMatchObject({ value: 1, note: 'a single person' });
  expect(
    read(
      contributionAsymmetry,
      some(9, () => ({})),
    ),
  ).toMatchObject({ state: 'not-enough-data', needed: 10 });
});

test('reviews: an unrecorded convention is not "no reviews"', () => {
  expect(
    read(
      reviewDensity,
      some(40, () => ({})),
    ),
  ).toMatchObject({ state: 'not-observable' });
  expect(
    read(
      reviewDensity,
      some(40, (n) => (n < 3 ? { reviews: [aReview('bob')] } : {})),
    ),
  ).toMatchObject({
    state: 'not-observable',
  });
  const half = some(40, (n) => (n % 2 === 0 ? { reviews: [aReview('bob')] } : {}));
  expect(read(reviewDensity, half)).toMatchObject({ state: 'measured', value: 0.5, n: 40 });
});

test('reviews: by the author, by a bot, or a large merge within minutes are none', () => {
  const large = { files: 3, added: 60, deleted: 0 };
  const none: readonly Partial<ChangeFact>[] = [
    { reviews: [aReview('ada')] },
    { reviews: [aReview('bot', { byKind: 'bot' })] },
    { reviews: [aReview('bob', { from: 'merge' })], size: large },
  ];
  const changes = [...some(10, () => ({ reviews: [aReview('bob')] })), ...none.map((each) => aChange(each))];
  expect(read(reviewDensity, changes)).toMatchObject({ value: 10 / 13 });
});

test('reviews by size: each class that has enough; those by machines alone are told apart', () => {
  const changes = some(30, (n) => ({
    size: { files: 1, added: n % 3 === 0 ? 10 : n % 3 === 1 ? 100 : 1000, deleted: 0 },
    reviews:
      n % 3 === 0
        ? [aReview('bot', { byKind: 'bot' })]
        : n % 3 === 1
          ? [aReview('bob')]
          : n < 15
            ? [aReview('cyd')]
            : [],
  }));
  expect(read(reviewDensity, changes)).toMatchObject({
    value: 0.5,
    beside: { small: 0, medium: 1, large: 0.5, machines: 1 / 3 },
  });
  expect(read(reviewDensity, changes.slice(0, 15))).not.toHaveProperty('beside.small');
});

test('what bots alone did is nobody’s work', () => {
  const bots = some(40, () => ({ authorship: 'bot', authors: [] }));
  for (const signal of signals) expect(read(signal, bots)).toMatchObject({ n: 0 });
});

test('agents: unseen work counts only where reviews are on record', () => {
  const agents = some(10, () => ({ authorship: 'agent' }));
  expect(read(agentReviewGap, agents)).toMatchObject({ state: 'not-observable' });
  const seen = some(10, () => ({ reviews: [aReview('bob')] }));
  expect(read(agentReviewGap, [...agents, ...seen])).toMatchObject({ value: 1, n: 10 });
});

test('reviewers: all by one of two others is 1 minus nothing', () => {
  const byOne = some(12, (n) => ({ authors: [n % 2 === 0 ? 'ada' : 'bob'], reviews: [aReview('cyd')] }));
  expect(read(reviewerConcentration, byOne)).toMatchObject({ value: 1, beside: { people: 1 } });
});

test('latency: only merges show an opening; the median is right to 1 %', () => {
  const merges = some(9, (n) => ({ form: 'merge', begunAt: start + n * day - (n + 1) * day }));
  const read5 = read(decisionLatency, [...merges, ...some(50, () => ({}))]);
  expect(read5).toMatchObject({ state: 'measured', n: 9 });
  expect(read5.state === 'measured' && Math.abs(read5.value / 5 - 1)).toBeLessThan(0.011);
});

const size = (lines: number) => ({ files: 1, added: lines, deleted: 0 });
const close = (days: number): unknown => expect.closeTo(days, 0);
const flows = (hours: (n: number) => number, many = 40) =>
  Array.from({ length: many }, (_, n) =>
    aChange({ id: `f${n}`, mergedAt: start + n * day, begunAt: start + n * day - hours(n) * (day / 24) }),
  );

test('latency by size: each class that has enough', () => {
  const merges = some(30, (n) => ({
    form: 'merge',
    begunAt: start + n * day - (n % 3 === 0 ? 1 : n % 3 === 1 ? 4 : 9) * day,
    size: size(n % 3 === 0 ? 10 : n % 3 === 1 ? 100 : 1000),
  }));
  expect(read(decisionLatency, merges)).toMatchObject({
    beside: { small: close(1), medium: close(4), large: close(9), p85: close(9) },
  });
  expect(read(decisionLatency, merges.slice(0, 15))).not.toHaveProperty('beside.small');
});

test('volatility: within a day nothing waited, and commits that are pushed as they are made tell nothing', () => {
  // Minutes for most, three days for some: a ratio of the two would be over 1,000.
  expect(
    read(
      workflowVolatility,
      flows((n) => (n % 4 === 0 ? 72 : 0.05)),
    ),
  ).toMatchObject({ value: expect.closeTo(3, 1) });
  expect(
    read(
      workflowVolatility,
      flows((n) => (n % 4 === 0 ? 480 : 48)),
    ),
  ).toMatchObject({ value: expect.closeTo(10, 0) });
  expect(
    read(
      workflowVolatility,
      flows((n) => (n % 4 === 0 ? 72 : 0)),
    ),
  ).toMatchObject({ state: 'not-observable' });
});

test('volatility: another level is not volatility, and slow changes among ordinary ones are, beside it as well', () => {
  const stepped = flows((n) => (n < 70 ? 30 : 240) * (1 + (n % 5) / 50), 140);
  expect(read(workflowVolatility, stepped)).toMatchObject({
    value: expect.closeTo(1.04, 1),
    beside: { levels: 2, fano: 0, slow: expect.closeTo(10.4, 0) },
  });
  const mixed = flows((n) => (n % 5 === 0 ? 240 : 30), 140);
  expect(read(workflowVolatility, mixed)).toMatchObject({ value: expect.closeTo(8, 0), beside: { levels: 1 } });
});

test('volatility: steady work has ratio 1, and gaps of one length are not bursty', () => {
  const steady = some(30, (n) => ({ begunAt: start + n * day - 2 * day, sincePrevious: day }));
  const found = read(workflowVolatility, steady);
  expect(found).toMatchObject({ value: 1, beside: { logSd: 0, burstiness: -1 } });
  // Rebased at one time: there are gaps, and none is any.
  const rebased = some(30, (n) => ({ mergedAt: start, begunAt: start - (n + 1) * day, sincePrevious: 0 }));
  expect(read(workflowVolatility, rebased)).not.toHaveProperty('beside.burstiness');
});

test('corrections: once each, within 30 days, whatever was corrected later', () => {
  const changes = some(10, () => ({}));
  const [first, second, third] = changes as readonly [ChangeFact, ChangeFact, ChangeFact];
  const corrections = [
    aCorrection(first, 2),
    aCorrection(first, 9, { isFirst: false, isFirstByName: false }),
    aCorrection(second, 31),
    aCorrection(third, 5, { how: 'rewrite' }),
  ];
  expect(read(correctedChanges, [...changes, ...corrections])).toMatchObject({ value: 0.1, n: 10 });
  const reverted = aCorrection(third, 6, { isFirst: false });
  expect(read(correctedChanges, [...changes, ...corrections, reverted])).toMatchObject({ value: 0.2, n: 10 });
  const mended = changes.map((change) => aCorrection(change, 4));
  expect(read(correctionLatency, mended)).toMatchObject({ n: 10 });
});

test('correction latency: squash merges show no begin, and that is not no time', () => {
  const mended = some(20, () => ({})).map((change) => aCorrection(change, 4));
  const squashed = mended.map((fact): CorrectionFact => {
    const { begunAt: _, ...rest } = fact;
    return rest;
  });
  expect(read(correctionLatency, [...mended.slice(0, 9), ...squashed.slice(9, 18)])).toMatchObject({
    n: 9,
    value: expect.closeTo(0.5, 2),
  });
  expect(read(correctionLatency, [...mended.slice(0, 9), ...squashed.slice(9)])).toHaveProperty(
    'state',
    'not-observable',
  );
  expect(read(correctionLatency, squashed.slice(0, 7))).toHaveProperty('state', 'not-enough-data');
});

test('inspectability: a reason, a link or a test is enough', () => {
  const bare = { issue: false, discussion: false, decision: false, reason: false };
  const changes = [
    ...some(5, () => ({})),
    ...some(3, () => ({ traces: { ...bare, reason: true } })),
    aChange({ touchesTests: true }),
    aChange({ traces: { ...bare, issue: true } }),
  ];
  expect(read(inspectabilityGap, changes)).toMatchObject({ value: 0.5, n: 10 });
});

test('bands: exact for shares, drawn again for the rest, and around the value', () => {
  const changes = some(60, (n) => ({ authors: [['ada', 'bob', 'cyd'][n % 3 === 0 ? n % 2 : 2] ?? 'ada'] }));
  for (const signal of [contributionAsymmetry, inspectabilityGap]) {
    const { figure } = looked(signal, keptOf(signal, changes));
    if (figure.state !== 'measured') throw new Error(figure.state);
    const { value, band } = figure;
    expect(band.lo).toBeLessThanOrEqual(value);
    expect(band.hi).toBeGreaterThanOrEqual(value);
    expect(band.hi - band.lo).toBeGreaterThan(0);
  }
});

function looked(signal: Signal, kept: Kept) {
  const groups = groupsIn(signal, kept, at.window);
  const drawing = drawGroups([...groups.keys()], seededRandom(7));
  return look({ signal, slice: { window: at.window, groups }, asOf: at.asOf, drawing, random: seededRandom(1) });
}
