import { drawGroups, type Drawing } from '../signal/joint.ts';
import { groupsIn, hashOf, type Kept, mergedWeeks, weeksIn } from '../signal/kept.ts';
import { seriesOf } from '../signal/series.ts';
import type { Signal } from '../signal/signal.ts';
import { day, type Window, type Windows, week, weekOf } from '../signal/week.ts';
import type { Beta } from '../stats/beta.ts';
import { priorFromHistory } from '../stats/beta-binomial.ts';
import { holm } from '../stats/holm.ts';
import { seededRandom } from '../stats/random.ts';
import { chanceOf, changeOf } from './band.ts';
import type { SignalReading } from './diagnosis.ts';
import { look, meanOf, shareIn, type Slice } from './look.ts';

/** Of all signals of a scope: so that a signal that is new changes no draw of the others. */
const seed = 20_260_101;

export interface Period {
  readonly windows: Windows;
  readonly asOf: number;
  /** The windows are those around a commit that was named: neither is moved across it, and its effect is not shrunk away. */
  readonly compared: boolean;
}

/** A signal's reading, and its value in each draw of the current window. */
export interface Taken {
  readonly reading: SignalReading;
  readonly drawn: readonly number[];
}

interface Parts {
  readonly signal: Signal;
  readonly kept: Kept;
  readonly windows: Windows;
  readonly now: Slice;
  readonly before: readonly Slice[];
}

/** Reads all signals of a scope from what was kept, over the same draws of groups of changes. */
export function takeReadings(
  signals: readonly Signal[],
  kept: ReadonlyMap<string, Kept>,
  period: Period,
): readonly Taken[] {
  const each = signals.map((signal) => partsOf(signal, kept.get(signal.id) ?? new Map(), period));
  const drawings = {
    now: drawGroups(presentIn(each.map(({ now }) => now)), seededRandom(seed)),
    before: drawGroups(presentIn(each.flatMap(({ before }) => before)), seededRandom(seed + 1)),
  };
  return watched(each.map((parts) => takeOne(parts, drawings, period)));
}

function partsOf(signal: Signal, kept: Kept, period: Period): Parts {
  const windows = windowsOf(signal, period);
  const sliceIn = (window: Window): Slice => ({ window, groups: groupsIn(signal, kept, window) });
  return { signal, kept, windows, now: sliceIn(windows.current), before: stretchesOf(signal, windows).map(sliceIn) };
}

function presentIn(slices: readonly Slice[]): readonly number[] {
  return [...new Set(slices.flatMap(({ groups }) => [...groups.keys()]))].toSorted((a, b) => a - b);
}

/** A signal's windows end so early that every change in them can be judged. */
function windowsOf({ maturesAfterDays = 0 }: Signal, { windows, asOf, compared }: Period): Windows {
  if (maturesAfterDays === 0) return windows;
  const { current, baseline } = windows;
  const to = Math.min(current.to, weekOf(asOf - maturesAfterDays * day));
  if (compared) return { current: { from: current.from, to: Math.max(current.from, to) }, baseline };
  const by = current.to - to;
  const moved = ({ from, to: end }: Window): Window => ({ from: from - by, to: end - by });
  return { current: moved(current), baseline: moved(baseline) };
}

/**
 * How many people there are, how unevenly they share, and how much speaks for a change since the weeks before depends on
 * how long one looks: such a signal is set against stretches of the baseline as long as the current window. A share of
 * changes, a median or a ratio of times does not.
 */
function stretchesOf({ dependsOnLength }: Signal, { current, baseline }: Windows): readonly Window[] {
  const length = current.to - current.from;
  const many = dependsOnLength !== true || length <= 0 ? 0 : Math.floor((baseline.to - baseline.from) / length);
  if (many < 2) return [baseline];
  return Array.from({ length: many }, (_, at) => ({
    from: baseline.to - (at + 1) * length,
    to: baseline.to - at * length,
  }));
}

interface Drawings {
  readonly now: Drawing;
  readonly before: Drawing;
}

function takeOne({ signal, kept, windows, now, before }: Parts, drawings: Drawings, { asOf, compared }: Period): Taken {
  const random = seededRandom(hashOf(signal.id));
  // Where no level is better, what was counted is told as it is: "at least" so many must not be what is believed besides.
  const isCounted = compared || signal.worse === 'neither';
  const prior = isCounted ? undefined : priorOf(signal, kept, windows.baseline);
  const current = look({ signal, slice: now, asOf, drawing: drawings.now, random, prior });
  const earlier = meanOf(before.map((slice) => look({ signal, slice, asOf, drawing: drawings.before, random })));
  const change = changeOf(current.figure, earlier, signal.worse);
  const reading: SignalReading = {
    ...definitionOf(signal),
    now: current.figure,
    before: earlier,
    change,
    windows: { now: spanOf(windows.current), before: spanOf(windows.baseline) },
    shrunk: current.shrunk,
    state: current.figure.state === 'measured' ? 'ok' : 'not-enough-data',
    weekly: weeklyOf(signal, kept, windows, asOf),
  };
  return { reading, drawn: current.drawn };
}

function definitionOf(signal: Signal) {
  const { id, title, definition, formula, citation, unit, worse, raisedBy, loweredBy, cannotSee, beside } = signal;
  const told = { id, title, definition, formula, citation, unit, worse, raisedBy, loweredBy, cannotSee };
  return beside === undefined ? told : { ...told, meaningsBeside: { ...beside } };
}

function weeklyOf(signal: Signal, kept: Kept, { current, baseline }: Windows, asOf: number): SignalReading['weekly'] {
  const weeks = (current.to - baseline.from) / week;
  const { points } = seriesOf(signal, kept, { scope: '', asOf, weeks });
  return points.map(({ week: at, value, n }) => ({ week: instant(at), value, n }));
}

/** What the weeks of the baseline say of a share. */
function priorOf(signal: Signal, kept: Kept, { from, to }: Window): Beta | undefined {
  const starts = Array.from({ length: (to - from) / week }, (_, at) => from + at * week);
  const merged = mergedWeeks(signal, kept);
  const weeks = starts.flatMap((at) => {
    const share = shareIn(signal, weeksIn(signal, merged, { from: at, to: at + week }));
    return share === undefined || share.n === 0 ? [] : [share];
  });
  return weeks.length < 2 ? undefined : priorFromHistory(weeks);
}

/** Of many signals one in ten gets worse beyond its band by chance: to be watched it must be so among all of them. */
const falseWatch = 0.1;

function watched(taken: readonly Taken[]): readonly Taken[] {
  const adjusted = holm(taken.map(({ reading }) => chanceOf(reading.change)));
  return taken.map((each, at) => {
    const { reading, drawn } = each;
    const isWorse = reading.change.state === 'clear' && reading.change.reads === 'worse';
    return isWorse && (adjusted[at] ?? 1) <= falseWatch ? { reading: { ...reading, state: 'watch' }, drawn } : each;
  });
}

export function spanOf({ from, to }: Window): { readonly from: string; readonly to: string } {
  return { from: instant(from), to: instant(to) };
}

export function instant(time: number): string {
  return new Date(time).toISOString();
}
