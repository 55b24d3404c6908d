import { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { Fact } from './fact.ts';
import type { Window } from './week.ts';

/** What a signal says of a window. `lo`, `hi`: 95 % interval, unless the definition says otherwise. */
export type Quantity =
  | {
      readonly state: 'measured';
      readonly value: number;
      readonly lo: number;
      readonly hi: number;
      readonly n: number;
      /** Further figures of the same fold, by name, each with its unit in the definition. */
      readonly beside?: Readonly<Record<string, number>>;
      /** What a reader must know to read it right ("one person only"). */
      readonly note?: string;
    }
  | { readonly state: 'not-enough-data'; readonly n: number; readonly needed: number }
  | { readonly state: 'not-observable'; readonly source: string };

/** What is told beside every figure. */
export interface Definition {
  /** One sentence: what the number is. */
  readonly definition: string;
  readonly formula: string;
  /** Author, year, where; `[F]` for Factum's own. */
  readonly citation: string;
  readonly unit: 'share' | 'days' | 'people' | 'ratio' | 'score' | 'count' | 'bits';
  /** Which way is worse; `neither` where a change alone says something. */
  readonly worse: 'higher' | 'lower' | 'neither';
  readonly raisedBy: string;
  readonly loweredBy: string;
  readonly cannotSee: string;
  /** The source that would make it observable, where git alone cannot. */
  readonly needs?: string;
}

/**
 * A mergeable fold over facts: `merge` is associative and commutative, `empty` its identity, and adding then merging
 * equals merging then adding. `add` and `merge` may change and return their first argument. State is bounded by people
 * and weeks, not by facts.
 */
export interface Fold<State> {
  empty(): State;
  add(state: State, fact: Fact): State;
  merge(into: State, other: State): State;
  read(state: State, window: Window): Quantity;
}

export interface SignalForm<State> extends PluginForm, Definition {
  readonly run: Fold<State>;
}

/** The one way to make a signal; what its fold keeps is nobody else's business. */
export function signal<State>(form: Omit<SignalForm<State>, 'options'>): Signal {
  return pluginOf('signal')({ options: noOptions, ...form }) as unknown as Signal;
}

export type Signal = Readonly<SignalForm<unknown> & { kind: 'signal' }>;

const noOptions = z.strictObject({});
