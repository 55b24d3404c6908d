import { expect, test } from 'vitest';
import { at as usual, linesBorn, linesDied, read, start } from '../../../test/make/facts.ts';
import type { Fact } from '../../core/signal/fact.ts';
import { unseenAdded } from '../../core/signal/joint.ts';
import { day } from '../../core/signal/week.ts';
import { betaQuantile } from '../../core/stats/beta.ts';
import { seededRandom } from '../../core/stats/random.ts';
import { changeSurvival } from './change-survival.ts';
import { earlyChurn } from './early-churn.ts';

const born = Array.from({ length: 10 }, (_, n) => linesBorn(`c${n}`, n, n < 5 ? { authorship: 'agent' } : {}));

test('survival: what is gone by then, by cause and by who wrote it', () => {
  const gone = born.flatMap((each): readonly Fact[] => [
    { ...linesDied(each, 3, 1), cause: 'corrective' },
    linesDied(each, 80, each.authorship === 'agent' ? 2 : 3),
    { ...linesDied(each, 89.9, 1), cause: 'deletion' },
    linesDied(each, 90, 4),
  ]);
  const found = read(changeSurvival, [...born, ...gone]);
  if (found.state !== 'measured') throw new Error(found.state);
  expect(found.n).toBe(10);
  expect(found.value).toBeCloseTo(0.55, 12);
  const { lines, after14, corrective, adaptive, deletion, agent, undisclosed } = found.beside ?? {};
  expect([lines, found.beside?.['human']]).toEqual([100, undefined]);
  for (const [is, expected] of [
    [after14, 0.9],
    [corrective, 0.1],
    [adaptive, 0.25],
    [deletion, 0.1],
    [agent, 0.6],
    [undisclosed, 0.5],
  ] as const)
    expect(is).toBeCloseTo(expected, 12);
});

test('survival: lines still there when reading ends were watched so long and no longer', () => {
  const late = born.map((each) => ({ ...each, at: each.at + 250 * day }));
  const at = { window: { from: start + 250 * day, to: start + 300 * day }, asOf: start + 300 * day };
  let state = changeSurvival.run.empty();
  for (const fact of [...late, ...late.slice(0, 5).map((each) => linesDied(each, 42, 10))])
    state = changeSurvival.run.add(state, fact);
  const found = changeSurvival.run.read(state, at);
  // Half died at 42 days, when those of the last days were watched for 41 days only.
  expect(found.state === 'measured' && found.value).toBeCloseTo(1 - 50 / 90, 12);
});

test('early churn: within 14 days, of few changes nothing', () => {
  const gone = born.flatMap((each) => [linesDied(each, 13.9, 2), linesDied(each, 14, 5)]);
  expect(read(earlyChurn, [...born, ...gone])).toMatchObject({ value: 0.2, n: 10, beside: { lines: 100 } });
  const reformatted = born.map((each): Fact => ({ ...linesDied(each, 3, 5), isReformatted: true }));
  expect(read(earlyChurn, [...born, ...gone, ...reformatted])).toMatchObject({ value: 0.2 });
  expect(read(earlyChurn, born.slice(0, 7))).toMatchObject({ state: 'not-enough-data', n: 7 });
});

test('what bots wrote is nobody’s work', () => {
  const bots = born.map((each) => ({ ...each, authorship: 'bot' as const }));
  for (const signal of [changeSurvival, earlyChurn])
    expect(read(signal, [...bots, ...bots.map((each) => linesDied(each, 1, 5))])).toMatchObject({ n: 0 });
});

/** What nine of ten draws are below, if changes that are drawn again show nothing else. */
function ninth(found: ReturnType<typeof read>, share = 0.9): number {
  if (found.state !== 'measured' || found.among === undefined) throw new Error('worth nothing');
  const alike = Array.from({ length: 20_000 }, () => found.value);
  const draws = unseenAdded(alike, found.among, seededRandom(1)).toSorted((a, b) => a - b);
  return draws[Math.floor(share * draws.length)] ?? NaN;
}

test('all alike: changes of one size are what was seen, and lines that were hardly watched tell little', () => {
  const jeffreys = betaQuantile(0.9, { a: 0.5, b: born.length + 0.5 });
  expect(ninth(read(earlyChurn, born))).toBeCloseTo(jeffreys, 2);
  expect(1 - ninth(read(changeSurvival, born), 0.1)).toBeCloseTo(jeffreys, 2);
  const all = born.map((each) => linesDied(each, 3, 10));
  expect(1 - ninth(read(earlyChurn, [...born, ...all]), 0.1)).toBeCloseTo(jeffreys, 2);
  expect(ninth(read(changeSurvival, [...born, ...all]))).toBeCloseTo(jeffreys, 2);
  const late = { window: usual.window, asOf: start + 30 * day };
  expect(1 - ninth(read(changeSurvival, born, late), 0.1)).toBeGreaterThan(2 * jeffreys);
});

test('all alike: one change with most of the lines tells about as much as one change', () => {
  const [first, ...rest] = born;
  const found = read(earlyChurn, [...rest, ...(first === undefined ? [] : [{ ...first, lines: 9000 }])]);
  expect(ninth(found)).toBeCloseTo(betaQuantile(0.9, { a: 0.5, b: 1.5 }), 1);
});
