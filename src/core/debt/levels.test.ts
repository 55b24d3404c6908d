import fc from 'fast-check';
import { expect, test } from 'vitest';
import { badnessOf, type DimensionId, dimensionInputs, type InputId, inputForms, inputIds } from './inputs.ts';
import { equalWeights, type Levels, levelsOf, visibilityOf } from './levels.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyBadness = fc
  .dictionary(fc.constantFrom(...inputIds), share)
  .map((found) => new Map(Object.entries(found) as [InputId, number][]));
const whole = (b: number): ReadonlyMap<InputId, number> => new Map(inputIds.map((id) => [id, b]));

function inputs(ids: readonly DimensionId[], b: number): ReadonlyMap<InputId, number> {
  return new Map(ids.flatMap((id) => dimensionInputs[id].inputs.map((input) => [input, b] as const)));
}

/** Everything that is worse when it is higher. */
function worsts({ human, technical, predicted, score }: Levels): readonly (number | undefined)[] {
  const total = predicted === undefined ? undefined : predicted.main + predicted.amplification;
  return [human, technical, total, score === undefined ? undefined : 1 - score];
}

test('badness: 0 at and beyond the good anchor, 1 at and beyond the bad one, linear between, either way round', () => {
  expect([0, 0.1, 0.35, 0.6, 2].map((value) => badnessOf(value, { good: 0.1, bad: 0.6 }))).toEqual([
    0,
    0,
    expect.closeTo(0.5),
    1,
    1,
  ]);
  expect([1, 0.9, 0.7, 0.5, 0].map((value) => badnessOf(value, { good: 0.9, bad: 0.5 }))).toEqual([
    0,
    0,
    expect.closeTo(0.5),
    1,
    1,
  ]);
  fc.assert(
    fc.property(fc.constantFrom(...inputIds), fc.double({ noNaN: true }), (id, value) => {
      const b = badnessOf(value, inputForms[id]);
      expect(b >= 0 && b <= 1).toBe(true);
    }),
  );
});

test('every level is within its scale, whatever was observed', () => {
  fc.assert(
    fc.property(anyBadness, fc.option(share, { nil: undefined }), (badness, visibility) => {
      const levels = levelsOf(badness, visibility);
      for (const value of worsts(levels)) expect(value === undefined || (value >= 0 && value <= 1 + 1e-12)).toBe(true);
    }),
  );
});

test('no input that gets worse makes anything better', () => {
  fc.assert(
    fc.property(anyBadness, fc.constantFrom(...inputIds), share, share, (badness, id, one, two) => {
      const at = (b: number): readonly (number | undefined)[] => worsts(levelsOf(new Map([...badness, [id, b]]), 0.5));
      const [good, bad] = [at(Math.min(one, two)), at(Math.max(one, two))];
      for (const [each, value] of bad.entries()) expect((value ?? 0) + 1e-9).toBeGreaterThanOrEqual(good[each] ?? 0);
    }),
  );
});

test('the order in which inputs were observed changes nothing', () => {
  fc.assert(
    fc.property(anyBadness, (badness) => {
      const turned = levelsOf(new Map([...badness].toReversed()), 0.3);
      expect(worsts(turned)).toEqual(worsts(levelsOf(badness, 0.3)));
    }),
  );
});

test('what was not observed is neither good nor bad: fewer than half of the parts give no level', () => {
  expect(levelsOf(new Map(), 1)).toMatchObject({ pillars: new Map(), dimensions: new Map() });
  expect(levelsOf(new Map(), 1).human).toBeUndefined();
  const latency = levelsOf(new Map([['decision-latency', 1]]), 1);
  expect(latency.human).toBeUndefined();
  const two = levelsOf(
    new Map([
      ['decision-latency', 0.5],
      ['contribution-asymmetry', 0.5],
    ]),
    1,
  );
  expect(two.human).toBeCloseTo(0.5);
  expect(two.predicted).toBeUndefined();
});

test('one bad pillar cannot be bought off: a debt is at least what equal weights make of the worst one', () => {
  const mixed = levelsOf(new Map([...whole(0), ['contribution-asymmetry', 1], ['reviewer-concentration', 1]]), 1);
  expect(mixed.human).toBe(1);
  expect(levelsOf(whole(0.4), 1)).toMatchObject({ human: expect.closeTo(0.4), technical: expect.closeTo(0.4) });
});

test('Execution Debt needs both debts, and low visibility amplifies it, exactly as specified', () => {
  const at = (b: number, visibility: number, amplifier = 1): number => {
    const { main = NaN, amplification = NaN } =
      levelsOf(whole(b), visibility, { ...equalWeights, amplifier }).predicted ?? {};
    return main + amplification;
  };
  expect(at(0, 0)).toBe(0);
  expect(at(0.5, 1)).toBeCloseTo(0.25);
  // m = .25; .25 + .75 * 1 * (1 - .2) * sqrt(.25)
  expect(at(0.5, 0.2)).toBeCloseTo(0.55);
  expect(at(0.5, 0.2, 0.5)).toBeCloseTo(0.4);
  expect(levelsOf(whole(0.5), undefined).predicted).toBeUndefined();
});

test('visibility: the geometric mean of both, or the one that there is', () => {
  expect(visibilityOf(0.25, 1)).toBe(0.5);
  expect(visibilityOf(0.25, undefined)).toBe(0.25);
  expect(visibilityOf(undefined, undefined)).toBeUndefined();
});

test('the score is the geometric mean of its dimensions, of three at least', () => {
  expect(levelsOf(inputs(['d1', 'd5'], 0.5), 1).score).toBeUndefined();
  expect(levelsOf(inputs(['d1', 'd2', 'd5'], 0.25), 1).score).toBeCloseTo(0.75);
  const mixed = levelsOf(new Map([...inputs(['d1', 'd2'], 0), ['correction-latency', 0.875]]), 1);
  expect(mixed.score).toBeCloseTo(0.5);
});
