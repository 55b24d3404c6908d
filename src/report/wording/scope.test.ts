import { expect, test } from 'vitest';
import { richScope } from '../../../test/make/example-scopes.ts';
import { computed } from '../../../test/make/figures.ts';
import { richSignals } from '../../../test/make/signal-readings.ts';
import { readsText } from './figures.ts';
import { aimedAt, headline, isBadAsEver, leftOut, nextForSignal, noMove, predictedParts, standingOf } from './scope.ts';

const change = { state: 'not-enough-data', n: 0, needed: 8 } as const;

test('a change that is not watched is told for what it may be, and no way of it is called steady', () => {
  const band = { lo: 0.1, hi: 0.3, level: 0.8 };
  const told = (reads: 'better' | 'worse' | 'neither') =>
    richSignals
      .filter(({ state }) => state === 'ok')
      .map((signal) => standingOf({ ...signal, change: { state: 'clear', by: 0.2, band, reads } }));
  expect(new Set(told('worse'))).toEqual(new Set(['worse, perhaps by chance']));
  expect(new Set(told('better'))).toEqual(new Set(['better, perhaps by chance']));
  expect(new Set(told('neither'))).toEqual(new Set(['changed']));
  // What broke for the worse is no chance; that it is better than its past none the less may be one.
  const [signal] = richSignals.filter(({ state }) => state === 'ok');
  if (signal === undefined) throw new Error('no example');
  const alarmed = (reads: 'better' | 'worse') =>
    readsText({ ...signal, state: 'alarm', change: { state: 'clear', by: 0.2, band, reads } });
  expect([alarmed('worse'), alarmed('better')]).toEqual(['worse', 'better, perhaps by chance']);
});

test('only what was set against a past is steady; what is watched stays so', () => {
  const told = richSignals.map((signal) => ({ signal, alone: { ...signal, change } }));
  const steady = told.filter(({ signal }) => standingOf(signal) === 'steady');
  expect(steady.length).toBeGreaterThan(0);
  for (const { alone } of steady) expect(standingOf(alone)).toBe('no comparison');
  expect(told.some(({ alone }) => standingOf(alone) === 'watch')).toBe(true);
});

test('what now: what is bad is named though it never was better, and without a past nothing is said to differ from it', () => {
  const [signal] = richSignals.filter(({ state, now }) => state === 'ok' && now.state === 'measured');
  const input = richScope.inputs.find(({ badness }) => badness.state === 'computed');
  if (signal === undefined || input === undefined) throw new Error('no example');
  const steady = { ...signal, change: { ...change } };
  const quiet = { ...richScope, alarms: { ...richScope.alarms, found: [] } };
  const withBand = (lo: number) => ({
    ...quiet,
    inputs: [{ ...input, signal: signal.id, badness: computed(0.9, lo, 1) }],
  });
  expect(nextForSignal(withBand(0.4), steady)).toContain('does not differ for the worse');
  expect(nextForSignal(withBand(0.5), steady)).toContain('bad whatever it was before');
  expect([0.4, 0.5].map((lo) => isBadAsEver(withBand(lo), steady))).toEqual([false, true]);
  expect(nextForSignal(withBand(0.4), { ...steady, before: change })).toContain('no baseline');
});

test('what a move aims at is the sum of the shares beside it, wherever it is told', () => {
  const { move } = richScope;
  if (move === undefined) throw new Error('no example');
  const because = [0.4945, 0.1415].map((share) => ({ input: 'x', share }));
  expect(aimedAt({ ...move, because })).toBe('63\u00A0%');
  expect(headline({ ...richScope, move: { ...move, because } }).join(' ')).toContain(
    '63\u00A0% of what could be better',
  );
});

test('what is bad in no level that is shown is told beside the move, which cannot aim at it', () => {
  const [first] = richScope.inputs;
  if (first === undefined) throw new Error('no example');
  const alone = { ...first, id: 'alone', title: 'Alone', badness: computed(0.9, 0.6, 1) };
  const scope = { ...richScope, inputs: [...richScope.inputs, alone] };
  const said = 'Not counted in it, though bad beyond doubt: alone. No debt or score with it could be shown.';
  expect(leftOut(scope)).toBe(said);
  expect(headline(scope).join(' ')).toContain(said);
  const share = { input: 'alone', ofLevel: 0.1, ofUncertainty: 0 };
  const debts = scope.debts.map((debt) => ({ ...debt, shares: [...debt.shares, share] }));
  expect(leftOut({ ...scope, debts })).toBe('');
});

test('no move: what is bad beyond doubt is named where no level that is shown has it', () => {
  const [first] = richScope.inputs;
  if (first === undefined) throw new Error('no example');
  const bad = { ...first, badness: computed(0.9, 0.6, 1) };
  expect(noMove({ ...richScope, inputs: [bad] })).toContain(`(${first.title.toLowerCase()}) is in no debt or score`);
  expect(noMove({ ...richScope, inputs: [] })).toContain('No input is bad beyond doubt');
});

function parts(value: number, main: number) {
  const level = { state: 'computed', value, band: { lo: value - 8, hi: value + 8, level: 0.8 } } as const;
  return predictedParts({ level, main, amplification: value - main, shares: [] });
}

test('the parts of what is predicted add up to what is printed', () => {
  expect(parts(33.4, 23.6)).toEqual({ main: '24', added: '9' });
  for (let value = 10; value < 90; value += 0.37) {
    for (let main = 0; main <= value; main += 3.3) {
      const { main: first, added } = parts(value, main) ?? {};
      expect(`${Number(first) + Number(added)}`).toBe(value.toFixed(0));
    }
  }
});
