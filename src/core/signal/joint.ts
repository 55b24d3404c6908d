import type { Beta } from '../stats/beta.ts';
import { gammaDraw } from '../stats/dirichlet.ts';
import type { Proportion } from '../stats/interval.ts';
import type { Random } from '../stats/random.ts';
import { addingUp } from './adding-up.ts';
import { leanStates, mergedState } from './kept.ts';
import type { ReadAt, Sample, Signal } from './signal.ts';

/** Which groups of changes each draw takes, with putting back; the same for all signals, so that their errors go together. */
export type Drawing = readonly (readonly number[])[];

const draws = 500;

export function drawGroups(present: readonly number[], random: Random): Drawing {
  return Array.from({ length: draws }, () => present.map(() => present[random.below(present.length)] ?? 0));
}

export type Groups = ReadonlyMap<number, unknown>;

/** What a signal says of each draw; NaN where it says nothing. */
export function readDrawn(signal: Signal, groups: Groups, drawing: Drawing, at: ReadAt): readonly number[] {
  const merged = mergerOf(signal, leanOf(signal, groups, at));
  return drawing.map((drawn) => {
    const read = signal.run.read(merged(drawn), at);
    return read.state === 'measured' ? read.value : NaN;
  });
}

/** What merges the groups of a draw, each as often as it was drawn. */
export function mergerOf({ run }: Signal, groups: Groups): (drawn: readonly number[]) => unknown {
  if (run.adds === true && groups.size > 0) return addingUp(groups);
  return (drawn) => mergedState(run, statesOf(groups, drawn));
}

function leanOf(signal: Signal, groups: Groups, at: ReadAt): Groups {
  const lean = leanStates(signal, [...groups.values()], at);
  return new Map([...groups.keys()].map((group, index) => [group, lean[index]]));
}

/**
 * Shares of the draws. What is believed before (Jeffreys' prior, or the own history) weighs as much as that many
 * observations, drawn again too: so that a share of 0 of 20 is not taken for certain (Rubin 1981, "The Bayesian bootstrap").
 */
export function sharesDrawn(
  { run }: Signal,
  groups: Groups,
  drawing: Drawing,
  { prior, random }: { readonly prior: Beta; readonly random: Random },
): readonly number[] {
  const own = new Map([...groups].map(([group, state]) => [group, countsOf(run.readWeek?.(state))]));
  return drawing.map((drawn) => {
    const [hits, misses] = [gammaDraw(prior.a, random), gammaDraw(prior.b, random)];
    const seen = drawn.map((group) => own.get(group) ?? { k: 0, n: 0 });
    const k = hits + seen.reduce((sum, each) => sum + each.k, 0);
    return k / (k + misses + seen.reduce((sum, each) => sum + each.n - each.k, 0));
  });
}

/**
 * The same of a share that only its own fold can count, in draws that were made already: Jeffreys' prior, weighed against
 * as many observations as would scatter like the draws (Korn & Graubard 1998, Surv. Methodol. 24); where they do not
 * scatter, against `among`.
 */
export function unseenAdded(drawn: readonly number[], among: number, random: Random): readonly number[] {
  const worth = scatteringLike(drawn) ?? among;
  return drawn.map((share) => {
    const [hits, misses, seen] = [gammaDraw(0.5, random), gammaDraw(0.5, random), gammaDraw(worth, random)];
    return (share * seen + hits) / (seen + hits + misses);
  });
}

function scatteringLike(shares: readonly number[]): number | undefined {
  const mean = shares.reduce((sum, each) => sum + each, 0) / shares.length;
  const variance = shares.reduce((sum, each) => sum + (each - mean) ** 2, 0) / shares.length;
  return variance < 1e-12 || mean >= 1 ? undefined : (mean * (1 - mean)) / variance;
}

/** Of a share: hits among all. */
export function countsOf(sample: Sample | undefined): Proportion {
  return sample === undefined ? { k: 0, n: 0 } : { k: sample.value * sample.n, n: sample.n };
}

function statesOf(groups: Groups, drawn: readonly number[]): readonly unknown[] {
  return drawn.flatMap((group) => (groups.has(group) ? [groups.get(group)] : []));
}
