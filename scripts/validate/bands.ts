import { look } from '../../src/core/debt/look.ts';
import type { ChangeFact } from '../../src/core/signal/fact.ts';
import { drawGroups } from '../../src/core/signal/joint.ts';
import { groupsIn, keep, type Kept } from '../../src/core/signal/kept.ts';
import type { Signal } from '../../src/core/signal/signal.ts';
import { day, usualWeeks, week } from '../../src/core/signal/week.ts';
import { effectiveNumber, unevenness } from '../../src/core/stats/concentration.ts';
import { normalQuantile } from '../../src/core/stats/normal.ts';
import { normalDraw, seededRandom } from '../../src/core/stats/random.ts';
import { contributionAsymmetry } from '../../src/plugins/signals/contribution-asymmetry.ts';
import { decisionLatency } from '../../src/plugins/signals/decision-latency.ts';
import { workflowVolatility } from '../../src/plugins/signals/workflow-volatility.ts';
import { aChange, aReview, start } from '../../test/make/facts.ts';

// How often bands of 80 % hold the true value, of figures that are no share, in made windows of so many changes:
// `node scripts/validate/bands.ts`, two minutes.

const rounds = 1000;
const window = { from: start, to: start + usualWeeks.current * week };
const random = seededRandom(1);
/** Spread of the logarithm of made times, and their median in days. */
const [spread, median] = [1, 3];

function bandIn(signal: Signal, changes: readonly ChangeFact[], seed: number): readonly [number, number] | undefined {
  const kept: Kept = new Map();
  for (const change of changes) keep(signal, kept, change);
  const groups = groupsIn(signal, kept, window);
  const drawing = drawGroups([...groups.keys()], seededRandom(seed));
  const { figure } = look({ signal, slice: { window, groups }, asOf: window.to, drawing, random: seededRandom(seed) });
  return figure.state === 'measured' ? [figure.band.lo, figure.band.hi] : undefined;
}

function coverage(signal: Signal, n: number, truth: number, make: () => Partial<ChangeFact>): string {
  const bands = Array.from({ length: rounds }, (_, round) => {
    const changes = Array.from({ length: n }, (_each, at) =>
      aChange({ ...make(), id: `${round} ${at} ${random.bits()}` }),
    );
    return bandIn(signal, changes, round);
  }).filter((band) => band !== undefined);
  const held = bands.filter(([lo, hi]) => lo <= truth && truth <= hi).length;
  return (held / bands.length).toFixed(2);
}

function timed(): Partial<ChangeFact> {
  const mergedAt = window.from + random.below(window.to - window.from);
  const begunAt = mergedAt - median * Math.exp(spread * normalDraw(random)) * day;
  return { mergedAt, begunAt, openedAt: begunAt, form: 'merge' };
}

/** Everybody reviews everything, so that it is known how many take part. */
function written(parts: readonly number[]): Partial<ChangeFact> {
  let rest = random.below(parts.reduce((sum, part) => sum + part, 0));
  const author = parts.findIndex((part) => (rest -= part) < 0);
  const reviews = parts.map((_, person) => aReview(`p${person}`));
  return { ...timed(), authors: [`p${author}`], reviews };
}

function unevennessOf(parts: readonly number[]): number {
  // Of so many that pairs with themselves do not count.
  return unevenness(effectiveNumber(parts.map((part) => 1e9 * part)), parts.length);
}

const [even, uneven] = [Array<number>(6).fill(1), [10, 4, 2, 1, 1, 1]];
console.log(
  '| changes | asymmetry, six alike | six of 10, 4, 2, 1, 1, 1 | median days | P85 / P50 |\n|---|---|---|---|---|',
);
for (const n of [12, 20, 40, 100]) {
  const found = [
    coverage(contributionAsymmetry, n, unevennessOf(even), () => written(even)),
    coverage(contributionAsymmetry, n, unevennessOf(uneven), () => written(uneven)),
    coverage(decisionLatency, n, median, timed),
    coverage(workflowVolatility, n, Math.exp(spread * normalQuantile(0.85)), timed),
  ];
  console.log(`| ${[n, ...found].join(' | ')} |`);
}
