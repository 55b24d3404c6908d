import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { posterior, priorFromHistory, ratesFromHistory } from './beta-binomial.ts';
import { chapman, fewestInBoth, undetected } from './capture-recapture.ts';
import { clusterBootstrap } from './cluster-bootstrap.ts';
import { effectiveNumber } from './concentration.ts';
import { eBenjaminiHochberg } from './e-bh.ts';
import { eValueBelow, logEValueAbove, logEValueBelow } from './e-value.ts';
import { holm } from './holm.ts';
import { pelt } from './pelt.ts';
import { atMost, poissonBinomial } from './poisson-binomial.ts';
import { credible, jeffreysInterval, wilsonInterval } from './proportion-interval.ts';
import { normalDraw, randomFrom, seededRandom } from './random.ts';
import { changePenalty, segmentCost, shortestSegment } from './segment-cost.ts';
import { segmentation, segmentationCrossCheck } from './segmentation.ts';
import { type Ballot, unanimity } from './unanimity.ts';
import { aalenJohansen, kaplanMeier, type Life, medianSurvival, survivalAt } from './survival.ts';

test('xoshiro128** 1.1 gives the sequence other implementations test, from the state 1, 2, 3, 4', () => {
  const random = randomFrom([1, 2, 3, 4]);
  const drawn = Array.from({ length: 6 }, () => random.bits());
  expect(drawn).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
});

test('the e-value against a dissent rate of at least 15 % is the one worked out in the specification', () => {
  expect(eValueBelow(0.15, { k: 0, n: 20 })).toBeCloseTo(7.9, 1);
  expect(eValueBelow(0.15, { k: 0, n: 28 })).toBeCloseTo(21.6, 1);
  expect(logEValueAbove(0.85, { k: 20, n: 20 })).toBeCloseTo(logEValueBelow(0.15, { k: 0, n: 20 }), 9);
});

test('an e-value stays a number where the beta distribution is 0 to a computer, and where it is larger than numbers are', () => {
  // All 300 at a rate below d0: the integral of p^300 from 0 to d0, over d0, over d0^300.
  expect(logEValueBelow(0.001, { k: 300, n: 300 })).toBeCloseTo(-Math.log(301), 9);
  // Of the incomplete beta function to 40 digits (mpmath).
  expect(logEValueBelow(0.1, { k: 5, n: 40 })).toBeCloseTo(-1.1091496293, 9);
  expect(logEValueBelow(0.3, { k: 600, n: 1000 })).toBeCloseTo(-6.0641051546, 9);
  expect(logEValueBelow(0.05, { k: 12, n: 3000 })).toBeCloseTo(108.1350141896, 9);
  expect(eValueBelow(0.3, { k: 0, n: 10_000 })).toBe(Number.MAX_VALUE);
});

test('e-BH takes the largest k whose e-values are large enough', () => {
  expect(eBenjaminiHochberg([45, 1, 30, 0.5], 0.1)).toEqual([true, false, true, false]);
  expect(eBenjaminiHochberg([19, 1], 0.1)).toEqual([false, false]);
});

test('Holm multiplies by what is left and never lets a larger p overtake', () => {
  const adjusted = holm([0.01, 0.04, 0.03]);
  for (const [at, p] of [0.03, 0.06, 0.06].entries()) expect(adjusted[at]).toBeCloseTo(p, 12);
});

/** How often 80 % bands hold a share after weeks of one to three changes each. */
function coverage(share: number, weeks: number, priorOf: typeof priorFromHistory): number {
  const random = seededRandom(1);
  const seen = (n: number) => ({ k: Array.from({ length: n }, random.uniform).filter((x) => x < share).length, n });
  const rounds = 1000;
  const held = Array.from({ length: rounds }, () => {
    const prior = priorOf(Array.from({ length: weeks }, () => seen(1 + random.below(3))));
    const { lo, hi } = credible(posterior(prior, seen(20)), 0.8);
    return lo <= share && share <= hi;
  });
  return held.filter(Boolean).length / rounds;
}

describe('shares', () => {
  test('Wilson on a well-known example, Jeffreys at its edges', () => {
    expect(wilsonInterval({ k: 81, n: 263 }).lo).toBeCloseTo(0.2553, 4); // an example of Newcombe, Stat. Med. 17, 1998
    expect(wilsonInterval({ k: 81, n: 263 }).hi).toBeCloseTo(0.3662, 4);
    expect(jeffreysInterval({ k: 0, n: 20 }).lo).toBe(0);
    expect(jeffreysInterval({ k: 0, n: 0 })).toMatchObject({ lo: 0, hi: 1 });
  });

  test('a steady history pulls a small week towards itself, a scattered one less', () => {
    const steady = priorFromHistory(Array.from({ length: 10 }, () => ({ k: 2, n: 10 })));
    const scattered = priorFromHistory(Array.from({ length: 10 }, (_, at) => ({ k: at % 2 === 0 ? 0 : 4, n: 10 })));
    const after = (prior: typeof steady): number => credible(posterior(prior, { k: 3, n: 3 }), 0.8).value;
    expect(after(steady)).toBeLessThan(after(scattered));
    expect(after(scattered)).toBeLessThan(1);
  });

  test('no history is surer that nothing happens than nothing before it would be', () => {
    const week = fc.integer({ min: 1, max: 12 }).chain((n) => fc.record({ k: fc.nat(n), n: fc.constant(n) }));
    fc.assert(
      fc.property(fc.array(week, { maxLength: 20 }), (weeks) => {
        const { a, b } = priorFromHistory(weeks);
        expect(Math.min(a, b)).toBeGreaterThanOrEqual(0.5);
        expect(a + b).toBeLessThanOrEqual(51);
      }),
    );
    expect(priorFromHistory([])).toEqual({ a: 0.5, b: 0.5 });
    expect(priorFromHistory([{ k: 3, n: 9 }])).toEqual({ a: 0.5, b: 0.5 });
    expect(
      priorFromHistory([
        { k: 0, n: 9 },
        { k: 0, n: 6 },
      ]),
    ).toEqual({ a: 0.5, b: 15.5 });
  });

  test.each([
    [0.05, 14],
    [0.02, 40],
  ])(
    'a band drawn towards the history holds %f after %i weeks as often as it says; by rates alone not',
    (share, weeks) => {
      expect(coverage(share, weeks, priorFromHistory)).toBeGreaterThan(0.78);
      expect(coverage(share, weeks, (h) => ratesFromHistory(h) ?? priorFromHistory(h))).toBeLessThan(0.76);
    },
  );
});

test('effective contributors: equal shares give their number, one person one, and never more than there are', () => {
  expect(effectiveNumber([10, 0, 0], 3)).toBe(1);
  expect(effectiveNumber([1, 1, 1], 3)).toBe(3);
  expect(effectiveNumber([1], 1)).toBeNaN();
});

test('Poisson-binomial with equal probabilities is binomial', () => {
  expect([...poissonBinomial([0.5, 0.5, 0.5])]).toEqual([0.125, 0.375, 0.375, 0.125]);
  expect(atMost(1, [0.5, 0.5, 0.5])).toBe(0.5);
});

test('Chapman on a worked example, and the undetected grow with the odds ratio', () => {
  const lists = { first: 10, second: 15, both: 5 }; // 11 * 16 / 6 - 1
  expect(chapman(lists).total).toBeCloseTo(28.333, 3);
  expect(chapman(lists).variance).toBeCloseTo((11 * 16 * 5 * 10) / (36 * 7), 9);
  expect([undetected(lists, 1), undetected(lists, 5)]).toEqual([10, 50]);
  expect(lists.both).toBeLessThan(fewestInBoth);
});

// Freireich et al. (Blood 21, 1963), weeks of remission under 6-MP, the usual textbook example.
const ended = [6, 6, 6, 7, 10, 13, 16, 22, 23];
const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
const remission: readonly Life[] = [
  ...ended.map((time) => ({ time, cause: 1 })),
  ...censored.map((time) => ({ time, cause: 0 })),
];

describe('survival', () => {
  test('Kaplan-Meier gives the textbook curve and Greenwood errors', () => {
    const steps = kaplanMeier(remission);
    expect(survivalAt(steps, 6)).toBeCloseTo(0.857, 3);
    expect(survivalAt(steps, 23)).toBeCloseTo(0.448, 3);
    expect(Math.sqrt(steps[0]?.variance ?? NaN)).toBeCloseTo(0.0764, 4);
    expect(Math.sqrt(steps.at(-1)?.variance ?? NaN)).toBeCloseTo(0.1346, 4);
    expect(medianSurvival(steps)).toBe(23);
  });

  test('with one cause, Aalen-Johansen is what Kaplan-Meier leaves, with its variance', () => {
    const left = kaplanMeier(remission);
    for (const [at, { incidence, variance }] of aalenJohansen(remission, 1).entries()) {
      expect(incidence[0]).toBeCloseTo(1 - (left[at]?.survival ?? NaN), 12);
      expect(variance[0]).toBeCloseTo(left[at]?.variance ?? NaN, 12);
    }
  });

  test('what ended by each cause and what is left add up to one', () => {
    const life = fc.record({ time: fc.nat(20), cause: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(life, { minLength: 1 }), (lives) => {
        const left = kaplanMeier(lives);
        for (const [at, { incidence }] of aalenJohansen(lives, 3).entries())
          expect(incidence.reduce((sum, share) => sum + share, left[at]?.survival ?? 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});

test('a cluster bootstrap repeats itself and holds the value of what does not vary', () => {
  expect(clusterBootstrap([2, 2, 2], meanOf)).toEqual({ value: 2, lo: 2, hi: 2 });
  expect(clusterBootstrap([1, 2, 3, 4], meanOf)).toEqual(clusterBootstrap([1, 2, 3, 4], meanOf));
});

describe('segmentation', () => {
  test('PELT is the exact optimum, whatever it leaves out of sight', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 10, maxLength: 60 }), (x) => {
        const found = [0, ...pelt(x), x.length];
        const total = found.slice(1).reduce((sum, end, at) => sum + segmentCost(x)(found[at] ?? 0, end), 0);
        expect(total + (found.length - 2) * changePenalty(x.length)).toBeCloseTo(optimum(x), 6);
      }),
    );
  });

  test.each([segmentation, segmentationCrossCheck])(
    'finds a planted step and hardly anything else: %o',
    (changesOf) => {
      const runs = Array.from({ length: 50 }, (_, seed) => noiseOf(seed));
      const found = runs.map((noise) => changesOf(noise.map((value, at) => value + (at < 60 ? 0 : 3))));
      expect(found.filter((changes) => changes.some((at) => Math.abs(at - 60) <= 5)).length).toBe(50);
      expect(found.filter((changes) => changes.length > 1).length).toBeLessThanOrEqual(1);
      expect(runs.filter((noise) => changesOf(noise).length > 0).length).toBeLessThanOrEqual(1);
      expect(changesOf(Array.from({ length: 100 }, () => 5))).toEqual([]);
    },
  );
});

function noiseOf(seed: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: 100 }, () => normalDraw(random));
}

function meanOf(drawn: readonly number[]): number {
  return drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
}

/** Optimal partitioning without leaving anything out. */
function optimum(x: readonly number[]): number {
  const cost = segmentCost(x);
  const best = [-changePenalty(x.length)];
  for (let end = 1; end <= x.length; end++) {
    const fits = best.flatMap((before, start) => (end - start < shortestSegment ? [] : [before + cost(start, end)]));
    best.push(Math.min(...fits) + changePenalty(x.length));
  }
  return best.at(-1) ?? NaN;
}

describe('unanimity', () => {
  test('two who object on the same items agree beyond chance; on any of their own they do not', () => {
    const together = [ballot({ ada: true, bob: true }, 10), ballot({ ada: false, bob: false }, 30)];
    const found = unanimity(together, seededRandom(1));
    expect(found.share).toBe(1);
    // Each objects on a quarter: they agree on 1/16 + 9/16 of the items.
    expect(found.byChance).toBeCloseTo(10 / 16, 1);
    expect(found.p).toBe(0.001);
  });

  test('p is small no more often than it says where each objects by themselves', () => {
    const random = seededRandom(7);
    const ps = Array.from({ length: 100 }, () => {
      const vote = (rate: number) => random.uniform() < rate;
      const items = Array.from({ length: 40 }, () => ballot({ ada: vote(0.3), bob: vote(0.2), cyd: vote(0.1) }, 1));
      return unanimity(items, random).p;
    });
    expect(ps.filter((p) => p <= 0.1).length).toBeLessThanOrEqual(18);
    expect(ps.filter((p) => p <= 0.5).length).toBeGreaterThan(25);
  });

  test('who never objects is not taken for certain never to', () => {
    const found = unanimity(
      [ballot({ ada: false, bob: false }, 20), ballot({ cyd: true, bob: false }, 5)],
      seededRandom(1),
    );
    expect(found.byChance).toBeLessThan(0.8);
  });
});

function ballot(votes: Readonly<Record<string, boolean>>, many: number): Ballot {
  return { votes: new Map(Object.entries(votes)), many };
}
