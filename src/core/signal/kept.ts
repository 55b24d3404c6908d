import type { Fact } from './fact.ts';
import type { ReadAt, Signal } from './signal.ts';
import { type Window, weekOf, week } from './week.ts';

/**
 * Changes fall into so many groups by their name. Drawing groups instead of changes keeps memory bounded, and what
 * belongs to one change together (a cluster bootstrap over random groups: Kott 2001, "The delete-a-group jackknife").
 */
const groups = 40;
const allGroups = -1;

/** What one signal keeps: a state per ISO week and group. */
export type Kept = Map<number, Map<number, unknown>>;

/** How far back it matters what was: nothing before `from`, and of weeks before `drawnFrom` no groups. */
export interface Reach {
  readonly from: number;
  readonly drawnFrom: number;
}

const always: Reach = { from: -Infinity, drawnFrom: -Infinity };

export function keep(signal: Signal, kept: Kept, fact: Fact, { from, drawnFrom } = always): void {
  const place = signal.place(fact);
  if (place === undefined || place.at < from) return;
  const { run } = signal;
  const at = weekOf(place.at);
  const states = entryOf(kept, at, () => new Map<number, unknown>());
  const group = at < drawnFrom ? allGroups : groupOf(place.cluster);
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

/** Weeks before this one keep what all groups together say. Nothing may be drawn from them any more. */
export function settle({ run }: Signal, kept: Kept, before: number): void {
  for (const [at, states] of kept)
    if (at < before && states.size > 1) kept.set(at, new Map([[allGroups, mergedState(run, states.values())]]));
}

/** A window is a merge of its weeks: one state per group, in their order. */
export function groupsIn(signal: Signal, kept: Kept, window: Window): ReadonlyMap<number, unknown> {
  const { run } = signal;
  const merged = new Map<number, unknown>();
  for (const states of weeksIn(signal, kept, window)) {
    for (const [group, state] of states) {
      merged.set(group, run.merge(merged.has(group) ? merged.get(group) : run.empty(), state));
    }
  }
  return new Map([...merged].toSorted(([a], [b]) => a - b));
}

/** One state per week, where draws are not asked for. */
export function mergedWeeks({ run }: Signal, kept: Kept): ReadonlyMap<number, unknown> {
  return new Map([...kept].map(([at, states]) => [at, mergedState(run, states.values())]));
}

/** What there is of the weeks of a window, and of those before it that a signal asks for. */
export function weeksIn<State>(
  { looksBackWeeks = 0 }: Signal,
  weeks: ReadonlyMap<number, State>,
  { from, to }: Window,
): readonly State[] {
  const found: State[] = [];
  for (let at = weekOf(from) - looksBackWeeks * week; at < to; at += week) {
    const state = weeks.get(at);
    if (state !== undefined) found.push(state);
  }
  return found;
}

export function statesIn(signal: Signal, kept: Kept, window: Window): readonly unknown[] {
  return [...groupsIn(signal, kept, window).values()];
}

type Read = ReturnType<Signal['run']['read']>;

export function readAll({ run }: Signal, states: readonly unknown[], at: ReadAt): Read {
  const state = mergedState(run, states);
  const read = run.read(state, at);
  return read.state === 'measured' && run.beside !== undefined ? { ...read, beside: run.beside(state, at) } : read;
}

/** The same for its value alone, of states that `leanStates` made. */
export function readLean({ run }: Signal, lean: readonly unknown[], at: ReadAt): Read {
  return run.read(mergedState(run, lean), at);
}

/** Of one state alone that very state: to be read, not to be added to. */
export function mergedState(run: Signal['run'], states: Iterable<unknown>): unknown {
  const [first, ...others] = states;
  if (others.length === 0) return first ?? run.empty();
  return others.reduce((into, state) => run.merge(into, state), run.merge(run.empty(), first));
}

export function leanStates({ run }: Signal, states: readonly unknown[], at: ReadAt): readonly unknown[] {
  const { lean } = run;
  return lean === undefined ? states : states.map((state) => lean(state, at));
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
