import type { SignalReading } from '../../src/core/debt/diagnosis.ts';
import type { Change } from '../../src/core/debt/figure.ts';
import type { Signal } from '../../src/core/signal/signal.ts';
import { week } from '../../src/core/signal/week.ts';
import { normalDraw, seededRandom } from '../../src/core/stats/random.ts';
import { signals } from '../../src/plugins/signals/index.ts';
import { beforeFrom, end, measured, nowFrom, span, tooFew, windows } from './figures.ts';

function series(seed: number, { from, to = from, noise }: { from: number; to?: number; noise: number }) {
  const random = seededRandom(seed);
  return Array.from({ length: 65 }, (_, at) => {
    const level = at < 48 ? from : to;
    const value = Math.max(0, level + noise * normalDraw(random));
    return { week: new Date(beforeFrom + at * week).toISOString(), value, n: 8 + random.below(30) };
  }).filter(() => random.uniform() > 0.06);
}

function definitionOf({ id, title, definition, formula, citation, unit, worse, raisedBy, loweredBy, ...rest }: Signal) {
  const { cannotSee, beside } = rest;
  const meanings = beside === undefined ? {} : { meaningsBeside: { ...beside } };
  return { id, title, definition, formula, citation, unit, worse, raisedBy, loweredBy, cannotSee, ...meanings };
}

type Given = Pick<SignalReading, 'now' | 'before'> & Partial<SignalReading>;

function reading(id: string, given: Given): SignalReading {
  const signal = signals.find((each) => each.id === id);
  if (signal === undefined) throw new Error(`no signal ${id}`);
  const change: Change = { state: 'unclear', band: { lo: -0.04, hi: 0.06, level: 0.8 } };
  return { ...definitionOf(signal), change, windows, shrunk: false, state: 'ok', weekly: [], ...given };
}

/** What a repository of nine people with some agents could show. */
export const richSignals: readonly SignalReading[] = [
  reading('contribution-asymmetry', {
    now: measured(0.62, 0.07, 412, { beside: { people: 4.2, eligible: 9 } }),
    before: measured(0.55, 0.04, 1604),
    weekly: series(1, { from: 0.55, noise: 0.12 }),
  }),
  reading('review-density', {
    now: measured(0.71, 0.03, 412),
    before: measured(0.83, 0.02, 1604),
    change: { state: 'clear', by: -0.12, band: { lo: -0.16, hi: -0.08, level: 0.8 }, reads: 'worse' },
    state: 'watch',
    weekly: series(2, { from: 0.83, to: 0.7, noise: 0.05 }),
  }),
  reading('reviewer-concentration', {
    now: measured(0.84, 0.05, 292, { beside: { people: 2.1, eligible: 8 } }),
    before: measured(0.79, 0.03, 1331),
    weekly: series(3, { from: 0.8, noise: 0.06 }),
  }),
  reading('decision-latency', {
    now: measured(3.4, 0.8, 351),
    before: measured(2.9, 0.3, 1420),
    change: { state: 'unclear', band: { lo: -0.3, hi: 1.3, level: 0.8 } },
    weekly: series(4, { from: 3, noise: 1 }),
  }),
  reading('workflow-volatility', {
    now: measured(11.2, 2.6, 351, { beside: { logSd: 1.3, burstiness: 0.21, fano: 3.4 } }),
    before: measured(9.8, 1.1, 1420),
    change: { state: 'unclear', band: { lo: -1.4, hi: 4.2, level: 0.8 } },
    weekly: series(5, { from: 10, noise: 2.5 }),
  }),
  reading('corrected-changes', {
    now: measured(0.061, 0.016, 380),
    before: measured(0.034, 0.006, 1604),
    change: { state: 'clear', by: 0.027, band: { lo: 0.009, hi: 0.045, level: 0.8 }, reads: 'worse' },
    state: 'watch',
    weekly: series(6, { from: 0.035, to: 0.06, noise: 0.02 }),
    windows: { now: span(nowFrom - 5 * week, end - 5 * week), before: span(beforeFrom - 5 * week, nowFrom - 5 * week) },
  }),
  reading('correction-latency', {
    now: measured(0.8, 0.4, 23, { beside: { latent: 6.5 } }),
    before: measured(1.1, 0.3, 55),
    change: { state: 'unclear', band: { lo: -0.8, hi: 0.2, level: 0.8 } },
    weekly: series(7, { from: 1, noise: 0.5 }),
  }),
  reading('inspectability-gap', {
    now: measured(0.23, 0.03, 412),
    before: measured(0.29, 0.02, 1604),
    change: { state: 'clear', by: -0.06, band: { lo: -0.1, hi: -0.02, level: 0.8 }, reads: 'better' },
    weekly: series(8, { from: 0.29, to: 0.23, noise: 0.05 }),
  }),
  reading('decision-visibility', {
    now: measured(0.64, 0.03, 412),
    before: measured(0.61, 0.02, 1604),
    weekly: series(9, { from: 0.62, noise: 0.06 }),
  }),
  reading('agent-share', {
    now: measured(0.18, 0.025, 412),
    before: measured(0.05, 0.01, 1604),
    change: { state: 'clear', by: 0.13, band: { lo: 0.1, hi: 0.16, level: 0.8 }, reads: 'neither' },
    weekly: series(10, { from: 0.05, to: 0.17, noise: 0.02 }),
  }),
  reading('agent-review-gap', {
    now: measured(0.31, 0.08, 26, { note: 'one agent wrote most of these changes' }),
    before: tooFew(5, 8),
    change: tooFew(5, 8),
    shrunk: true,
  }),
];
