import { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { Random } from '../stats/random.ts';
import type { Fact } from './fact.ts';
import type { Window } from './week.ts';

/** Why there is no number. */
export type Absence =
  | { readonly state: 'not-enough-data'; readonly n: number; readonly needed: number; readonly of?: string }
  | { readonly state: 'not-observable'; readonly needs: string };

/** What a fold makes of the facts of a window. `n`: on how many observations it rests. */
export interface Estimate {
  readonly state: 'measured';
  readonly value: number;
  readonly n: number;
  /** Of a share: so many of `n` independent observations, so that it has an exact band; else changes are drawn again. */
  readonly isCounted?: true;
  /** A draw of what may be behind so few: changes that are drawn again show nobody who happens not to be among them. */
  readonly draw?: (random: Random) => number;
  /**
   * Of a share that is not counted: as many independent observations as it is worth where all are alike. What was
   * not seen yet is drawn with it, so that 1 of 40 is no surer than it is.
   */
  readonly among?: number;
  /** Further figures of the same fold, by the names in `beside` of the definition. */
  readonly beside?: Readonly<Record<string, number>>;
  /** What a reader must know to read it right. */
  readonly note?: string;
}

export const units = ['share', 'days', 'people', 'ratio', 'count', 'index'] as const;

/** What is told beside every figure. */
export interface Definition {
  /** What the number is; in `formula` how it is computed. */
  readonly definition: string;
  readonly formula: string;
  /** Author, year, title; `[F]` for a choice of Factum's own. */
  readonly citation: string;
  readonly unit: (typeof units)[number];
  /** `neither`: no level is better; only a change says something. */
  readonly worse: 'higher' | 'lower' | 'neither';
  readonly raisedBy: string;
  readonly loweredBy: string;
  readonly cannotSee: string;
  /** What is watched for breaks and drift in its place, where the figure of a week moves with how much was done in it. */
  readonly watched?: string;
  /** What the figures beside it are. */
  readonly beside?: Readonly<Record<string, string>>;
}

export interface ReadAt {
  readonly window: Window;
  readonly asOf: number;
}

/** Where a fact counts: `cluster` names the change whose observations stand or fall together. */
export interface Place {
  readonly at: number;
  readonly cluster: string;
}

/**
 * `merge` is associative and commutative with `empty` as its identity, and adding then merging equals merging then
 * adding. `add` and `merge` may change their first argument; `merge` leaves the second as it is. The state is bounded
 * by people and days, not by facts.
 */
export interface Fold<State> {
  empty(): State;
  add(state: State, fact: Fact): State;
  merge(into: State, other: State): State;
  read(state: State, at: ReadAt): Absence | Estimate;
  /**
   * Figures beside what was measured, where they take time: made for figures that are shown, not for draws.
   */
  beside?(state: State, at: ReadAt): Readonly<Record<string, number>>;
  /**
   * As much of a state as `value` and `n` need, already summed where `read` would sum: read from such states they are the
   * same. For those whose states are large: hundreds of draws are merged and read for their value alone.
   */
  lean?(state: State, at: ReadAt): State;
  /**
   * `merge` adds number by number, in records and Maps as deep as they go: draws are then merged as lists of numbers. For
   * those whose states have Maps.
   */
  readonly adds?: true;
  /** What one week says, where a series can do with fewer observations than a window; undefined: nothing. */
  readWeek?(state: State): Sample | undefined;
  /** Of one week what is `watched`. */
  watch?(state: State): Sample | undefined;
}

/** A value and on how many observations it rests; of a share, `value * n` of them are hits. */
export interface Sample {
  readonly value: number;
  readonly n: number;
}

export interface SignalForm<State> extends Omit<PluginForm, 'options'>, Definition {
  /** Undefined: the fact says nothing here. */
  readonly place: (fact: Fact) => Place | undefined;
  /** Days that must have passed before a change can be judged; the windows end so much earlier. */
  readonly maturesAfterDays?: number;
  /** Weeks before a window that are read with it: for what only compares with its own past. */
  readonly looksBackWeeks?: number;
  /** Of twice the time it says something else, however even the work: how many people there are, or how sure one is. */
  readonly dependsOnLength?: true;
  readonly run: Fold<State>;
}

/** The one way to make a signal; what its fold keeps is nobody else's business. */
export function signal<State>(form: SignalForm<State>): Signal {
  return pluginOf('signal')({ options, ...form }) as unknown as Signal;
}

export type Signal = Readonly<SignalForm<unknown> & PluginForm & { kind: 'signal' }>;

const options = z.strictObject({});

/** `of`: what is counted, where that is no observation of the signal. */
export function notEnough(n: number, needed: number, of?: string): Absence {
  return { state: 'not-enough-data', n, needed, ...(of === undefined ? {} : { of }) };
}
