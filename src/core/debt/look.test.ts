import { expect, test } from 'vitest';
import { aChange, aReview, start } from '../../../test/make/facts.ts';
import { contributionAsymmetry } from '../../plugins/signals/contribution-asymmetry.ts';
import { drawGroups } from '../signal/joint.ts';
import { groupsIn, keep, type Kept } from '../signal/kept.ts';
import type { Signal } from '../signal/signal.ts';
import { week } from '../signal/week.ts';
import { seededRandom } from '../stats/random.ts';
import { look } from './look.ts';

const window = { from: start, to: start + 13 * week };
const parts = [10, 4, 2, 1, 1, 1];
/** 1 - (N2 - 1) / (n - 1) of these shares. */
const truth = 1 - (19 ** 2 / parts.reduce((sum, part) => sum + part ** 2, 0) - 1) / 5;

/** How often the band of 80 % holds what twelve changes of such a pod were made from. */
function coverage(signal: Signal): number {
  const random = seededRandom(1);
  const rounds = 200;
  const held = Array.from({ length: rounds }, (_, round) => {
    const kept: Kept = new Map();
    for (let n = 0; n < 12; n++) {
      let rest = random.below(19);
      const author = parts.findIndex((part) => (rest -= part) < 0);
      const change = { id: `${round} ${n}`, mergedAt: start + n * week, authors: [`p${author}`] };
      keep(signal, kept, aChange({ ...change, reviews: parts.map((__, person) => aReview(`p${person}`)) }));
    }
    const groups = groupsIn(signal, kept, window);
    const drawing = drawGroups([...groups.keys()], seededRandom(round));
    const at = { window, groups };
    const { figure } = look({ signal, slice: at, asOf: window.to, drawing, random: seededRandom(round) });
    return figure.state === 'measured' && figure.band.lo <= truth && truth <= figure.band.hi;
  });
  return held.filter(Boolean).length / rounds;
}

test('of few changes the band of asymmetry knows of people who are not among them; changes drawn again alone do not', () => {
  const { run } = contributionAsymmetry;
  const read: typeof run.read = (state, at) => {
    const found = run.read(state, at);
    if (found.state !== 'measured') return found;
    const { draw: _, ...rest } = found;
    return rest;
  };
  expect(coverage(contributionAsymmetry)).toBeGreaterThan(0.7);
  expect(coverage({ ...contributionAsymmetry, run: { ...run, read } })).toBeLessThan(0.66);
});
