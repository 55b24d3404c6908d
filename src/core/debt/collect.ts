import { isWork } from '../signal/changes.ts';
import type { ChangeFact, Fact } from '../signal/fact.ts';
import { keep, type Kept, settle } from '../signal/kept.ts';
import type { Signal } from '../signal/signal.ts';
import { count, type Tally } from '../signal/tally.ts';
import { day, week, weekOf } from '../signal/week.ts';

/** What a report needs of the facts of one scope, by week; bounded by weeks and people, not by facts. */
export interface Collected {
  /** By id of the signal. */
  readonly kept: ReadonlyMap<string, Kept>;
  /** Changes by people or agents, by week. */
  readonly changes: Tally<number>;
  /** Changes with a mark of a tool, by week. */
  readonly tools: Map<number, Tally>;
  /** Changes by component, by week. */
  readonly components: Map<number, Tally>;
}

export interface Collecting {
  readonly signals: readonly Signal[];
  /** Pods that are wanted beside the whole repository. */
  readonly pods: readonly string[];
  /** Facts before it are left out (milliseconds since 1970). */
  readonly since?: number;
  /** How much is kept before the newest change; what is older may be let go. */
  readonly keepWeeks: number;
  /** Windows that changes are drawn from begin so long before the newest change at most; absent: anywhere. */
  readonly drawnWeeks?: number | undefined;
}

export interface Collector {
  add(fact: Fact): void;
  readonly whole: Collected;
  readonly pods: ReadonlyMap<string, Collected>;
  /** Every pod that was met, by number of changes. */
  readonly met: Tally;
  /** All that was taken so far: plain values, still in use. */
  state(): CollectorState;
  /** Takes up a state in place of what was taken so far. */
  resume(state: CollectorState): void;
}

export interface CollectorState {
  readonly newest: number;
  readonly met: Tally;
  readonly whole: ReturnType<typeof emptyFor>;
  readonly byPod: Map<string, ReturnType<typeof emptyFor>>;
}

/** Takes facts as they come, for the whole repository and for the pods that are wanted. */
export function collector({
  signals,
  pods,
  since = -Infinity,
  keepWeeks,
  drawnWeeks = Infinity,
}: Collecting): Collector {
  const [whole, met] = [emptyFor(signals), new Map<string, number>()];
  const byPod = new Map(pods.map((pod) => [pod, emptyFor(signals)]));
  let newest = -Infinity;

  function add(fact: Fact): void {
    if (fact.kind === 'change' && weekOf(fact.mergedAt) > newest) {
      newest = weekOf(fact.mergedAt);
      for (const each of [whole, ...byPod.values()]) {
        forget(each, newest - keepWeeks * week);
        settleAll(each, signals, newest - drawnWeeks * week);
      }
    }
    const from = Math.max(since, newest - keepWeeks * week);
    if (isOfWhole(fact)) take(whole, signals, fact, from);
    for (const pod of podsOf(fact)) {
      const own = byPod.get(pod);
      if (own !== undefined) take(own, signals, fact, from);
    }
    if (isWork(fact) && fact.mergedAt >= since) for (const pod of fact.pods) count(met, pod);
  }
  function resume(state: CollectorState): void {
    newest = state.newest;
    replace(met, state.met);
    replaceAll(whole, state.whole);
    for (const [pod, own] of byPod) replaceAll(own, state.byPod.get(pod) ?? emptyFor(signals));
  }
  return { add, whole, pods: byPod, met, state: () => ({ newest, met, whole, byPod }), resume };
}

function replaceAll(into: ReturnType<typeof emptyFor>, by: ReturnType<typeof emptyFor>): void {
  replace(into.kept, by.kept);
  replace(into.changes, by.changes);
  replace(into.tools, by.tools);
  replace(into.components, by.components);
}

function replace<Key, Value>(into: Map<Key, Value>, by: ReadonlyMap<Key, Value>): void {
  into.clear();
  for (const [key, value] of by) into.set(key, value);
}

function emptyFor(signals: readonly Signal[]) {
  return {
    kept: new Map(signals.map(({ id }): [string, Kept] => [id, new Map()])),
    changes: new Map<number, number>(),
    tools: new Map<number, Tally>(),
    components: new Map<number, Tally>(),
  };
}

/** What sums up files is made once for the whole and once for each pod; everything else is of both. */
function isOfWhole(fact: Fact): boolean {
  return (fact.kind !== 'spread' && fact.kind !== 'knowledge') || fact.pods.length === 0;
}

/** A correction belongs to those whose work it corrects. */
function podsOf(fact: Fact): readonly string[] {
  return fact.kind === 'correction' ? (fact.target?.pods ?? fact.pods) : fact.pods;
}

function take(into: Collected, signals: readonly Signal[], fact: Fact, from: number): void {
  for (const signal of signals) {
    const place = signal.place(fact);
    const kept = into.kept.get(signal.id);
    if (place !== undefined && kept !== undefined && place.at >= from) keep(signal, kept, fact);
  }
  if (!isWork(fact) || fact.mergedAt < from) return;
  const at = weekOf(fact.mergedAt);
  count(into.changes, at);
  for (const tool of toolsIn(fact)) countAt(into.tools, at, tool);
  for (const component of fact.components ?? []) countAt(into.components, at, component);
}

/** A model's name alone, `*`, is no other tool than the one that another mark names. */
function toolsIn({ marks }: ChangeFact): ReadonlySet<string> {
  const tools = new Set(marks.map(({ tool }) => tool));
  if (tools.size > 1) tools.delete('*');
  return tools;
}

function countAt(weeks: Map<number, Tally>, at: number, what: string): void {
  const tally = weeks.get(at) ?? new Map<string, number>();
  weeks.set(at, tally);
  count(tally, what);
}

/** A signal's own windows may begin earlier by what it waits for, and by what it looks back to. */
function settleAll({ kept }: Collected, signals: readonly Signal[], before: number): void {
  for (const signal of signals) {
    const earlier = (signal.maturesAfterDays ?? 0) * day + (signal.looksBackWeeks ?? 0) * week;
    settle(signal, kept.get(signal.id) ?? new Map(), weekOf(before - earlier));
  }
}

function forget({ kept, changes, tools, components }: Collected, before: number): void {
  for (const weeks of [...kept.values(), changes, tools, components]) {
    for (const at of weeks.keys()) if (at < before) weeks.delete(at);
  }
}
