import { isWork } from '../signal/changes.ts';
import type { ChangeFact, Fact } from '../signal/fact.ts';
import { keep, type Kept, type Reach, settle } from '../signal/kept.ts';
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
  /** What was merged since then is kept, however old it is (milliseconds since 1970). */
  readonly keepFrom?: number | undefined;
  /** Windows that changes are drawn from begin so long before the newest change at most; absent: anywhere. */
  readonly drawnWeeks?: number | undefined;
}

export interface Collector {
  /** The newest change will be of this time at least: what is too old by then is not kept at all. */
  reach(time: number): void;
  /** Since when facts are kept. */
  wantedFrom(): number;
  add(fact: Fact): void;
  readonly whole: Collected;
  readonly pods: ReadonlyMap<string, Collected>;
  /** Every pod that was met, by number of changes. */
  readonly met: Tally;
  /** All that was taken so far: plain values, still in use. Weeks that no change is drawn from any more are summed up. */
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
  keepFrom = Infinity,
  drawnWeeks = Infinity,
}: Collecting): Collector {
  const [whole, met] = [emptyFor(signals), new Map<string, number>()];
  const byPod = new Map(pods.map((pod) => [pod, emptyFor(signals)]));
  const all = [whole, ...byPod.values()];
  const looking = signals.map(lookingWith);
  let newest = -Infinity;

  /** Monday of the first week that is kept. */
  function oldest(): number {
    return Math.min(newest - keepWeeks * week, weekOf(keepFrom));
  }
  const wantedFrom = (): number => Math.max(since, oldest());
  function reach(time: number): void {
    const [before, now] = [oldest(), weekOf(time)];
    if (now <= newest) return;
    newest = now;
    for (const each of all) forget(each, before, oldest());
  }
  function add(fact: Fact): void {
    if (fact.kind === 'change') reach(fact.mergedAt);
    const from = wantedFrom();
    const takeInto = (into: Collected, own: Fact): void =>
      take(into, looking, own, { from, drawnFrom: newest - drawnWeeks * week });
    if (isOfWhole(fact)) takeInto(whole, fact);
    for (const pod of podsOf(fact)) {
      const own = byPod.get(pod);
      if (own !== undefined) takeInto(own, partOf(fact, pod));
    }
    if (isWork(fact) && fact.mergedAt >= since) for (const pod of fact.pods) count(met, pod);
  }
  function state(): CollectorState {
    for (const { kept } of all)
      for (const { signal, earlier } of looking)
        settle(signal, kept.get(signal.id) ?? new Map(), newest - drawnWeeks * week - earlier);
    return { newest, met, whole, byPod };
  }
  function resume(before: CollectorState): void {
    const now = newest;
    newest = before.newest;
    replace(met, before.met);
    replaceAll(whole, before.whole);
    for (const [pod, own] of byPod) replaceAll(own, before.byPod.get(pod) ?? emptyFor(signals));
    reach(now);
  }
  return { reach, wantedFrom, add, whole, pods: byPod, met, state, resume };
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

/** What of a fact is one pod's. How long ago the branch had its previous change, of whatever pod, is not. */
function partOf(fact: Fact, pod: string): Fact {
  if (fact.kind === 'change') {
    const { sincePrevious: _, ...own } = fact;
    return own;
  }
  if (fact.kind !== 'lines-born' || fact.parts === undefined) return fact;
  const own = fact.parts.filter(({ pods }) => pods.includes(pod));
  return { ...fact, lines: own.reduce((sum, { lines }) => sum + lines, 0) };
}

interface Looking {
  readonly signal: Signal;
  /** Its own windows may begin so much earlier, in whole weeks: by what it waits for, and by what it looks back to. */
  readonly earlier: number;
}

function lookingWith(signal: Signal): Looking {
  const { maturesAfterDays = 0, looksBackWeeks = 0 } = signal;
  return { signal, earlier: (Math.ceil((maturesAfterDays * day) / week) + looksBackWeeks) * week };
}

function take(into: Collected, looking: readonly Looking[], fact: Fact, { from, drawnFrom }: Reach): void {
  for (const { signal, earlier } of looking) {
    const kept = into.kept.get(signal.id);
    if (kept !== undefined) keep(signal, kept, fact, { from, drawnFrom: drawnFrom - earlier });
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

/** Lets go of weeks from `from`, before which nothing is kept, up to `to`. */
function forget({ kept, changes, tools, components }: Collected, from: number, to: number): void {
  if (!Number.isFinite(from)) return;
  for (const weeks of [...kept.values(), changes, tools, components])
    for (let at = from; at < to; at += week) weeks.delete(at);
}
