import type { Random } from '../stats/random.ts';
import type { Fact } from './fact.ts';
import type { Estimate, Quantity, Signal } from './signal.ts';
import { type Window, weekOf, week } from './week.ts';

/**
 * Changes fall into so many groups by their name. Drawing groups instead of changes keeps memory bounded, and what
 * belongs to one change together (a cluster bootstrap over random groups: Kott 2001, "The delete-a-group jackknife").
 */
const groups = 40;
const draws = 500;

/** What one signal keeps: a state per ISO week and group. */
export type Kept = Map<number, Map<number, unknown>>;

export function keep(signal: Signal, kept: Kept, fact: Fact): void {
  const place = signal.place(fact);
  if (place === undefined) return;
  const { run } = signal;
  const states = entryOf(kept, weekOf(place.at), () => new Map<number, unknown>());
  const group = groupOf(place.cluster);
  states.set(group, run.add(states.has(group) ? states.get(group) : run.empty(), fact));
}

export function mergeKept(signal: Signal, into: Kept, other: Kept): void {
  for (const [at, states] of other) {
    const mine = entryOf(into, at, () => new Map<number, unknown>());
    for (const [group, state] of states) {
      mine.set(group, signal.run.merge(mine.has(group) ? mine.get(group) : signal.run.empty(), state));
    }
  }
}

/** A window is a merge of its weeks, and of those before it that a signal asks for: one state per group, in their order. */
export function groupsIn(
  { run, looksBackWeeks = 0 }: Signal,
  kept: Kept,
  { from, to }: Window,
): ReadonlyMap<number, unknown> {
  const merged = new Map<number, unknown>();
  for (let at = weekOf(from) - looksBackWeeks * week; at < to; at += week) {
    for (const [group, state] of kept.get(at) ?? []) {
      merged.set(group, run.merge(merged.has(group) ? merged.get(group) : run.empty(), state));
    }
  }
  return new Map([...merged].toSorted(([a], [b]) => a - b));
}

export function statesIn(signal: Signal, kept: Kept, window: Window): readonly unknown[] {
  return [...groupsIn(signal, kept, window).values()];
}

export interface ReadAt {
  readonly window: Window;
  readonly asOf: number;
}

export function readAll({ run }: Signal, states: readonly unknown[], at: ReadAt): ReturnType<Signal['run']['read']> {
  return run.read(
    states.reduce((into, state) => run.merge(into, state), run.empty()),
    at,
  );
}

/** Values of so many windows whose changes were drawn again, with replacement. Draws that show nothing are left out. */
export function drawn(signal: Signal, states: readonly unknown[], at: ReadAt, random: Random): readonly number[] {
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const again = states.map(() => states[random.below(states.length)]);
    const read = readAll(signal, again, at);
    if (read.state === 'measured') values.push(read.value);
  }
  return values;
}

/** What a signal says of a window, with its interval. */
export function quantityIn(
  signal: Signal,
  states: readonly unknown[],
  at: ReadAt,
  values: readonly number[],
): Quantity {
  const read = readAll(signal, states, at);
  return read.state === 'measured' ? withInterval(read, values) : read;
}

function withInterval({ interval, ...estimate }: Estimate, values: readonly number[]): Quantity {
  if (interval !== undefined) return { ...estimate, ...interval };
  if (values.length < draws / 2) return { ...estimate, lo: estimate.value, hi: estimate.value };
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (q: number): number => sorted[Math.round(q * (sorted.length - 1))] ?? estimate.value;
  const [lo, hi] = [rank(0.025), rank(0.975)];
  return { ...estimate, lo: Math.min(lo, estimate.value), hi: Math.max(hi, estimate.value) };
}

/** The same change is in the same group wherever it is counted. */
function groupOf(cluster: string): number {
  return hashOf(cluster) % groups;
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
