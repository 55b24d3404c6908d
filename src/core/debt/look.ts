import { countsOf, type Drawing, type Groups, readDrawn, sharesDrawn, unseenAdded } from '../signal/joint.ts';
import { mergedState, readAll } from '../signal/kept.ts';
import type { Signal } from '../signal/signal.ts';
import type { Window } from '../signal/week.ts';
import type { Beta } from '../stats/beta.ts';
import { posterior } from '../stats/beta-binomial.ts';
import type { Proportion } from '../stats/interval.ts';
import { credible } from '../stats/proportion-interval.ts';
import type { Random } from '../stats/random.ts';
import { aroundValue, bandOf, centred, level } from './band.ts';
import type { Band, Figure } from './figure.ts';

/** With fewer observations a share is drawn towards the scope's own history. */
const smallShare = 30;
/** Worth less, what was seen says nothing. */
const fewest = 8;
const jeffreys: Beta = { a: 0.5, b: 0.5 };

/** A stretch of time, and what was kept of it. */
export interface Slice {
  readonly window: Window;
  readonly groups: Groups;
}

export interface Look {
  readonly signal: Signal;
  readonly slice: Slice;
  readonly asOf: number;
  readonly drawing: Drawing;
  readonly random: Random;
  /** What the own history says of a share; absent: nothing. */
  readonly prior?: Beta | undefined;
}

/** A figure, and its value in each draw. */
export interface Looked {
  readonly figure: Figure;
  readonly drawn: readonly number[];
  readonly shrunk: boolean;
}

/** What a signal says of one stretch of time. */
export function look({ signal, slice: { window, groups }, asOf, drawing, random, prior }: Look): Looked {
  const at = { window, asOf };
  const states = [...groups.values()];
  const read = readAll(signal, states, at);
  if (read.state !== 'measured') return { figure: read, drawn: [], shrunk: false };
  const { isCounted, beside, draw, among, ...rest } = read;
  if (among !== undefined && among < fewest) return { figure: tooUneven(among), drawn: [], shrunk: false };
  const told = { ...rest, ...(beside === undefined ? {} : { beside: { ...beside } }) };
  const share = isCounted === true ? shareIn(signal, states) : undefined;
  if (share === undefined) {
    const again = centred(readDrawn(signal, groups, drawing, at), read.value, signal.unit);
    const seen = draw === undefined ? again : withBelieved(again, () => draw(random));
    const drawn = among === undefined ? seen : unseenAdded(seen, among, random);
    return {
      figure: { ...told, band: bandOf(drawn, read.value) },
      drawn: aroundValue(drawn, read.value),
      shrunk: false,
    };
  }
  const shrunk = prior !== undefined && share.n < smallShare;
  const believed = shrunk ? prior : jeffreys;
  const drawn = sharesDrawn(signal, groups, drawing, { prior: believed, random });
  const exact = credible(posterior(believed, share), level);
  const value = shrunk ? exact.value : read.value;
  const wide = bandOf(drawn, value);
  const band: Band = { lo: Math.min(exact.lo, wide.lo), hi: Math.max(exact.hi, wide.hi), level };
  return { figure: { ...told, value, hits: Math.round(share.k), band }, drawn: aroundValue(drawn, value), shrunk };
}

/** Every second draw is of what may be behind them; all are, where changes that are drawn again show no doubt at all. */
function withBelieved(again: readonly number[], draw: () => number): readonly number[] {
  const isSure = again.every((each) => each === again[0]);
  return again.map((each, at) => (isSure || at % 2 === 1 ? draw() : each));
}

/** Of eight changes of which one has nearly all lines, that one is told. */
function tooUneven(among: number): Figure {
  return { state: 'not-enough-data', n: Math.floor(among), needed: fewest, of: 'changes, were they of one size' };
}

/** The mean of several stretches, draw by draw; of one alone, that one. */
export function meanOf(looks: readonly Looked[]): Figure {
  const seen = looks.filter(({ figure }) => figure.state === 'measured');
  const figures = seen.flatMap(({ figure }) => (figure.state === 'measured' ? [figure] : []));
  const [first, second] = figures;
  if (first === undefined || second === undefined) return first ?? looks[0]?.figure ?? nothing;
  const drawn = (seen[0]?.drawn ?? []).map((_, draw) => mean(seen.map((each) => each.drawn[draw] ?? NaN)));
  const value = mean(figures.map((figure) => figure.value));
  const n = figures.reduce((sum, figure) => sum + figure.n, 0);
  return { state: 'measured', value, n, band: bandOf(drawn, value) };
}

const nothing: Figure = { state: 'not-enough-data', n: 0, needed: 1 };

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** Only a share of independent changes has an exact interval, and counts that make it. */
export function shareIn({ run }: Signal, states: readonly unknown[]): Proportion | undefined {
  if (run.readWeek === undefined) return undefined;
  return countsOf(run.readWeek(mergedState(run, states)));
}
